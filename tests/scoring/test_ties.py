"""Ties: the rule, then a person, never the database."""

import pytest
from django.db import connection

from anas.refused import Refused
from anas.rounds import rules
from anas.rounds import services as rounds
from anas.rounds.scheme import FINAL
from nominations.models import Nominee
from scoring import results, services
from scoring.models import Decision, StageScore
from scoring.rules import decider
from tests import cast
from tests.scoring.helpers import nominee, same_proposals, score_all, stage_of

PNS = ["Ayu Lestari", "Bayu Pratama", "Cahyo Nugroho", "Doni Saputra"]


def close_tim(office, base_of, *, proposals=80):
    """The team's stage closed with these scores; the units have given everybody the same."""
    round = cast.play(office, to="usulan")
    cast.propose_all(office, round)
    if proposals:
        same_proposals(round, proposals)
    rounds.close_stage(cast.again(round), by=office.kartika)
    rounds.advance(cast.again(round), by=office.kartika)
    score_all(round, office, {"Agus Salim": 90, "Budi Santoso": 80, "Andi Wijaya": 90, "Bunga Citra": 80} | base_of)
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    return cast.again(round)


def tied(round) -> list[tuple[str, list[str], int]]:
    return [
        (tie.classification, [one.employee.name for one in tie.nominees], tie.place)
        for tie in results.open_ties(cast.again(round).current_stage)
    ]


def decide(round, office, names, *, by=None, stage="tim", classification="pns", reason="Masa kerja lebih lama."):
    order = [nominee(round, name).pk for name in names]
    return services.decide(
        cast.again(round),
        stage=stage,
        classification=classification,
        order=order,
        reason=reason,
        by=cast.fresh(by or office.lina),
    )


def finalists(round, classification="pns") -> set[str]:
    in_play = Nominee.objects.in_play(round).filter(classification=classification)
    return set(in_play.values_list("employee__name", flat=True))


def test_a_tie_across_the_line_waits_for_the_chair(office):
    round = close_tim(office, dict.fromkeys(PNS[1:], 70) | {PNS[0]: 90})

    assert tied(round) == [("pns", PNS[1:], 2)]
    with pytest.raises(Refused, match="Bayu Pratama, Cahyo Nugroho, Doni Saputra"):
        rounds.advance(round, by=office.kartika, keys=office.keys)

    decide(round, office, ["Doni Saputra", "Bayu Pratama", "Cahyo Nugroho"])
    rounds.advance(cast.again(round), by=office.kartika, keys=office.keys)
    assert finalists(round) == {"Ayu Lestari", "Doni Saputra"}


@pytest.mark.parametrize("scores", [[90, 90, 70, 60], [90, 80, 60, 60]])
def test_a_tie_that_does_not_cross_the_line_needs_nobody(office, scores):
    round = close_tim(office, dict(zip(PNS, scores, strict=True)))

    assert tied(round) == []
    rounds.advance(round, by=office.kartika, keys=office.keys)
    assert finalists(round) == {"Ayu Lestari", "Bayu Pratama"}


def test_the_rule_separates_before_a_person_does(office):
    """Equal in the team's score: the proposal's score is the only other one that has been played."""
    round = close_tim(office, dict.fromkeys(PNS, 70), proposals=None)

    assert tied(round) == []
    rounds.advance(round, by=office.kartika, keys=office.keys)
    assert finalists(round) == {"Doni Saputra", "Cahyo Nugroho"}  # the units gave 83 and 82


def test_the_first_stage_of_the_rule_that_differs_decides(office):
    row = results.Row(None, scores={"usulan": 9, "tim": 5, "polling": 7})

    assert row.key(1, ["polling", "tim", "kepala", "usulan"]) == (1, 7, 5, 9)


def test_the_order_in_the_database_decides_nothing(office):
    """The rows written anew in another order, with other keys: the same tie."""
    round = close_tim(office, dict.fromkeys(PNS, 70))
    before = tied(round)
    stage = stage_of(round, "tim")
    scores = list(stage.scores.order_by("-pk"))
    stage.scores.all().delete()
    for score in scores:
        StageScore.objects.create(stage=stage, nominee_id=score.nominee_id, score=score.score, points=score.points)

    assert before == tied(round) == [("pns", PNS, 1)]
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.parametrize(
    "names", [PNS[1:3], [*PNS[1:], PNS[0]], [PNS[1], PNS[1], PNS[2]], [*PNS[1:], PNS[1]], [], ["Agus Salim", *PNS[1:3]]]
)
def test_a_decision_names_exactly_the_tied(office, names):
    round = close_tim(office, dict.fromkeys(PNS[1:], 70) | {PNS[0]: 90})

    with pytest.raises(Refused):
        decide(round, office, names)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["maya", "hadi", "kartika", "wulan", "ratna"])
def test_a_shortlist_is_for_the_chair_alone_to_decide(office, name):
    round = close_tim(office, dict.fromkeys(PNS[1:], 70) | {PNS[0]: 90})

    with pytest.raises(Refused):
        decide(round, office, PNS[1:], by=office.people[name])


def test_a_decision_needs_a_reason_and_is_made_once(office):
    round = close_tim(office, dict.fromkeys(PNS[1:], 70) | {PNS[0]: 90})

    with pytest.raises(Refused):
        decide(round, office, PNS[1:], reason=" ")
    decide(round, office, PNS[1:])
    with pytest.raises(Refused):
        decide(round, office, PNS[:0:-1])
    assert Decision.objects.get().order == [nominee(round, name).pk for name in PNS[1:]]


def test_the_head_stands_in_for_a_chair_who_stepped_back_from_one_of_the_tied(office):
    round = cast.play(office, to="usulan")
    cast.propose_all(office, round)
    same_proposals(round)
    rounds.close_stage(cast.again(round), by=office.kartika)
    rounds.advance(cast.again(round), by=office.kartika)
    services.recuse(
        cast.again(round), assessor=office.lina, classification="pns", reason="Kerabat.", by=cast.fresh(office.lina)
    )
    cast.assess_all(office, cast.again(round))
    round.stages.get(code="tim").sheets.filter(nominee__classification="pns").update(
        scores=dict.fromkeys(cast.scores_for(stage_of(round, "tim"), 70), "70.00")
    )
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))

    tie = results.open_ties(cast.again(round).current_stage)[0]
    assert decider(round, tie) == rules.HEAD
    with pytest.raises(Refused):
        decide(round, office, PNS)
    decide(round, office, PNS, by=office.hadi)
    assert tied(round) == []


def test_reopening_takes_the_decision_back_with_the_scores(office):
    round = close_tim(office, dict.fromkeys(PNS[1:], 70) | {PNS[0]: 90})
    decide(round, office, PNS[1:])

    rounds.reopen_stage(cast.again(round), reason="Ada lembar yang keliru.", by=cast.fresh(office.lina))

    assert not Decision.objects.exists()


def close_all_equal(office):
    """Two finalists of a classification who are equal in everything."""
    round = close_tim(office, {"Ayu Lestari": 90, "Bayu Pratama": 90})
    rounds.advance(cast.again(round), by=office.kartika, keys=office.keys)
    for voter, choice in ((office.ratna, "Ayu Lestari"), (office.maya, "Bayu Pratama")):
        others = {"eselon4": nominee(round, "Agus Salim"), "nonasn": nominee(round, "Andi Wijaya")}
        cast.vote(office, cast.again(round), voter, pns=nominee(round, choice), **others)
    rounds.close_stage(cast.again(round), by=office.kartika)
    cast.counting.count(cast.again(round), by=office.kartika, keys=office.keys)
    rounds.advance(cast.again(round), by=office.kartika)
    score_all(round, office, {"Ayu Lestari": 90, "Bayu Pratama": 90, "Agus Salim": 91, "Andi Wijaya": 91}, "kepala")
    rounds.close_stage(cast.again(round), by=cast.fresh(office.hadi))
    return cast.again(round)


def test_a_tie_at_the_end_is_for_the_head_to_decide(office):
    round = close_all_equal(office)

    assert tied(round) == [("pns", ["Ayu Lestari", "Bayu Pratama"], 1)]
    with pytest.raises(Refused):
        rounds.advance(round, by=office.kartika)
    with pytest.raises(Refused):
        decide(round, office, ["Bayu Pratama", "Ayu Lestari"], stage=FINAL)
    decide(round, office, ["Bayu Pratama", "Ayu Lestari"], stage=FINAL, by=office.hadi)
    rounds.advance(cast.again(round), by=office.kartika)

    assert [row.nominee.employee.name for row in results.winners(cast.again(round))] == [
        "Agus Salim",
        "Bayu Pratama",
        "Andi Wijaya",
    ]
