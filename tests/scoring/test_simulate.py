"""`manage.py simulate`: FORMATS sections 2 and 3."""

import copy
import json
from io import StringIO

import pytest
from django.core.management import call_command

from anas.people.models import Employee, Unit
from anas.rounds import scheme as schemes
from anas.rounds.models import AuditEntry, Round
from anas.rounds.tables import BadData
from scoring.scenario import parse
from scoring.simulate import simulate
from tests import naive
from tests.scenarios import generated, sheet
from tests.schemes import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario():
    """Two units, one assessor from outside, two finalists in one classification, three voters."""
    return {
        "format": "anas-scenario/1",
        "scheme": "anas",
        "units": [
            {"code": "SEK", "name": "Sekretariat", "head": "siti"},
            {"code": "A", "name": "Bidang A", "head": "bambang"},
        ],
        "employees": [
            {"id": "siti", "name": "Siti Rahayu, S.E.", "unit": "SEK", "classification": "eselon4"},
            {"id": "ayu", "name": "Ayu Lestari", "unit": "SEK", "classification": "pns"},
            {"id": "bambang", "name": "Bambang Susilo", "unit": "A", "classification": None},
            {"id": "budi", "name": "Budi Santoso", "unit": "A", "classification": "pns"},
        ],
        "team": ["lina"],
        "head": "hadi",
        "proposals": [
            {"unit": "SEK", "nominee": "ayu", "classification": "pns", "scores": sheet(80, kehadiran=95)},
            {"unit": "A", "nominee": "budi", "classification": "pns", "scores": sheet(85)},
        ],
        "panel": [
            {"assessor": "lina", "nominee": "ayu", "scores": sheet(70)},
            {"assessor": "lina", "nominee": "budi", "scores": sheet(75)},
        ],
        "ballots": [
            {"voter": "siti", "choices": {"pns": "ayu"}},
            {"voter": "bambang", "choices": {"pns": "budi"}},
            {"voter": "budi", "choices": {"pns": "ayu"}},
            {"voter": "ayu", "choices": {"pns": None}},
        ],
        "head_scores": [{"nominee": "ayu", "scores": sheet(90)}, {"nominee": "budi", "scores": sheet(90.5)}],
    }  # fmt: skip


def play(data):
    return simulate(parse(data))


def nominees(result, code="pns"):
    return next(item["nominees"] for item in result["classifications"] if item["code"] == code)


def refusal(data) -> str:
    with pytest.raises(BadData) as refused:
        play(data)
    return str(refused.value)


def test_a_small_round_comes_out_as_counted_by_hand(scenario):
    result = play(scenario)

    assert (result["format"], result["scheme"]) == ("anas-result/1", "anas")
    assert (result["electorate"], result["turnout"]) == (4, 4)
    assert nominees(result) == [
        {
            "id": "ayu",
            "unit": "SEK",
            "finalist": True,
            "rank": 1,
            "winner": True,
            "stages": {
                "usulan": {"score": "85.00", "points": "8.50"},
                "tim": {"score": "74.29", "points": "22.29"},
                "polling": {"score": "66.67", "points": "33.34"},
                "kepala": {"score": "91.43", "points": "9.14"},
            },
            "final": "73.27",
        },
        {
            "id": "budi",
            "unit": "A",
            "finalist": True,
            "rank": 2,
            "winner": False,
            "stages": {
                "usulan": {"score": "87.14", "points": "8.71"},
                "tim": {"score": "78.57", "points": "23.57"},
                "polling": {"score": "33.33", "points": "16.67"},
                "kepala": {"score": "91.86", "points": "9.19"},
            },
            "final": "58.14",
        },
    ]
    assert nominees(result, "eselon4") == []


def test_nothing_stays_in_the_database(scenario):
    play(scenario)

    assert [model.objects.count() for model in (Round, Employee, Unit, AuditEntry)] == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(8))
def test_a_generated_round_comes_out_as_counted_naively(seed):
    data = generated(units=4, employees=60, team=3, ballots=40, seed=seed)
    expected = naive.result(data)

    found = {one["id"]: one for item in play(data)["classifications"] for one in item["nominees"]}

    assert found.keys() == expected.keys()
    for id, nominee in expected.items():
        assert (found[id]["rank"], found[id]["finalist"]) == (nominee["rank"], nominee["finalist"])
        assert found[id]["final"] == (naive.text(nominee["final"]) if nominee["finalist"] else None)
        assert found[id]["stages"] == {
            code: {"score": naive.text(score), "points": naive.text(nominee["points"][code])}
            for code, score in nominee["scores"].items()
        }


def test_who_was_not_shortlisted_stands_last_in_the_order_of_ids():
    result = play(generated(units=4, employees=60, team=3, ballots=40))

    for item in result["classifications"]:
        assert [one["rank"] for one in item["nominees"]] == [1, 2, None, None]
        left_out = item["nominees"][2:]
        assert [one["id"] for one in left_out] == sorted(one["id"] for one in left_out)
        assert [(one["final"], one["winner"], list(one["stages"])) for one in left_out] == [
            (None, False, ["usulan", "tim"])
        ] * 2


def test_a_final_tie_without_a_decision_names_the_tied(scenario):
    tied = copy.deepcopy(scenario)
    tied["proposals"][0]["scores"] = tied["proposals"][1]["scores"] = sheet(80)
    tied["panel"][0]["scores"] = tied["panel"][1]["scores"] = sheet(80)
    tied["head_scores"][0]["scores"] = tied["head_scores"][1]["scores"] = sheet(80)
    tied["ballots"] = tied["ballots"][:2]

    assert refusal(tied) == "decisions: final, pns: no decision on the tie of Ayu Lestari (ayu), Budi Santoso (budi)"


def test_a_decision_orders_the_tied_and_only_them(scenario):
    tied = copy.deepcopy(scenario)
    tied["proposals"][0]["scores"] = tied["proposals"][1]["scores"] = sheet(80)
    tied["panel"][0]["scores"] = tied["panel"][1]["scores"] = sheet(80)
    tied["head_scores"][0]["scores"] = tied["head_scores"][1]["scores"] = sheet(80)
    tied["ballots"] = tied["ballots"][:2]
    tied["decisions"] = [
        {"stage": "final", "classification": "pns", "order": ["budi", "ayu"], "reason": "Masa kerja lebih lama."}
    ]

    assert [one["id"] for one in nominees(play(tied))] == ["budi", "ayu"]


def test_a_decision_without_a_tie_is_not_used(scenario):
    scenario["decisions"] = [
        {"stage": "final", "classification": "pns", "order": ["budi", "ayu"], "reason": "Tidak perlu."}
    ]

    assert [one["id"] for one in nominees(play(scenario))] == ["ayu", "budi"]


def test_a_recused_assessor_is_left_out_of_the_mean(scenario):
    scenario["team"] = ["lina", "maya"]
    scenario["panel"].append({"assessor": "maya", "nominee": "ayu", "scores": sheet(90)})
    scenario["recusals"] = [{"assessor": "maya", "nominee": "budi"}]

    stages = {one["id"]: one["stages"]["tim"]["score"] for one in nominees(play(scenario))}

    assert stages == {"ayu": "82.86", "budi": "78.57"}


def test_a_nominated_assessor_owes_no_sheet_for_himself(scenario):
    scenario["team"] = ["lina", "ayu"]
    scenario["panel"].append({"assessor": "ayu", "nominee": "budi", "scores": sheet(75)})

    assert play(scenario)["turnout"] == 4


def test_the_head_of_a_unit_can_be_proposed(scenario):
    scenario["proposals"].append({"unit": "SEK", "nominee": "siti", "classification": "eselon4", "scores": sheet(80)})
    scenario["panel"].append({"assessor": "lina", "nominee": "siti", "scores": sheet(80)})
    scenario["head_scores"].append({"nominee": "siti", "scores": sheet(80)})

    assert [one["winner"] for one in nominees(play(scenario), "eselon4")] == [True]


def test_a_scheme_of_ones_own_with_two_panels(scenario):
    criteria = [{"code": "kinerja", "name": "Kinerja"}, {"code": "inovasi", "name": "Inovasi", "weight": 2}]
    scenario["scheme"] = {
        "code": "dua",
        "name": "Dua panel",
        "classifications": [{"code": "pns", "name": "PNS"}],
        "criteria": criteria,
        "stages": [
            {"code": "usulan", "kind": "proposal", "weight": 0},
            {"code": "satu", "kind": "panel", "weight": 40.5, "criteria": ["kinerja"]},
            {"code": "dua", "kind": "panel", "weight": "59.5"},
        ],
    }
    full = {"kinerja": 80, "inovasi": 90}
    scenario["employees"][0]["classification"] = None
    for entry in scenario["proposals"]:
        entry["scores"] = full
    scenario["panel"] = [
        {"stage": "satu", "assessor": "lina", "nominee": "ayu", "scores": {"kinerja": 70}},
        {"stage": "satu", "assessor": "lina", "nominee": "budi", "scores": {"kinerja": 71}},
        {"stage": "dua", "assessor": "lina", "nominee": "ayu", "scores": full},
        {"stage": "dua", "assessor": "lina", "nominee": "budi", "scores": full},
    ]
    del scenario["ballots"], scenario["head_scores"], scenario["head"]

    result = play(scenario)

    assert (result["scheme"], result["electorate"], result["turnout"]) == ("dua", 4, 0)
    assert [(one["id"], one["stages"]["dua"], one["final"]) for one in nominees(result)] == [
        ("budi", {"score": "86.67", "points": "51.57"}, "80.33"),
        ("ayu", {"score": "86.67", "points": "51.57"}, "79.92"),
    ]


def change(*path):
    """A change to a scenario: the last of the path is the value, `...` in its place takes the key away."""

    def apply(data):
        *keys, last, value = path
        for key in keys:
            data = data[key]
        if value is ...:
            del data[last]
        else:
            data[last] = value

    return apply


WRONG = [
    (change("panel", 1, "scores", "kinerja", 101), "panel[1].scores.kinerja: 101 is outside 0 to 100"),
    (change("panel", 1, "scores", "kinerja", "x"), "panel[1].scores.kinerja: x is not a number"),
    (change("panel", 1, "scores", "kinerja", 80.001), "panel[1].scores.kinerja: 80.001 has more than two decimals"),
    (change("panel", 1, "scores", "kinerja", ...), "panel[1].scores.kinerja: is missing"),
    (change("panel", 1, "scores", "komplain", 50), "panel[1].scores.komplain: 50 is neither 0 (no) nor 100 (yes)"),
    (change("panel", 1, "scores", "lari", 50), "panel[1].scores.lari: is not a criterion of this stage"),
    (change("panel", 1, ...), "panel: no sheet by lina (lina) for Budi Santoso (budi)"),
    (change("panel", 1, "assessor", "siti"), 'panel[1].assessor: there is no team member "siti"'),
    (change("panel", 1, "nominee", "ayu"), 'panel[1]: "tim / lina / ayu" stands here a second time'),
    (change("panel", 1, "nominee", "siti"), 'panel[1].nominee: "siti" has not been proposed'),
    (change("proposals", 1, "unit", "SEK"), "proposals[1]: Budi Santoso does not work in Sekretariat."),
    (change("proposals", 1, "nominee", "ayu"), 'proposals[1].nominee: "ayu" stands here a second time'),
    (change("proposals", 1, "scores", "kinerja", -1), "proposals[1].scores.kinerja: -1 is outside 0 to 100"),
    (change("proposals", 1, "lari", 1), "proposals[1].lari: is not a key that is known here"),
    (change("ballots", 1, "voter", "siti"), 'ballots[1].voter: "siti" stands here a second time'),
    (change("ballots", 1, "voter", "lina"), 'ballots[1].voter: there is no employee "lina"'),
    (change("ballots", 1, "choices", "pns", "siti"), "ballots[1].choices.pns: is not a finalist of this"),
    (change("ballots", 1, "choices", "lain", "ayu"), "ballots[1].choices.lain: is not a classification of this poll"),
    (change("head_scores", 1, ...), "head_scores: no sheet by hadi (hadi) for Budi Santoso (budi)"),
    (change("employees", 1, "id", "siti"), 'employees[1].id: "siti" stands here a second time'),
    (change("employees", 1, "unit", "X"), 'employees[1].unit: there is no unit "X"'),
    (change("employees", 1, "classification", "x"), 'employees[1].classification: there is no classification "x"'),
    (change("units", 1, "head", "x"), 'units[1].head: there is no employee "x"'),
    (change("format", "anas-scenario/2"), "format: must be one of anas-scenario/1"),
    (change("scheme", "x"), 'scheme: there is no scheme "x"; there are anas'),
    (change("head", ...), "head: is missing"),
    (change("team", []), 'panel[0].assessor: there is no team member "lina"'),
    (change("team", ["lina", "lina"]), 'team[1]: "lina" stands here a second time'),
    (change("units", {}), "units: must be a list of tables"),
]  # fmt: skip


@pytest.mark.parametrize(("apply", "message"), WRONG, ids=[message for _apply, message in WRONG])
def test_what_is_wrong_is_said_with_its_place(scenario, apply, message):
    wrong = copy.deepcopy(scenario)
    apply(wrong)

    assert refusal(wrong).startswith(message)


def test_an_assessor_cannot_score_himself(scenario):
    scenario["team"] = ["lina", "ayu"]
    scenario["panel"] += [{"assessor": "ayu", "nominee": id, "scores": sheet(75)} for id in ("budi", "ayu")]

    assert refusal(scenario) == "panel[3]: Nobody scores himself."


def test_a_recused_assessor_cannot_hand_a_sheet_in(scenario):
    scenario["team"] = ["lina", "maya"]
    scenario["panel"] += [{"assessor": "maya", "nominee": id, "scores": sheet(75)} for id in ("budi", "ayu")]
    scenario["recusals"] = [{"assessor": "maya", "nominee": "ayu"}]

    assert refusal(scenario) == "panel[3]: maya does not score Ayu Lestari: recused."


def test_a_unit_cannot_propose_more_than_its_quota(scenario):
    scenario["employees"].append({"id": "agus", "name": "Agus", "unit": "SEK", "classification": "pns"})
    scenario["proposals"].append({"unit": "SEK", "nominee": "agus", "classification": "pns", "scores": sheet(80)})

    assert refusal(scenario).startswith("proposals[2]: ")


def test_the_command_writes_the_result_and_nothing_else(scenario, tmp_path, capsys):
    (tmp_path / "in.json").write_text(json.dumps(scenario))
    out = StringIO()

    call_command("simulate", tmp_path / "in.json", stdout=out)
    call_command("simulate", tmp_path / "in.json", out=tmp_path / "out.json")

    assert json.loads(out.getvalue()) == json.loads((tmp_path / "out.json").read_text()) == play(scenario)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "file: must be a table of keys and values"),
        ("{", "line 1: is not JSON"),
        ('{"format": 1, "format": 2}', "format: this key stands twice in one object"),
        ("[" * 100000, "is nested too deeply"),
        ("\x00", "line 1: is not JSON"),
    ],
)
def test_the_command_ends_with_2_and_one_line_for_a_file_that_is_wrong(content, message, tmp_path):
    (tmp_path / "in.json").write_text(content)
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("simulate", tmp_path / "in.json", out=tmp_path / "out.json", stdout=out, stderr=err)

    assert stopped.value.code == 2
    assert out.getvalue() == "" and not (tmp_path / "out.json").exists()
    assert message in err.getvalue() and err.getvalue().count("\n") == 1


def test_a_scheme_with_rules_about_who_can_be_proposed_and_objections_is_played(scenario):
    """A scenario says nothing of penalties, complaints or earlier rounds: nobody is refused."""
    scenario["scheme"] = schemes.as_data(everything())

    assert [one["id"] for one in play(scenario)["classifications"][1]["nominees"] if one["winner"]] == ["ayu"]
