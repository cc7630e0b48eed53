"""A scheme while it is written: everything that is wrong with it at once, the rows of its form, its file."""

import tomllib

import pytest
from django.http import QueryDict

from anas.rounds import scheme as schemes
from anas.rounds import scheme_file
from anas.rounds.editor.changes import changes
from anas.rounds.editor.draft import Draft
from anas.rounds.editor.forms import Editor, place_in_words
from anas.rounds.tables import BadData
from tests.schemes import ALL_RULES, anas_with, everything, small

ANAS = schemes.preset("anas")


def tricky() -> schemes.Scheme:
    note = 'Baris "satu" \\ dua\nbaris tiga = [[stages]] # é 🏅'
    stages = schemes.as_data(ANAS)["stages"]
    stages[0] |= {"weight": 9.5, "criteria": ["kinerja", "komplain"], "quota": 2}
    stages[1] |= {"weight": "30.5"}
    return anas_with(note=note, quorum="12.25", stages=stages, eligibility=ALL_RULES, objection_days=3)


EACH = pytest.mark.parametrize(
    "scheme", [ANAS, everything(), tricky(), small()], ids=["anas", "rules", "tricky", "small"]
)


@EACH
def test_a_scheme_read_from_its_own_file_has_the_same_fingerprint(scheme):
    text = scheme_file.write(scheme)

    assert schemes.freeze(schemes.parse(scheme_file.read(text.encode()))) == schemes.freeze(scheme)
    assert text.startswith(f"# SHA-256: {schemes.digest(schemes.freeze(scheme))}\n")


@EACH
def test_a_form_that_is_sent_as_it_came_says_the_same(scheme):
    form = QueryDict(mutable=True)
    for name, values in Draft.of(scheme).flat().lists():
        form.setlist(name, values)

    assert schemes.freeze(schemes.parse(Draft.sent(form).data())) == schemes.freeze(scheme)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"code = '\xff'", "file"),
        (b"#" * (scheme_file.KILOBYTES * 1024 + 1), "file"),
        (b"a = " + b"[" * 40_000, "file"),
        (b"a = " + b"9" * 5000, "file"),
        (b'code = "x"\nname = ', "end of the file"),
        (b'code = "x"\nname ?', "line 2, column 6"),
        (b'code = "x"\ncode = "y"\n', "line 2, column 11"),
    ],
    ids=["no UTF-8", "too large", "too deep", "thousands of digits", "cut off", "no TOML", "a key twice"],
)
def test_what_is_no_file_is_refused_in_words(content, place):
    with pytest.raises(BadData) as refused:
        scheme_file.read(content)

    assert refused.value.place == place


def places(data: object) -> list[str]:
    return [fault.place for fault in schemes.examine(data)[1]]


def test_everything_that_is_wrong_is_said_at_once_each_at_its_place():
    wrong = tomllib.loads((schemes.PRESETS / "anas.toml").read_text())
    wrong |= {"title": 7, "quorum": 101, "tie_break": ["tim", "lari"], "prize": 1, "eligibility": {"no_penalty": 1}}
    wrong["classifications"][2]["code"] = "pns"
    wrong["criteria"][0] |= {"weight": 0, "bonus": 1}
    wrong["stages"][0]["weight"] = "nan"
    wrong["stages"][1] |= {"quota": 1, "advance": 0}
    wrong["stages"][2]["kind"] = "proposal"

    assert places(wrong) == [
        *["criteria[0].weight", "criteria[0].bonus", "stages[0].weight", "stages[1].quota", "stages[1].advance"],
        *["title", "eligibility.no_penalty", "prize", "quorum", "classifications[2]", "stages[2].kind", "tie_break[1]"],
    ]
    assert schemes.examine(wrong)[0] is None


MANY = [{"code": f"k{n}"} for n in range(10_000)]


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"classifications": []}, "classifications"),
        ({"classifications": MANY}, "classifications"),
        ({"classifications": ["pns"]}, "classifications[0]"),
        ({"minimum_votes": 10**400}, "minimum_votes"),
        ({"quorum": int("f" * 6000, 16)}, "quorum"),
        ({"quorum": float("inf")}, "quorum"),
        ({"quorum": "1e999999"}, "quorum"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"title": "a\nb"}, "title"),
        ({"note": "\ud800"}, "note"),
        ({"code": "x" * 41}, "code"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(more, place):
    assert places(schemes.as_data(ANAS) | more) == [place]


def test_what_is_no_table_at_all_is_refused():
    assert [places(data)[0] for data in (None, [], "x", 3)] == ["file"] * 4


def names(draft: Draft, section: str) -> list[str]:
    return [row.get("name", "") for row in draft.rows[section]]


def ticked(draft: Draft) -> list[list[str]]:
    return [[row.get("name", "") for row in stage.get("criteria", [])] for stage in draft.rows["stages"]]


def test_rows_move_and_go_with_all_that_hangs_on_them():
    draft = Draft.of(tricky())

    assert [draft.act(act) for act in ("up.criteria[1]", "down.stages[1]", "remove.criteria[6]", "up.stages[0]")] == [
        *["criteria[0]", "stages[2]", "criteria[5]", "stages[0]"],
    ]
    assert names(draft, "criteria")[:2] == ["Kinerja", "Kehadiran"]
    assert names(draft, "stages") == ["Usulan bidang", "Polling pegawai", "Penilaian tim", "Penilaian kepala"]
    data = draft.data()
    assert data["tie_break"] == ["polling", "tim", "kepala", "usulan"]
    assert data["stages"][0]["criteria"] == ["kinerja"]


def test_a_new_indicator_is_ticked_where_all_others_are():
    draft = Draft.of(tricky())

    assert draft.act("add.criteria") == "criteria[7]"
    assert [("" in some) for some in ticked(draft)] == [False, True, False, True]


@pytest.mark.parametrize(
    "act", ["", "save", "add.prizes", "up.stages", "up.tie_break[0]", "remove.stages[99999]", "\0"]
)
def test_what_moves_no_row_is_no_such_act(act):
    assert Draft.of(ANAS).act(act) is None


def test_acts_on_rows_that_are_not_there_do_nothing():
    draft = Draft.of(small())

    for act in ("up.stages[9]", "down.stages[1]", "remove.criteria[0]", "remove.criteria[0]"):
        draft.act(act)

    assert (names(draft, "stages"), names(draft, "criteria")) == (["Usulan", "Polling"], [])


def test_codes_that_are_left_empty_are_made_from_the_names():
    draft = Draft.of(small())
    draft.top |= {"name": "Pegawai Ramah", "code": ""}
    draft.rows["classifications"] += [{"name": "Semua", "code": ""}, {"name": "★", "code": ""}]
    draft.rows["classifications"][0]["code"] = "semua"

    draft.fill_codes()

    assert draft.top["code"] == "pegawai-ramah"
    assert [row["code"] for row in draft.rows["classifications"]] == ["semua", "semua-2", ""]


def test_every_error_stands_beside_its_field_and_the_rest_at_its_section():
    draft = Draft.of(everything())
    draft.top |= {"code": "a b", "quorum": "abc", "eligibility.months_in_unit": "enam"}
    draft.rows["classifications"][1]["code"] = "eselon4"
    draft.rows["stages"][1] |= {"weight": "35,5", "advance": "dua", "tie": "1", "criteria": []}
    draft.rows["stages"][2]["tie"] = "1"

    editor = Editor.checked(draft)

    sections = [editor.classifications, editor.criteria, editor.stages]
    forms = [editor.award, editor.limits, editor.eligibility, *(form for one in sections for form in one.forms)]
    assert [form.add_prefix(name) for form in forms for name in form.errors] == [
        *["code", "quorum", "eligibility.months_in_unit", "classifications[1].code"],
        *["stages[1].criteria", "stages[1].advance", "stages[2].tie"],
    ]
    assert editor.stages.errors == ["the weights add up to 105.5, not to 100"]
    assert (editor.scheme, len(editor.problems), str(editor.draft.total)) == (None, 8, "105.5")


def test_a_doubled_code_is_said_once():
    draft = Draft.of(ANAS)
    draft.rows["criteria"][0]["code"] = "kinerja"
    draft.rows["stages"][0]["code"] = "tim"

    assert [problem["where"] for problem in Editor.checked(draft).problems] == ["Indicators, row 2", "Stages, row 2"]


def test_places_in_words():
    said = [
        "stages[1].weight",
        "stages[1].criteria[0]",
        "criteria[0]",
        "stages",
        "eligibility.no_penalty",
        "note",
        "prize",
    ]

    assert [place_in_words(place) for place in said] == [
        "Stages, row 2: Weight in percent",
        "Stages, row 2: Indicators in this stage",
        "Indicators, row 1",
        "Stages",
        "No discipline penalty in the period",
        "Note",
        "prize",
    ]


def test_what_differs_between_two_versions():
    found = changes(ANAS, anas_with(objection_days=5, criteria=schemes.as_data(ANAS)["criteria"][:6], stages=shorter()))

    assert [(one.place, one.what, one.was, one.becomes) for one in found if not one.place.endswith(".criteria")] == [
        ("objection_days", "Days for objections", "", "5"),
        ("criteria", "Indicators", ", ".join(codes(7)), ", ".join(codes(6))),
        ("stages.usulan.weight", "Usulan bidang: Weight in percent", "10", "12.5"),
        ("stages.tim.weight", "Penilaian tim: Weight in percent", "30", "27.5"),
        ("criteria.komplain.name", f"{ANAS.criteria[6].name}: Name", ANAS.criteria[6].name, ""),
        ("criteria.komplain.weight", f"{ANAS.criteria[6].name}: Weight", "1", ""),
        ("criteria.komplain.scale", f"{ANAS.criteria[6].name}: How it is scored", "yes-no", ""),
        ("criteria.komplain.source", f"{ANAS.criteria[6].name}: Register that suggests the score", "complaints", ""),
    ]  # fmt: skip


def codes(number: int) -> list[str]:
    return [item.code for item in ANAS.criteria[:number]]


def shorter() -> list[dict]:
    found = schemes.as_data(ANAS)["stages"]
    for stage, weight in zip(found, ("12.5", "27.5", "50", "10"), strict=True):
        stage["weight"] = weight
        if "criteria" in stage:
            stage["criteria"] = codes(6)
    return found
