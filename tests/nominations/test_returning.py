"""What the committee does: return a proposal, go on without a unit, close the stage."""

import pytest

from anas.rounds import services as rounds
from nominations import services
from nominations.models import Nominee, Proposal
from tests import cast
from tests.nominations.helpers import again, assessed, named, pass_deadline, refusal


@pytest.fixture
def submitted(office, proposal):
    cast.propose(office, proposal)
    return again(proposal)


def test_a_returned_proposal_is_open_again_with_the_remark(office, submitted):
    services.return_proposal(submitted, reason=" Bukti Bayu kabur. ", by=office.kartika)

    assert (again(submitted).state, again(submitted).remark) == ("returned", "Bukti Bayu kabur.")
    assert assessed(submitted, office.bayu).slot == 1
    assert services.submit(submitted, by=office.bambang).remark == ""


@pytest.mark.parametrize("act", [services.return_proposal, services.waive])
def test_both_need_the_committee_and_a_reason(office, round, submitted, act):
    pass_deadline(round)

    assert refusal(act, submitted, reason="x", by=office.bambang) == ["Only the committee can do this."]
    assert refusal(act, submitted, reason=" ", by=office.kartika) == ["A reason is needed."]


def test_what_the_unit_still_has_is_not_returned(office, proposal, submitted):
    services.return_proposal(submitted, reason="x", by=office.kartika)
    assert refusal(services.return_proposal, submitted, reason="x", by=office.kartika) == [
        "The proposal of Bidang Perizinan has already been returned."
    ]

    draft = Proposal.objects.get(unit=office.units["data"])
    assert refusal(services.return_proposal, draft, reason="x", by=office.kartika) == [
        "The proposal of Bidang Data has not been submitted."
    ]


def test_the_round_goes_on_without_a_unit_only_after_the_deadline(office, round, proposal):
    assert refusal(services.waive, proposal, reason="x", by=office.kartika) == [
        "The round can go on without a unit only after the deadline."
    ]

    pass_deadline(round)
    services.waive(proposal, reason="Tidak menjawab.", by=office.kartika)

    assert (again(proposal).state, again(proposal).remark) == ("waived", "Tidak menjawab.")
    assert refusal(services.waive, proposal, reason="x", by=office.kartika) == [
        "The round goes on without a proposal of Bidang Perizinan."
    ]


def test_a_unit_that_has_submitted_is_not_gone_on_without(office, round, submitted):
    pass_deadline(round)

    assert refusal(services.waive, submitted, reason="x", by=office.kartika) == [
        "The proposal of Bidang Perizinan has been submitted."
    ]


def test_a_unit_that_was_gone_on_without_cannot_propose_until_it_gets_its_proposal_back(office, round, proposal):
    closes_at = round.stage_list[0].closes_at
    pass_deadline(round)
    services.waive(proposal, reason="Tidak menjawab.", by=office.kartika)
    rounds.extend_stage(round.stage_list[0], closes_at=closes_at, reason="Cuti bersama.", by=office.kartika)

    assert refusal(assessed, proposal, office.bayu) == ["The round goes on without a proposal of Bidang Perizinan."]

    services.return_proposal(proposal, reason="Masih sempat.", by=office.kartika)
    assert assessed(proposal, office.bayu).employee == office.bayu


@pytest.mark.parametrize("act", [services.return_proposal, services.waive])
def test_nothing_is_done_in_a_closed_or_cancelled_round(office, round, act):
    cast.propose_all(office, round)
    proposal = Proposal.objects.filter(stage__round=round).first()
    rounds.close_stage(cast.again(round), by=office.kartika)
    assert refusal(act, proposal, reason="x", by=office.kartika) == ["Usulan bidang is not open."]

    rounds.reopen_stage(cast.again(round), reason="Ada yang salah.", by=office.kartika)
    pass_deadline(round)
    rounds.cancel(cast.again(round), reason="Banjir.", by=office.kartika)
    assert refusal(act, proposal, reason="x", by=office.kartika) == ["Usulan bidang is not open."]


def test_the_stage_waits_for_every_unit(office, round, proposal):
    for name in ("sekretariat", "promosi"):
        cast.propose(office, Proposal.objects.get(unit=office.units[name]))
    for name in ("budi", "bayu"):
        named(proposal, office.people[name])
    services.skip(proposal, classification="nonasn", reason="Belum ada.", by=office.bambang)

    assert refusal(rounds.close_stage, round, by=office.kartika) == [
        "Bidang Perizinan: the proposal has not been submitted yet.",
        "Bidang Data: nobody has been proposed for Analis Kebijakan Ahli Muda/setara eselon 4 yet.",
        "Bidang Data: nobody has been proposed for PNS yet.",
        "Bidang Data: nobody has been proposed for Tenaga Non-ASN yet.",
    ]

    services.submit(proposal, by=office.bambang)
    pass_deadline(round)
    services.waive(Proposal.objects.get(unit=office.units["data"]), reason="Cuti.", by=office.kartika)
    rounds.close_stage(cast.again(round), by=office.kartika)

    assert Nominee.objects.named(round).count() == 8
    assert again(proposal).stage.state == "settled"


def test_a_round_without_anybody_does_not_go_on(office, round):
    for proposal in Proposal.objects.filter(stage__round=round):
        for code in cast.CODES:
            services.skip(proposal, classification=code, reason="Belum ada.", by=proposal.unit.head)
        services.submit(proposal, by=proposal.unit.head)

    assert refusal(rounds.close_stage, round, by=office.kartika) == ["Nobody has been proposed at all."]
