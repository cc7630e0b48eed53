"""Stepping back from scoring."""

import pytest

from anas.refused import Refused
from anas.rounds import rules
from anas.rounds import services as rounds
from scoring import services
from scoring.models import Recusal, ScoreSheet
from scoring.panel import panel
from tests import cast
from tests.scoring.helpers import nominee, stage_of, submit


@pytest.fixture
def round(office):
    return cast.play(office, to="tim")


def step_back(round, who, name=None, classification="eselon4", by=None, reason="Suami saya."):
    one = nominee(round, name) if name else None
    return services.recuse(
        cast.again(round),
        assessor=who,
        classification=classification,
        nominee=one,
        reason=reason,
        by=cast.fresh(by or who),
    )


def test_who_steps_back_owes_no_sheet_and_the_others_make_the_score(office, round):
    submit(round, office.maya, "Agus Salim", 20)
    step_back(round, office.maya, "Agus Salim")
    cast.assess_all(office, cast.again(round))
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))

    sheet = ScoreSheet.objects.get(nominee__employee__name="Agus Salim", assessor=office.maya)
    assert (sheet.state, sheet.reason) == ("superseded", "Suami saya.")
    score = stage_of(round, "tim").scores.get(nominee__employee__name="Agus Salim").score
    assert str(score) == "74.29"  # 6 × 70 and 100 for "no complaints", from the two who are left


def test_who_steps_back_cannot_score_any_more(office, round):
    step_back(round, office.maya, "Agus Salim")

    with pytest.raises(Refused):
        submit(round, office.maya, "Agus Salim")
    submit(round, office.maya, "Budi Santoso")


def test_a_whole_classification_can_be_stepped_back_from(office, round):
    step_back(round, office.maya)

    owed = panel(stage_of(round, "tim")).owed(office.maya)
    assert {one.classification for one in owed} == {"pns", "nonasn"}


def test_somebody_must_be_left_to_score(office, round):
    step_back(round, office.maya)
    step_back(round, office.nurul, "Budi Santoso")
    step_back(round, office.lina, "Agus Salim")

    with pytest.raises(Refused):
        step_back(round, office.nurul, "Agus Salim")
    assert Recusal.objects.count() == 3


def test_nobody_steps_back_for_another_or_twice_or_without_a_reason(office, round):
    step_back(round, office.maya, "Agus Salim")

    with pytest.raises(Refused):
        step_back(round, office.nurul, "Agus Salim", by=office.lina)
    with pytest.raises(Refused):
        step_back(round, office.maya, "Agus Salim")
    with pytest.raises(Refused):
        step_back(round, office.maya, "Budi Santoso", reason="  ")
    assert Recusal.objects.count() == 1


@pytest.mark.parametrize(("name", "classification"), [("Agus Salim", "pns"), (None, "menteri")])
def test_stepping_back_is_from_somebody_who_is_there(office, round, name, classification):
    with pytest.raises(Refused):
        step_back(round, office.maya, name, classification)


@pytest.mark.parametrize("to", ["usulan", "polling", "kepala"])
def test_the_team_steps_back_only_while_it_scores(office, to):
    round = cast.play(office, to=to)

    with pytest.raises(Refused):
        step_back(round, office.maya)


def test_a_team_member_who_is_nominated_does_not_score_himself(office):
    round = cast.play(office, to="usulan")
    rounds.set_member(round, employee=office.agus, role=rules.ASSESSOR, by=cast.fresh(office.kartika))
    cast.STEPS["tim"](office, cast.again(round))

    recusal = Recusal.objects.get()
    assert (recusal.assessor, recusal.nominee.employee) == (office.agus, office.agus)
    with pytest.raises(Refused):
        submit(round, office.agus, "Agus Salim")
    submit(round, office.agus, "Budi Santoso")


def test_the_assessment_does_not_open_where_nobody_could_score_a_nominee(office):
    round = cast.play(office, to="usulan")
    for member in round.members.exclude(role=rules.WITNESS):
        rounds.remove_member(cast.again(round), member=member, by=cast.fresh(office.kartika))
    rounds.set_member(cast.again(round), employee=office.agus, role=rules.CHAIR, by=cast.fresh(office.kartika))

    with pytest.raises(Refused, match="Agus Salim"):
        cast.STEPS["tim"](office, cast.again(round))
