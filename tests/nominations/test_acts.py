"""What unit heads and the committee do on the pages, and what nobody else can."""

import pytest

from anas.people.models import Employee
from anas.rounds import services as rounds
from nominations import services
from nominations.models import Nominee, Proposal
from tests import cast
from tests.nominations.helpers import again, assessed, named, pass_deadline, text, url


def test_naming_and_taking_back_by_button(office, proposal, login):
    assessed(proposal, office.bayu)
    client = login(office.bambang)

    assert (
        client.post(url(proposal, "calon", office.bayu.pk, "calonkan")).headers["Location"]
        == f"{url(proposal)}#klasifikasi-pns"
    )
    assert Nominee.objects.get().slot == 1
    client.post(url(proposal, "calon", office.bayu.pk, "lepas"))
    assert Nominee.objects.get().slot is None


def test_a_full_slot_is_said_on_the_page(office, proposal, login):
    Employee.objects.filter(pk=office.ratna.pk).update(unit=proposal.unit, classification="pns")
    named(proposal, office.bayu)
    assessed(proposal, cast.fresh(office.ratna))

    page = login(office.bambang).post(url(proposal, "calon", office.ratna.pk, "calonkan"), follow=True)

    assert "PNS already has its nominee: Bayu Pratama." in text(page)


def test_nobody_is_proposed_with_a_reason_and_somebody_after_all(office, proposal, login):
    client = login(office.bambang)
    skip = url(proposal, "lewati", "pns")

    assert "This field is required." in text(client.post(skip, {"reason": " "}))
    assert "This field is required." in text(client.post(skip))
    assert client.post(skip, {"reason": "Semua baru."}).headers["Location"] == f"{url(proposal)}#klasifikasi-pns"
    assert "Semua baru." in text(client.get(skip))
    client.post(url(proposal, "batal-lewati", "pns"))
    assert not proposal.skips.exists()
    assert client.get(url(proposal, "lewati", "dewa")).status_code == 404
    assert client.post(url(proposal, "batal-lewati", "dewa")).status_code == 404


def test_discarding_is_asked_about_first(office, proposal, login):
    assessed(proposal, office.bayu)
    client, discard = login(office.bambang), url(proposal, "calon", office.bayu.pk, "buang")

    assert client.get(discard).status_code == 200
    assert Nominee.objects.exists()
    client.post(discard)
    assert not Nominee.objects.exists()


def test_submitting_shows_exactly_what_is_handed_in(office, proposal, login):
    Employee.objects.filter(pk=office.ratna.pk).update(unit=proposal.unit, classification="pns")
    for name in ("budi", "bayu"):
        named(proposal, office.people[name], reason=f"{name} sabar.")
    assessed(proposal, cast.fresh(office.ratna))
    services.skip(proposal, classification="nonasn", reason="Belum ada petugas.", by=office.bambang)
    client = login(office.bambang)

    page = text(client.get(url(proposal, "serahkan")))

    for words in ("Budi Santoso", "budi sabar.", "bayu sabar.", "Belum ada petugas.", "82.86"):
        assert words in page
    assert "Ratna Juwita" not in page
    answer = client.post(url(proposal, "serahkan"), follow=True)
    assert again(proposal).state == "submitted"
    assert "has been submitted. Thank you." in text(answer)
    assert "/lepas/" not in text(answer)


def test_what_is_missing_stands_in_the_way_of_submitting(office, proposal, login):
    page = login(office.bambang).post(url(proposal, "serahkan"))

    assert len(page.context["reasons"]) == 3
    assert again(proposal).state == "draft"


def test_taking_back_is_asked_about_and_done(office, proposal, login):
    cast.propose(office, proposal)
    client = login(office.bambang)

    assert client.get(url(proposal, "tarik")).context["reasons"] == []
    client.post(url(proposal, "tarik"))
    assert again(proposal).state == "draft"


def test_the_committee_returns_a_proposal_with_a_reason(office, round, proposal, login):
    cast.propose(office, proposal)
    client, address = login(office.kartika), url(proposal, "kembalikan")

    assert "This field is required." in text(client.post(address, {"reason": ""}))
    answer = client.post(address, {"reason": "Bukti kabur."})
    assert answer.headers["Location"] == f"/periode/{round.pk}/usulan/"
    assert (again(proposal).state, again(proposal).remark) == ("returned", "Bukti kabur.")


def test_a_return_after_the_deadline_warns_that_it_has_to_be_extended(office, round, proposal, login):
    cast.propose(office, proposal)
    pass_deadline(round)

    page = login(office.kartika).get(url(proposal, "kembalikan"))

    assert page.context["items"] == ["The deadline has passed: extend it, or the unit cannot change anything."]


def test_the_committee_goes_on_without_a_unit(office, round, proposal, login):
    client, address = login(office.kartika), url(proposal, "tanpa")
    assert len(client.get(address).context["reasons"]) == 1

    pass_deadline(round)
    client.post(address, {"reason": "Tidak menjawab."})

    assert again(proposal).state == "waived"
    assert "Tidak menjawab." in text(client.get(url(proposal)))


ACTS = ["serahkan", "tarik", "lewati/pns", "batal-lewati/pns", "kembalikan", "tanpa"]


@pytest.mark.parametrize("name", ["citra", "wulan", "lina", "budi", "oki"])
def test_nobody_else_acts(office, proposal, login, name):
    cast.propose(office, proposal)
    client = login(office.people[name])

    assert {client.post(url(proposal, act), {"reason": "x"}).status_code for act in ACTS} == {404}
    assert again(proposal).state == "submitted"


def test_committee_and_unit_head_do_not_act_for_each_other(office, proposal, login):
    cast.propose(office, proposal)

    for act in ("kembalikan", "tanpa"):
        assert login(office.bambang).post(url(proposal, act), {"reason": "x"}).status_code == 404
    for act in ("serahkan", "tarik", "lewati/pns", f"calon/{office.bayu.pk}", f"calon/{office.bayu.pk}/buang"):
        assert login(office.kartika).post(url(proposal, act), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("act", ["calonkan", "lepas"])
def test_buttons_only_post(office, proposal, login, act):
    named(proposal, office.bayu)

    assert login(office.bambang).get(url(proposal, "calon", office.bayu.pk, act)).status_code == 405


def test_a_candidate_of_another_unit_is_not_found_here(office, round, proposal, login):
    other = Proposal.objects.get(stage__round=round, unit=office.units["promosi"])
    named(other, office.candra)
    client = login(office.bambang)

    for act in ("calonkan", "lepas", "buang"):
        assert client.post(url(proposal, "calon", office.candra.pk, act)).status_code == 404
        assert client.post(url(other, "calon", office.candra.pk, act)).status_code == 404
        assert client.post(url(proposal, "calon", "9" * 40, act)).status_code == 404
    assert Nominee.objects.get().slot == 1


def test_the_tasks_of_a_unit_head_follow_the_proposal(office, round, proposal, login):
    def texts():
        agendas = login(cast.fresh(office.bambang)).get("/").context["agendas"]
        return [task.text for agenda in agendas for task in agenda.tasks]

    assert texts() == ["Assess the people of your unit and name one in each classification."]
    cast.propose(office, proposal)
    assert texts() == []
    services.return_proposal(again(proposal), reason="Bukti kabur.", by=office.kartika)
    assert texts() == ["Returned for repair: Bukti kabur."]
    pass_deadline(round)
    assert texts() == ["The deadline has passed. Only the committee can extend it."]
    rounds.cancel(cast.again(round), reason="Banjir.", by=office.kartika)
    assert texts() == []
