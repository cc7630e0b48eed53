import pytest
from django.urls import reverse

from anas.people.models import Employee
from tests import cast

LOGIN, TASKS = "/masuk/", "/"


@pytest.fixture
def siti(office) -> Employee:
    office.siti.set_password(cast.PASSWORD)
    office.siti.save()
    return office.siti


def log_in(client, number: str, password: str = cast.PASSWORD, **more):
    return client.post(LOGIN, {"username": number, "password": password, **more})


def test_number_and_password_lead_to_the_tasks(client, siti):
    response = log_in(client, siti.number)

    assert (response.status_code, response.url) == (302, TASKS)
    assert client.session["_auth_user_id"] == str(siti.pk)


def test_a_session_that_somebody_else_has_planted_is_not_the_one_after_the_login(client, siti):
    session = client.session
    session["planted"] = True
    session.save()
    log_in(client, siti.number)

    assert client.session.session_key != session.session_key
    assert not type(session)(session.session_key).exists(session.session_key)


def test_a_number_may_be_typed_with_blanks(client, siti):
    number = siti.number

    assert log_in(client, f" {number[:8]} {number[8:14]} {number[14]} {number[15:]} ").status_code == 302


def test_a_wrong_password_is_refused_in_words_and_the_number_stays(client, siti):
    response = log_in(client, siti.number, "salah")

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        str(response.context["form"].error_messages["invalid_login"])
    ]
    assert siti.number in response.content.decode()


def test_who_is_out_of_service_cannot_log_in(client, siti):
    Employee.objects.filter(pk=siti.pk).update(is_active=False)

    assert log_in(client, siti.number).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("number", ["", "x" * 5000, "\x00", "é" * 30, "' OR 1=1 --"])
def test_odd_numbers_are_refused_in_words(client, siti, number):
    assert log_in(client, number).status_code == 200


def test_a_number_too_long_for_the_table_of_wrong_tries_never_comes_there(client, siti):
    """PostgreSQL would answer with an error of its own; SQLite keeps any length."""
    for page in (LOGIN, "/admin/login/"):
        response = client.post(page, {"username": "x" * 300, "password": "salah"})
        assert list(response.context["form"].errors) == ["username"]


def test_the_way_goes_on_to_the_page_that_was_asked_for(client, siti):
    assert log_in(client, siti.number, next="/periode/").url == "/periode/"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org"]
)
def test_the_way_never_leads_to_another_site(client, siti, elsewhere):
    assert log_in(client, siti.number, next=elsewhere).url == TASKS


def test_who_is_logged_in_already_is_led_on(login, office):
    assert login(office.siti).get(LOGIN).url == TASKS


def test_every_other_page_asks_for_a_login(client, office):
    assert client.get("/sandi/").url == "/masuk/?next=/sandi/"


def test_the_tenth_wrong_password_gives_the_account_a_rest_at_this_address(client, siti):
    codes = [log_in(client, siti.number, "salah").status_code for _ in range(10)]
    right = log_in(client, siti.number)

    assert codes == [200] * 9 + [429]
    assert right.status_code == 429
    assert "15" in right.content.decode()


def test_a_rest_holds_for_one_account_at_one_address_only(client, siti, office):
    office.bambang.set_password(cast.PASSWORD)
    office.bambang.save()
    for _ in range(10):
        log_in(client, siti.number, "salah")

    assert log_in(client, office.bambang.number).status_code == 302
    client.logout()
    assert client.post(
        LOGIN, {"username": siti.number, "password": cast.PASSWORD}, REMOTE_ADDR="10.1.2.3"
    ).status_code == (302)


def test_a_login_that_succeeds_forgets_the_wrong_tries_before_it(client, siti):
    for _ in range(9):
        log_in(client, siti.number, "salah")
    log_in(client, siti.number)
    client.logout()

    assert log_in(client, siti.number, "salah").status_code == 200


def test_logging_out_needs_a_post_and_may_be_done_twice(login, office):
    client = login(office.siti)

    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/").url == LOGIN
    assert "_auth_user_id" not in client.session
    assert client.post("/keluar/").url == LOGIN


def test_a_new_password_holds_at_once(client, siti):
    log_in(client, siti.number)
    new = "apel-manalagi-7"
    form = {"old_password": cast.PASSWORD, "new_password1": new, "new_password2": new}
    response = client.post(reverse("people:password_change"), form)

    assert (response.status_code, response.url) == (302, TASKS)
    assert Employee.objects.get(pk=siti.pk).check_password(new)


def test_a_new_password_is_refused_in_words_without_the_old_one(client, siti):
    log_in(client, siti.number)
    form = {"old_password": "salah", "new_password1": "apel-manalagi-7", "new_password2": "apel-manalagi-7"}
    response = client.post(reverse("people:password_change"), form)

    assert list(response.context["form"].errors) == ["old_password"]
    assert Employee.objects.get(pk=siti.pk).check_password(cast.PASSWORD)


def test_the_old_password_cannot_be_guessed_where_a_new_one_is_set(client, siti):
    log_in(client, siti.number)
    new = {"new_password1": "apel-manalagi-7", "new_password2": "apel-manalagi-7"}
    wrong = [client.post("/sandi/", {"old_password": "salah", **new}).status_code for _ in range(10)]
    right = client.post("/sandi/", {"old_password": cast.PASSWORD, **new}).status_code

    assert (wrong, right) == ([200] * 9 + [429], 429)
