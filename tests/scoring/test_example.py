"""The worked example of a scheme: invented numbers, but added up by the rules."""

from decimal import Decimal

import pytest

from anas.rounds import scheme as schemes
from scoring import arithmetic
from scoring.example import Example, example
from tests.schemes import anas_with


def stages(**changes: dict) -> list[dict]:
    """Those of ANAS with something changed, by code."""
    return [stage | changes.get(stage["code"], {}) for stage in schemes.as_data(schemes.preset("anas"))["stages"]]


def finals(found: Example) -> list[tuple[str, str]]:
    return [(nominee.name, str(nominee.final)) for nominee in found.nominees]


def test_the_example_of_anas_goes_from_the_indicators_to_a_tie_that_the_poll_decides():
    found = example(schemes.preset("anas"))
    points = {nominee.name: [str(part.points) for part in nominee.parts] for nominee in found.nominees}

    assert points == {"A": ["8.51", "25.57", "24.38", "8.59"], "B": ["8.27", "24.88", "25.63", "8.27"]}
    assert finals(found) == [("B", "67.05"), ("A", "67.05")]
    assert found.decided_by.code == "polling"
    assert found.deciding == [("B", Decimal("51.25")), ("A", Decimal("48.75"))]
    assert (found.winner.name, [played.left_out for played in found.stages]) == ("B", [[], ["C"], [], []])


WEIGHED = schemes.as_data(schemes.preset("anas"))["criteria"]
WEIGHED = [item | {"weight": weight} for item, weight in zip(WEIGHED, "3112151", strict=True)]
SCHEMES = {
    "anas": anas_with(),
    "weights": anas_with(criteria=WEIGHED),
    "no rule": anas_with(tie_break=[]),
    "team first": anas_with(tie_break=["tim", "polling"]),
    "one goes on": anas_with(stages=stages(tim={"advance": 1})),
    "all go on": anas_with(stages=stages(tim={"advance": 3})),
    "one stage": anas_with(stages=[stages(usulan={"weight": "100"})[0]], tie_break=["usulan"]),
}


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_number_follows_from_those_before_it(scheme):
    for played in example(scheme).stages:
        for _name, part in played.parts:
            weights = {item.code: item.weight for item in played.spec.criteria}
            for sheet in part.sheets:
                scores = {item.code: score for item, score in sheet.scores}
                assert all(0 <= score <= 100 for score in scores.values())
                assert sheet.score == arithmetic.sheet_score(scores, weights)
            if part.sheets:
                assert part.score == arithmetic.mean([sheet.score for sheet in part.sheets])
            else:
                assert part.score == arithmetic.poll_score(part.votes, part.valid)
            assert part.points == arithmetic.points(played.spec.weight, part.score)


@pytest.mark.parametrize(
    ("name", "equal", "decided_by", "in_the_end"),
    [
        ("weights", ["B", "A"], "polling", 2),
        ("no rule", [], None, 2),
        ("team first", ["B", "A"], "tim", 2),
        ("one goes on", [], None, 1),
        ("all go on", ["B", "A"], "polling", 3),
        ("one stage", [], None, 3),
    ],
)
def test_two_are_equal_where_the_scheme_has_a_rule_for_it_and_nobody_where_it_has_none(
    name, equal, decided_by, in_the_end
):
    found = example(SCHEMES[name])

    assert [nominee.name for nominee in found.equal] == equal
    assert (found.decided_by.code if found.decided_by else None) == decided_by
    assert (len(found.nominees), found.winner.name) == (in_the_end, "B")


def test_where_even_the_rule_leaves_two_equal_somebody_has_to_decide():
    criteria = [{"code": "lulus", "name": "Lulus", "scale": "yes-no"}]
    only = [{"code": "a", "kind": "proposal", "weight": 100}]
    found = example(anas_with(criteria=criteria, stages=only, tie_break=["a"]))

    assert [nominee.name for nominee in found.equal] == ["A", "B"]
    assert (found.decided_by, found.winner) == (None, None)
