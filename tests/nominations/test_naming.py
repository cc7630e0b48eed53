"""One nominee per slot, and what a nominee needs."""

import pytest

from anas.people.models import Employee
from anas.rounds import scheme
from anas.rounds.models import AuditEntry, Round
from nominations import services
from nominations.models import Nominee
from tests import cast
from tests.nominations.helpers import assessed, named, refusal


@pytest.fixture
def siblings(office):
    """Bayu and Ratna are both PNS of Bidang Perizinan."""
    Employee.objects.filter(pk=office.ratna.pk).update(unit=office.units["perizinan"], classification="pns")
    return cast.fresh(office.bayu), cast.fresh(office.ratna)


def test_a_nominee_needs_every_score_and_a_reason(office, proposal):
    nominee = services.assess(
        proposal,
        employee=office.bayu,
        classification="pns",
        scores_by_criterion={"kehadiran": 90, "kinerja": 90, "kerjasama": 90, "inovasi": 90, "penampilan": 90},
        reason="  ",
        by=office.bambang,
    )

    assert refusal(services.name, nominee, by=office.bambang) == [
        "Bayu Pratama: no score yet for Sikap dan perilaku, Tidak pernah menerima komplain dari pengguna layanan.",
        "Bayu Pratama: the reason for the proposal is missing.",
    ]
    assert Nominee.objects.get().slot is None


def test_a_second_nominee_for_the_slot_is_refused_in_words(proposal, siblings, office):
    bayu, ratna = siblings
    named(proposal, bayu)

    assert refusal(named, proposal, ratna) == [
        "PNS already has its nominee: Bayu Pratama. Take back first whom you want to replace."
    ]
    assert dict(Nominee.objects.values_list("employee__name", "slot")) == {"Bayu Pratama": 1, "Ratna Juwita": None}


def test_naming_twice_changes_nothing(office, proposal):
    nominee = named(proposal, office.bayu)

    assert services.name(nominee, by=office.bambang).slot == 1
    assert AuditEntry.objects.filter(action="nominee.named").count() == 1


def test_two_slots_take_two(office, round, proposal, siblings):
    Round.objects.filter(pk=round.pk).update(**cast_with_quota(round, 2))
    bayu, ratna = siblings

    assert [named(proposal, bayu).slot, named(proposal, ratna).slot] == [1, 2]


def cast_with_quota(round, quota: int) -> dict[str, str]:
    frozen = round.frozen_scheme.replace('"quota":1', f'"quota":{quota}')

    return {"frozen_scheme": frozen, "scheme_hash": scheme.digest(frozen)}


def test_the_slot_that_was_taken_back_is_free_and_the_assessment_stays(office, proposal, siblings):
    bayu, ratna = siblings
    services.unname(named(proposal, bayu), by=office.bambang)

    assert named(proposal, ratna).slot == 1
    assert Nominee.objects.get(employee=bayu).reason == "Ramah."


def test_who_has_moved_to_another_unit_since_is_not_named(office, proposal):
    nominee = assessed(proposal, office.bayu)
    Employee.objects.filter(pk=office.bayu.pk).update(unit=office.units["data"])

    assert refusal(services.name, nominee, by=office.bambang) == ["Bayu Pratama does not work in Bidang Perizinan."]


@pytest.mark.parametrize("act", [services.name, services.unname, services.discard])
def test_a_discarded_assessment_is_gone_in_words(office, proposal, act):
    nominee = assessed(proposal, office.bayu)
    services.discard(nominee, by=office.bambang)
    nominee = Nominee(pk=nominee.pk or 1, proposal=proposal, employee=office.bayu)

    assert refusal(act, nominee, by=office.bambang) == ["The assessment of Bayu Pratama has been discarded."]


@pytest.mark.parametrize("act", [services.name, services.unname, services.discard])
def test_another_unit_head_has_no_hand_in_it(office, proposal, act):
    nominee = assessed(proposal, office.bayu)

    assert refusal(act, nominee, by=office.citra) == ["Only the head of Bidang Perizinan can propose for it."]


def test_naming_somebody_takes_the_reason_for_nobody_away(office, proposal):
    services.skip(proposal, classification="pns", reason="Belum ada.", by=office.bambang)

    named(proposal, office.bayu)

    assert not proposal.skips.exists()
