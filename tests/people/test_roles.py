"""Who is what: the page of the roles, the seats of the committee, and what a change of role does to open sessions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anas.people import again
from anas.people.models import CommitteeSeat, Deputy
from anas.refused import Refused
from anas.rounds import rules
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry, Round
from anas.rounds.people import roles, services
from tests import cast


def browser(person) -> Client:
    client = Client()
    client.force_login(cast.fresh(person), backend="anas.people.backends.EmployeeBackend")
    return client


def test_the_page_says_who_is_what_in_a_constant_number_of_queries(office, login, django_assert_num_queries):
    cast.draft(office)
    client = login(office.kartika)
    with django_assert_num_queries(10):
        page = client.get("/peran/").content.decode()
    for person in (office.ratna, office.dian):
        roles.add_to_committee(office.unit, employee=person, by=office.kartika)
        days = {"starts": timezone.localdate(), "ends": timezone.localdate() + timedelta(3)}
        Deputy.objects.create(unit=office.units["data"], employee=person, kind="plt", **days)
    cast.draft(office)
    with django_assert_num_queries(10):
        later = client.get("/peran/").content.decode()

    for words in ("Hadi Purnomo", "Siti Rahayu", "Kartika Sari", "Lina Marlina: chair", "Wulan Sari: witness"):
        assert words in page
    assert "Plt. Dian Puspita" in later and "Plt." not in page


def test_the_committee_takes_somebody_in_and_out_again(office):
    client, ratna = browser(office.kartika), browser(office.ratna)
    assert ratna.get("/").status_code == 200
    client.post(f"/unit-kerja/{office.unit.pk}/panitia/", {"employee": office.ratna.pk, "unit": 1, "role": "head"})
    seat = CommitteeSeat.objects.get(employee=office.ratna)
    assert (ratna.get("/").status_code, browser(office.ratna).get("/pegawai/").status_code) == (302, 200)

    client.post(f"/panitia/{seat.pk}/keluarkan/")
    assert browser(office.ratna).get("/pegawai/").status_code == 404
    found = AuditEntry.objects.filter(action__startswith="committee").values_list("action", "subject")
    assert list(found) == [("committee.added", "Ratna Juwita"), ("committee.removed", "Ratna Juwita")]


def test_nobody_takes_himself_or_a_stranger_in_and_the_last_one_stays(office):
    seat = CommitteeSeat.objects.get()
    admin = cast.fresh(office.maya)
    admin.is_superuser = True
    admin.save()
    for unit, person, by in (
        (office.unit, office.kartika, office.kartika),
        (office.units["data"], office.kartika, office.kartika),
        (office.unit, office.oki, office.kartika),
        (office.unit, admin, office.kartika),
        (office.government, office.ratna, office.kartika),
        (office.unit, office.ratna, office.hadi),
    ):
        with pytest.raises(Refused):
            roles.add_to_committee(unit, employee=person, by=by)
    with pytest.raises(Refused):
        roles.remove_from_committee(seat, by=office.kartika)
    assert CommitteeSeat.objects.get() == seat


CHANGES = {
    "member": lambda office, round: rounds.set_member(
        round, employee=office.ratna, role=rules.WITNESS, by=office.kartika
    ),
    "head": lambda office, round: services.change_unit(
        office.units["data"], name="Data", head=office.ratna, head_title="", position=0, by=office.kartika
    ),
    "deputy": lambda office, round: services.add_deputy(
        office.unit,
        employee=office.ratna,
        kind="plh",
        starts=timezone.localdate(),
        ends=timezone.localdate(),
        by=office.kartika,
    ),
}


def test_whoever_gets_or_loses_a_role_is_logged_out_and_nobody_else(office):
    round = cast.draft(office)
    for change in CHANGES.values():
        sessions = {name: browser(getattr(office, name)) for name in ("ratna", "dedi", "siti", "kartika")}
        change(office, round)
        out = {name for name, client in sessions.items() if client.get("/sandi/").status_code == 302}
        assert out == ({"ratna", "dedi"} if change is CHANGES["head"] else {"ratna"})
    for take_away in (
        lambda: rounds.remove_member(round, member=round.members.get(employee=office.ratna), by=office.kartika),
        lambda: services.end_deputy(Deputy.objects.get(), by=office.kartika),
    ):
        client = browser(office.ratna)
        take_away()
        assert client.get("/sandi/").status_code == 302


# --- The password once more -------------------------------------------------------------------------------------------


def aged(client: Client, seconds: int) -> Client:
    session = client.session
    session[again.SESSION_KEY] -= seconds
    session.save()
    return client


def test_a_decisive_act_asks_for_the_password_where_the_last_one_was_long_ago(office):
    round = cast.draft(office)
    office.kartika.set_password(cast.PASSWORD)
    office.kartika.save()
    page = f"/periode/{round.pk}/buka/"
    client = aged(browser(office.kartika), again.SECONDS)
    asked = client.get(page)
    key = client.session.session_key
    wrong = client.post(asked.url, {"password": "salah", "next": page})
    right = client.post(asked.url, {"password": cast.PASSWORD, "next": page})

    assert asked.url == f"/masuk/lagi/?next={page}"
    assert wrong.context["form"].errors == {"password": ["This is not your password."]}
    assert (right.url, client.get(page).status_code) == (page, 200)
    assert client.session.session_key != key


def test_a_form_that_was_opened_in_time_may_be_sent_but_not_much_later(office):
    round = cast.draft(office)
    page, client = f"/periode/{round.pk}/buka/", browser(office.kartika)
    late = aged(client, again.SECONDS * again.LONGER).post(page)
    assert late.url.startswith("/masuk/lagi/") and cast.again(round).is_draft

    aged(client, -again.SECONDS).post(page)
    assert cast.again(round).is_running


DECISIVE = {
    "rounds": "open close advance reopen approve send_back team",
    "voting": "count",
    "people": "unit add_deputy end_deputy add_to_committee remove_from_committee",
}


def test_every_decisive_act_asks_whoever_comes_and_before_anything_else(office):
    client = aged(browser(office.kartika), again.SECONDS * again.LONGER)
    pages = [reverse(f"{space}:{name}", args=[1]) for space, names in DECISIVE.items() for name in names.split()]
    pages.append(reverse("rounds:remove_member", args=[1, 1]))
    pages.append(reverse("documents:sign_all", args=[1]))
    cast.draft(office)
    round = Round.objects.get()

    for page in pages:
        answer = client.post(page.replace("/periode/1/", f"/periode/{round.pk}/"))
        assert answer.headers["Location"].startswith("/masuk/lagi/?next="), page
    assert client.get(f"/periode/{round.pk}/tim/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_on_never_leads_to_another_site(office, elsewhere):
    office.kartika.set_password(cast.PASSWORD)
    office.kartika.save()
    client = browser(office.kartika)

    assert client.post("/masuk/lagi/", {"password": cast.PASSWORD, "next": elsewhere}).url == "/"


def test_wrong_passwords_there_count_as_at_the_login(office):
    office.ratna.set_password(cast.PASSWORD)
    office.ratna.save()
    client = browser(office.ratna)
    codes = [client.post("/masuk/lagi/", {"password": "salah"}).status_code for _ in range(10)]

    assert codes == [200] * 9 + [429]
    assert client.post("/masuk/lagi/", {"password": cast.PASSWORD}).status_code == 429


def test_the_demo_says_its_password_there_and_nothing_else_does(office, login, settings):
    client = login(office.kartika)
    said = {demo: "batu-demo" in _page(client, settings, demo) for demo in (True, False)}

    assert said == {True: True, False: False}


def _page(client: Client, settings, demo: bool) -> str:
    settings.DEMO = demo
    return client.get("/masuk/lagi/").content.decode()
