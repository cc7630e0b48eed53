"""What a scheme may say besides the parts: who can be proposed, days for objections, what feeds a criterion."""

import copy
import tomllib

import pytest

from anas.rounds import scheme as schemes
from anas.rounds.eligibility import Eligibility
from anas.rounds.tables import BadData
from tests.schemes import ALL_RULES, anas_with, everything

# Of the ANAS scheme as it was before any of this could be said.
DIGEST = "85c1cf20300c49d69eaa256e926e561df7621013a648f819132a0ef5f414a83b"


def file() -> dict:
    return tomllib.loads((schemes.PRESETS / "anas.toml").read_text())


def test_a_scheme_that_says_none_of_it_has_the_digest_of_before():
    data = file()
    del data["criteria"][-1]["source"]

    assert schemes.digest(schemes.freeze(schemes.parse(data))) == DIGEST


def test_rules_that_are_off_leave_no_trace():
    off = {"no_penalty": False, "no_complaint": False}

    assert schemes.freeze(anas_with(eligibility=off)) == schemes.freeze(schemes.preset("anas"))


def test_what_is_frozen_is_what_was_said():
    thawed = schemes.thaw(schemes.freeze(everything()))

    assert thawed.eligibility == Eligibility(**ALL_RULES)
    assert thawed.objection_days == 5
    assert [item.code for item in thawed.criteria if item.is_fed_by_complaints] == ["komplain"]


def test_each_rule_has_its_sentence():
    assert list(Eligibility(**ALL_RULES).in_words()) == [
        "Has worked in the unit for at least 6 months on the day of the proposal.",
        "Has had no discipline penalty in the period.",
        "Did not win in the last 2 rounds of this award.",
        "Has had no complaint upheld in the period.",
    ]
    assert list(Eligibility().in_words()) == []


def without_team(data: dict) -> None:
    data["objection_days"] = 5
    data["stages"] = [data["stages"][0] | {"weight": 40}, data["stages"][2] | {"weight": 60}]
    data["tie_break"] = []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (lambda data: data.update(objection_days=0), "objection_days"),
        (without_team, "objection_days"),
        (lambda data: data.update(eligibility=True), "eligibility"),
        (lambda data: data.update(eligibility={"months_in_unit": "6"}), "eligibility.months_in_unit"),
        (lambda data: data.update(eligibility={"no_penalty": 1}), "eligibility.no_penalty"),
        (lambda data: data.update(eligibility={"no_penalties": True}), "eligibility.no_penalties"),
        (lambda data: data["criteria"][0].update(source="complaints"), "criteria[0].source"),
        (lambda data: data["criteria"][-1].update(source="survey"), "criteria[6].source"),
    ],
)
def test_a_scheme_that_is_wrong_is_refused_with_the_place(wrong, place):
    data = copy.deepcopy(file())
    wrong(data)

    with pytest.raises(BadData) as refused:
        schemes.parse(data)
    assert refused.value.place == place
