"""Who opens the page of one person, until when, and how it saves itself."""

import pytest

from anas.people.models import Employee
from nominations import services
from nominations.models import Evidence, Nominee
from tests import cast
from tests.nominations.helpers import as_form, assessed, pass_deadline, pdf, text, url


def test_autosave_says_that_it_is_saved(office, proposal, address, login):
    answer = login(office.bambang).post(f"{address}?autosave=1", {"score-kehadiran": "87,5", "reason": "Ram"})

    assert answer.status_code == 200
    assert answer.json() == {"saved": True, "errors": {}, "version": answer.json()["version"]}
    assert (Nominee.objects.get().scores, Nominee.objects.get().reason) == ({"kehadiran": "87.50"}, "Ram")
    assert f'data-autosave-version="{answer.json()["version"]}"' in text(login(office.bambang).get(address))


def test_autosave_says_what_is_wrong_and_keeps_the_rest(office, address, login):
    answer = login(office.bambang).post(f"{address}?autosave=1", {"score-kehadiran": "120", "score-kinerja": "80"})

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"score-kehadiran": "Ensure this value is less than or equal to 100."}
    assert Nominee.objects.get().scores == {"kinerja": "80.00"}


def test_autosave_neither_names_nor_removes(office, proposal, address, login):
    evidence = services.attach(assessed(proposal, office.bayu), upload=pdf(), by=office.bambang)

    login(office.bambang).post(f"{address}?autosave=1", as_form(proposal, name="1", remove=[evidence.pk]))

    assert Evidence.objects.exists()
    assert Nominee.objects.get().slot is None


def test_autosave_after_the_deadline_says_why_not(office, round, address, login):
    pass_deadline(round)

    answer = login(office.bambang).post(f"{address}?autosave=1", {"reason": "Ramah."})

    assert answer.status_code == 409
    assert answer.json() == {"saved": False, "reasons": ["The deadline of Usulan bidang has passed."]}


def test_a_post_after_the_deadline_keeps_what_was_typed_on_the_page(office, round, proposal, address, login):
    client = login(office.bambang)
    pass_deadline(round)

    page = client.post(address, as_form(proposal, reason="Sabar sekali."))

    assert "The deadline of Usulan bidang has passed." in text(page)
    assert "Sabar sekali." in text(page)
    assert not Nominee.objects.exists()


def test_nothing_is_opened_after_the_proposal_was_submitted(office, proposal, address, login):
    cast.propose(office, proposal)

    page = login(office.bambang).get(address, follow=True)

    assert page.redirect_chain == [(url(proposal), 302)]
    assert "The proposal of Bidang Perizinan has been submitted." in text(page)


def test_the_head_himself_and_the_unclassified_are_not_opened(office, proposal, login):
    Employee.objects.filter(pk=office.ratna.pk).update(unit=proposal.unit)

    for employee, words in (
        (office.bambang, "Nobody can propose himself."),
        (office.ratna, "Ratna Juwita has no classification in this award."),
        (office.candra, "Candra Kirana does not work in Bidang Perizinan."),
    ):
        for method in ("get", "post"):
            page = getattr(login(office.bambang), method)(url(proposal, "calon", employee.pk), follow=True)
            assert words in text(page)
    assert not Nominee.objects.exists()


def test_only_the_unit_head_opens_the_page(office, proposal, address, login):
    for name in ("citra", "kartika", "wulan", "lina", "bayu", "oki"):
        client = login(office.people[name])
        assert client.get(address).status_code == 404
        assert client.post(address, as_form(proposal)).status_code == 404
    assert not Nominee.objects.exists()


def test_who_is_not_of_the_office_is_not_found(office, proposal, login):
    for number in (office.oki.pk, 0, 999999, "9" * 40):
        assert login(office.bambang).get(url(proposal, "calon", number)).status_code == 404


def test_other_methods_are_not_known(office, address, login):
    assert login(office.bambang).put(address).status_code == 405


@pytest.mark.parametrize("files", [1, 3])
def test_the_page_takes_the_same_queries_for_one_file_and_for_three(
    office, proposal, address, login, files, django_assert_num_queries
):
    nominee = assessed(proposal, office.bayu)
    for number in range(files):
        services.attach(nominee, upload=pdf(text=b"%d" % number), by=office.bambang)
    client = login(office.bambang)

    with django_assert_num_queries(16):
        client.get(address)
