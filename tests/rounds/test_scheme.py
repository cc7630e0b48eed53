"""Schemes: FORMATS section 1."""

import copy
import json
import tomllib

import pytest

from anas.rounds import scheme as schemes
from anas.rounds.tables import BadData
from tests.scoring.test_simulate import change


@pytest.fixture
def data():
    return tomllib.loads((schemes.PRESETS / "anas.toml").read_text())


def test_anas_has_the_parts_of_the_paper():
    anas = schemes.preset("anas")

    assert [(spec.code, spec.kind, spec.weight, spec.advance) for spec in anas.stages] == [
        ("usulan", "proposal", 10, None),
        ("tim", "panel", 30, 2),
        ("polling", "poll", 50, None),
        ("kepala", "head", 10, None),
    ]
    assert anas.classification_codes == ["eselon4", "pns", "nonasn"]
    assert [(item.code, item.weight, item.scale) for item in anas.criteria] == [
        ("kehadiran", 1, "0-100"),
        ("kinerja", 1, "0-100"),
        ("kerjasama", 1, "0-100"),
        ("inovasi", 1, "0-100"),
        ("penampilan", 1, "0-100"),
        ("perilaku", 1, "0-100"),
        ("komplain", 1, "yes-no"),
    ]
    assert anas.tie_break == ("polling", "tim", "kepala", "usulan")


@pytest.mark.parametrize("code", schemes.preset_codes())
def test_every_preset_comes_back_the_same_from_its_frozen_form(code):
    frozen = schemes.freeze(schemes.preset(code))

    assert schemes.thaw(frozen) == schemes.preset(code)
    assert schemes.freeze(schemes.thaw(frozen)) == frozen


def test_the_frozen_form_does_not_depend_on_the_order_of_keys(data):
    turned = json.loads(json.dumps(data, sort_keys=True))

    assert schemes.digest(schemes.freeze(schemes.parse(turned))) == schemes.digest(
        schemes.freeze(schemes.preset("anas"))
    )


def test_any_change_of_a_rule_changes_the_fingerprint(data):
    data["stages"][1]["advance"] = 3

    assert schemes.digest(schemes.freeze(schemes.parse(data))) != schemes.digest(schemes.freeze(schemes.preset("anas")))


WRONG = [
    (change("stages", 0, "weight", 11), "stages: the weights add up to 101, not to 100"),
    (change("stages", 0, "weight", "a"), "stages[0].weight: a is not a number from 0 with at most two decimals"),
    (change("stages", 0, "weight", 10.005), "stages[0].weight: 10.005 is not a number from 0"),
    (change("stages", 0, "weight", ...), "stages[0].weight: is missing"),
    (change("stages", 0, "kind", "raffle"), "stages[0].kind: must be one of proposal, poll, panel, head"),
    (change("stages", 1, "code", "usulan"), 'stages[1]: the code "usulan" is used twice'),
    (change("stages", 1, "code", "final"), 'stages[1].code: "final" means the end result'),
    (change("stages", 1, "code", "a b"), "stages[1].code: must be a code"),
    (change("stages", 1, "advance", 0), "stages[1].advance: must be a whole number from 1"),
    (change("stages", 1, "quota", 1), "stages[1].quota: only a stage of the kind proposal has a quota"),
    (change("stages", 1, "criteria", []), "stages[1].criteria: a stage of the kind panel needs at least one criterion"),
    (change("stages", 1, "criteria", ["lari"]), 'stages[1].criteria[0]: there is no criterion "lari"'),
    (change("stages", 2, "criteria", ["kinerja"]), "stages[2].criteria: a stage of the kind poll uses none"),
    (change("stages", 3, "kind", "poll"), "stages[3]"),
    (change("stages", 1, "kind", "proposal"), "stages[1].kind: the first stage, and no other"),
    (change("stages", []), 'tie_break[0]: there is no stage "polling"'),
    (change("stages", 0, "bonus", 1), "stages[0].bonus: is not a key that is known here"),
    (change("classifications", []), "classifications: at least one is needed"),
    (change("classifications", 1, "code", "eselon4"), 'classifications[1]: the code "eselon4" is used twice'),
    (change("criteria", 1, "code", "kehadiran"), 'criteria[1]: the code "kehadiran" is used twice'),
    (change("criteria", 1, "weight", 0), "criteria[1].weight: must be more than 0"),
    (change("criteria", 1, "scale", "1-4"), "criteria[1].scale: must be one of 0-100, yes-no"),
    (change("criteria", []), "stages[0].criteria: a stage of the kind proposal needs at least one criterion"),
    (change("tie_break", ["lari"]), 'tie_break[0]: there is no stage "lari"'),
    (change("tie_break", ["tim", "tim"]), 'tie_break[1]: the code "tim" is used twice'),
    (change("subject", "planet"), "subject: must be one of employee, entry"),
    (change("code", ...), "code: is missing"),
    (change("prize", "a car"), "prize: is not a key that is known here"),
]  # fmt: skip


@pytest.mark.parametrize(("apply", "message"), WRONG, ids=[message for _apply, message in WRONG])
def test_a_scheme_that_breaks_a_rule_is_refused_with_the_place(data, apply, message):
    wrong = copy.deepcopy(data)
    apply(wrong)

    with pytest.raises(BadData) as refused:
        schemes.parse(wrong)

    assert str(refused.value).startswith(message)
