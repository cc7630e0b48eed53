"""Who may assess whom, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import Deputy, Employee, Unit
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from anas.rounds.scores import BadScore
from nominations import services
from nominations.models import Nominee
from tests import cast
from tests.nominations.helpers import assessed, named, pass_deadline, refusal


def assess(proposal, employee, scores=None, by=None, code=None):
    return services.assess(
        proposal,
        employee=employee,
        classification=employee.classification if code is None else code,
        scores_by_criterion=scores or {},
        by=cast.fresh(by or proposal.unit.head),
    )


def test_scores_may_still_be_incomplete(office, proposal):
    nominee = assess(proposal, office.bayu, {"kehadiran": "87.5"})

    assert Nominee.objects.get().scores == {"kehadiran": "87.50"}
    assert (nominee.classification, nominee.slot) == ("pns", None)


def test_a_second_saving_takes_the_place_of_the_first_and_only_the_first_is_noted(office, proposal):
    assess(proposal, office.bayu, {"kehadiran": 80})
    assess(proposal, office.bayu, {"kinerja": 90})

    assert [nominee.scores for nominee in Nominee.objects.all()] == [{"kinerja": "90.00"}]
    assert AuditEntry.objects.filter(action="nominee.assessed").count() == 1


@pytest.mark.parametrize("name", ["citra", "bayu", "kartika", "hadi", "lina", "wulan", "oki"])
def test_only_the_head_of_the_unit_assesses_for_it(office, proposal, name):
    assert refusal(assess, proposal, office.budi, by=office.people[name]) == [
        "Only the head of Bidang Perizinan can propose for it."
    ]


def test_a_deputy_assesses_within_his_days(office, proposal):
    today = timezone.localdate()
    deputy = Deputy.objects.create(unit=proposal.unit, employee=office.ratna, starts=today, ends=today)

    assert assess(proposal, office.budi, by=office.ratna).employee == office.budi

    Deputy.objects.filter(pk=deputy.pk).update(starts=today - timedelta(days=2), ends=today - timedelta(days=1))
    assert refusal(assess, proposal, office.budi, by=office.ratna)


def test_nobody_of_another_unit_is_assessed(office, proposal):
    assert refusal(assess, proposal, office.candra) == ["Candra Kirana does not work in Bidang Perizinan."]


def test_nobody_who_has_left_is_assessed(office, proposal):
    Employee.objects.filter(pk=office.bayu.pk).update(is_active=False)

    assert refusal(assess, proposal, cast.fresh(office.bayu)) == ["Bayu Pratama is no longer in service."]


def test_people_below_the_unit_belong_to_it(office, proposal):
    office.bayu.unit = Unit.objects.create(code="seksi-izin", name="Seksi Izin", parent=proposal.unit)
    office.bayu.save()

    assert assess(proposal, office.bayu).employee == office.bayu


def test_nobody_proposes_himself(office, proposal):
    Employee.objects.filter(pk=office.bambang.pk).update(classification="eselon4")

    assert refusal(assess, proposal, cast.fresh(office.bambang)) == ["Nobody can propose himself."]


def test_the_classification_has_to_be_the_persons_own(office, proposal):
    assert refusal(assess, proposal, office.bayu, code="eselon4") == [
        "Bayu Pratama does not belong to the classification Analis Kebijakan Ahli Muda/setara eselon 4."
    ]
    assert refusal(assess, proposal, office.bayu, code="dewa") == ["There is no such classification."]


@pytest.mark.parametrize(
    ("code", "value"),
    [("kehadiran", 101), ("kehadiran", -1), ("kehadiran", "baik"), ("kehadiran", "80.555"), ("komplain", 50), ("x", 1)],
)
def test_a_score_that_cannot_be_is_refused_with_its_place(office, proposal, code, value):
    with pytest.raises(BadScore) as bad:
        assess(proposal, office.bayu, {"kinerja": 80, code: value})

    assert bad.value.criterion == code
    assert not Nominee.objects.exists()


def test_after_the_deadline_nothing_is_kept(office, round, proposal):
    pass_deadline(round)

    assert refusal(assess, proposal, office.bayu) == ["The deadline of Usulan bidang has passed."]


def test_a_cancelled_round_takes_nothing(office, round, proposal):
    rounds.cancel(round, reason="Banjir.", by=office.kartika)

    assert refusal(assess, proposal, office.bayu) == ["The round has been cancelled."]


def test_a_closed_stage_takes_nothing(office, proposal, round):
    cast.propose_all(office, round)
    rounds.close_stage(round, by=office.kartika)

    assert refusal(assess, proposal, office.bayu) == ["Usulan bidang is closed."]


def test_who_has_come_into_another_classification_loses_his_slot(office, proposal):
    """Without that, two people of one classification would hold its one slot, and the database would fail."""
    named(proposal, office.budi)
    named(proposal, office.bayu)
    Employee.objects.filter(pk=office.bayu.pk).update(classification="eselon4")

    assessed(proposal, cast.fresh(office.bayu))

    slots = dict(Nominee.objects.values_list("employee__name", "slot"))
    assert slots == {"Budi Santoso": 1, "Bayu Pratama": None}
