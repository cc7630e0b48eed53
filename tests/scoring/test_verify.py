"""`manage.py verify` and `scoring.verify`: a bundle that was touched is found, by itself or by its contradictions."""

import ast
import hashlib
import json
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from anas.rounds import rules
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from scoring import bundle as bundles
from scoring import services as scoring
from scoring.verify import CHECKS, report, verify
from scoring.verifying import unzip
from tests import cast
from tests.scoring import bundles as played
from tests.scoring.bundles import failed, forged, holds, with_manifest

ROOT = Path(__file__).parent.parent.parent
NAMES = {True: "with-names", False: "without-names"}


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker):
    """The files of a played round's bundle with and without names. The round is gone when the tests run: the verifier
    gets no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        round = played.play(cast.make_office())
        found = {names: bundles.contents(round, names=names) for names in NAMES}
        transaction.set_rollback(True)
    return found


@pytest.fixture(params=[True, False], ids=NAMES.get)
def files(both, request):
    return both[request.param]


@pytest.fixture
def named(both):
    return both[True]


def path_of(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "bundle.zip"
    path.write_bytes(data)
    return path


def run(path: Path) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return report(path, out, err), out.getvalue(), err.getvalue()


def id_of(files, name: str) -> str:
    return next(row["id"] for row in json.loads(files["nominees.json"]) if row["name"] == name)


# What holds


def test_every_check_holds_for_an_untouched_bundle(files):
    lines = list(verify(files))

    assert [line for holds, line in lines if not holds] == []
    assert [line.partition(":")[0] for _holds, line in lines] == list(CHECKS)


def test_the_lines_say_in_numbers_what_was_checked(named):
    lines = dict(line.split(": ", 1) for _holds, line in verify(named))

    assert lines["count"].startswith("11 valid and 1 invalid envelopes")
    assert lines["turnout"] == "12 of 23 on the roll have voted, and there is one envelope for each"
    assert lines["sheets"] == "53 that count, 3 superseded; recusals: 1"
    assert lines["decisions"] == "2, each of a real tie and in the log"
    assert lines["shortlists"] == "6 finalists, 6 were left out by the rule"


def test_the_command_prints_a_line_per_check(named, tmp_path):
    path, out = path_of(tmp_path, bundles.zipped(named)), StringIO()

    call_command("verify", str(path), stdout=out)

    assert [line[:4] for line in out.getvalue().splitlines()] == ["ok  "] * len(CHECKS)


def test_the_command_ends_with_1_where_one_does_not_hold(named, tmp_path):
    path, out = path_of(tmp_path, bundles.zipped(named | {"README.txt": b"Semua benar."})), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(path), stdout=out)

    assert ended.value.code == 1
    assert [line for line in out.getvalue().splitlines() if not line.startswith("ok   ")] == [
        "FAIL files: README.txt was changed, its SHA-256 is another one"
    ]


# A changed byte


@pytest.mark.parametrize(
    "name",
    [
        "README.txt",
        "ballots/eselon4.json",
        "ballots/nonasn.json",
        "ballots/pns.json",
        "decisions.json",
        "envelopes.txt",
        "log.jsonl",
        "manifest.json",
        "nominees.json",
        "people.json",
        "result.json",
        "scheme.json",
        "scheme.sha256",
        "sheets.json",
    ],
)
def test_a_changed_byte_is_found_in_every_file(named, name):
    """Teeth: with the comparison of hashes taken away this goes red."""
    data, missed = named[name], []
    places = {0, 1, len(data) // 3, len(data) // 2, len(data) * 3 // 4, len(data) - 2, len(data) - 1}
    for place in sorted(places):
        for change in (1, 32, 128):
            changed = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
            if holds(named | {name: changed}):
                missed.append((place, change))

    assert missed == []


def test_every_place_of_the_manifest_counts(named):
    """No hash covers it. 42 makes a line end of a blank: the same JSON, laid out in another way."""
    data = named["manifest.json"]

    missed = [
        (place, change)
        for place in range(len(data))
        for change in (1, 42)
        if holds(named | {"manifest.json": data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]})
    ]

    assert missed == []


def test_a_changed_byte_of_the_zip_itself_changes_no_file_unnoticed(named, tmp_path):
    packed, missed = bundles.zipped(named), []
    for place in range(0, len(packed), 97):
        path = path_of(tmp_path, packed[:place] + bytes([packed[place] ^ 16]) + packed[place + 1 :])
        status, _out, _err = run(path)
        if status == 0 and unzip.read(path) != named:
            missed.append(place)

    assert missed == []


@pytest.mark.parametrize("name", ["README.txt", "log.jsonl", "ballots/pns.json", "sheets.json", "envelopes.txt"])
def test_a_missing_file_is_found(files, name):
    less = {other: data for other, data in files.items() if other != name}

    assert "files" in failed(less)
    assert failed(with_manifest(less)) != []


def test_a_file_that_nobody_listed_is_found(files):
    assert failed(files | {"../../etc/passwd": b"root"}) == ["files"]
    assert failed(with_manifest(files | {"catatan.txt": b"Halo"})) == ["files"]


# Forgers who put the manifest right


def test_a_changed_ballot_is_found_by_the_scores(files):
    def change(ballots):
        ballots[ballots.index(id_of(files, "Cahyo Nugroho"))] = id_of(files, "Ayu Lestari")

    assert failed(forged(files, "ballots/pns.json", change)) == ["scores", "decisions", "ranking"]


@pytest.mark.parametrize("change", [lambda ballots: ballots[1:], lambda ballots: [*ballots, None]])
def test_a_ballot_more_or_less_is_found_by_the_envelopes(files, change):
    assert "count" in failed(forged(files, "ballots/eselon4.json", change))


def test_a_vote_for_somebody_else_than_the_finalists_is_found(files):
    stranger = id_of(files, "Agus Salim")

    forgery = forged(files, "ballots/pns.json", lambda ballots: [stranger, *ballots[1:]])

    assert "scores" in failed(forgery)


def test_a_changed_result_is_found(files):
    def change(result):
        result["classifications"][1]["nominees"][0]["final"] = "99.00"

    assert failed(forged(files, "result.json", change)) == ["ranking"]


def test_another_order_in_the_result_is_found(files):
    def change(result):
        result["classifications"][0]["nominees"].reverse()

    assert failed(forged(files, "result.json", change)) == ["ranking"]


def test_a_nominee_left_out_of_the_result_is_found(files):
    def change(result):
        result["classifications"][0]["nominees"].pop()

    assert "ranking" in failed(forged(files, "result.json", change))


def test_a_changed_score_is_found(files):
    def change(work):
        sheet = next(sheet for sheet in work["sheets"] if sheet["stage"] == "tim")
        sheet["scores"]["kinerja"] = "99.00"

    assert "scores" in failed(forged(files, "sheets.json", change))


def test_a_superseded_sheet_that_is_put_back_is_found(files):
    def change(work):
        of_budi = [sheet for sheet in work["sheets"] if sheet["nominee"] == id_of(files, "Budi Santoso")]
        for sheet in of_budi:
            if sheet["scores"]["kinerja"] in ("41.00", "68.00"):
                sheet["state"] = {"submitted": "superseded", "superseded": "submitted"}[sheet["state"]]

    assert "scores" in failed(forged(files, "sheets.json", change))


def test_a_sheet_that_was_taken_out_is_found_by_the_log(files):
    def change(work):
        work["sheets"].remove(next(sheet for sheet in work["sheets"] if sheet["state"] == "superseded"))

    assert failed(forged(files, "sheets.json", change)) == ["sheets"]


def test_a_second_sheet_of_one_assessor_is_found(files):
    def change(work):
        one, other = [sheet for sheet in work["sheets"] if sheet["stage"] == "tim"][:2]
        other |= {key: one[key] for key in ("assessor", "assessor_key") if key in one}

    assert failed(forged(files, "sheets.json", change)) == ["sheets"]


def test_a_recusal_that_was_hushed_up_is_found(files):
    assert failed(forged(files, "sheets.json", lambda work: work | {"recusals": []})) == ["sheets"]


def test_a_sheet_under_another_name_is_found_by_the_log(named):
    def change(work):
        for sheet in work["sheets"]:
            if sheet["assessor"] == "Lina Marlina":
                sheet["written_by"] = 1

    assert failed(forged(named, "sheets.json", change)) == ["sheets"]


def test_a_turned_decision_is_found_by_the_log(files):
    """The forger turns the winners of a tie round, in the decision and in the result."""

    def turn(decisions):
        decisions[1]["order"].reverse()

    def win(result):
        first, second, *_others = result["classifications"][1]["nominees"]
        first["id"], second["id"] = second["id"], first["id"]
        first["unit"], second["unit"] = second["unit"], first["unit"]

    forgery = forged(forged(files, "decisions.json", turn), "result.json", win)

    assert failed(forged(files, "decisions.json", turn)) == ["decisions", "ranking"]
    assert failed(forgery) == ["decisions"]


def test_a_tie_without_its_decision_is_found(files):
    assert "decisions" in failed(forged(files, "decisions.json", lambda decisions: decisions[:1]))


def test_a_decision_without_a_tie_is_found(files):
    def change(decisions):
        agus, budi = id_of(files, "Agus Salim"), id_of(files, "Budi Santoso")
        return [*decisions, decisions[0] | {"classification": "eselon4", "order": [budi, agus]}]

    assert failed(forged(files, "decisions.json", change)) == ["decisions"]


def test_other_rules_are_found_by_the_opening(files):
    """The forger changes a weight, names the new hash in the manifest and in scheme.sha256."""
    scheme = files["scheme.json"].replace(b'"weight":"10.00"', b'"weight":"15.00"', 1)
    scheme = scheme.replace(b'"weight":"50.00"', b'"weight":"45.00"', 1)
    digest = schemes.digest(scheme.decode())
    forgery = files | {"scheme.json": scheme, "scheme.sha256": f"{digest}  scheme.json\n".encode()}

    assert failed(with_manifest(forgery)) == ["scheme", "scores", "ranking"]
    assert failed(with_manifest(forgery, scheme_hash=digest)) == ["opening", "scores", "ranking"]


def test_a_changed_entry_of_the_log_is_found(files):
    log = files["log.jsonl"].replace(b"Salah baris.", b"Salah kolom.")

    assert failed(with_manifest(files | {"log.jsonl": log})) == ["log"]


def test_a_log_without_its_end_is_found(files):
    log = b"".join(files["log.jsonl"].splitlines(keepends=True)[:-1])

    assert failed(with_manifest(files | {"log.jsonl": log})) == ["log"]


def test_another_envelope_is_found_by_the_log(files):
    lines = files["envelopes.txt"].splitlines(keepends=True)
    envelopes = b"".join(sorted([b"0" * 64 + b"\n", *lines[1:]]))
    root = hashlib.sha256(envelopes).hexdigest()

    assert failed(with_manifest(files | {"envelopes.txt": envelopes}, root=root)) == ["envelopes", "count"]


@pytest.mark.parametrize(
    ("told", "checks"),
    [
        ({"turnout": 24}, ["turnout"]),
        ({"turnout": 11}, ["turnout"]),
        ({"electorate": 24}, ["turnout"]),
        ({"invalid": 0}, ["count"]),
        ({"round": "Triwulan I 2026"}, ["opening"]),
        ({"names": False}, ["files"]),
        ({"format": "anas-audit/2"}, ["files"]),
        ({"remark": "Halo"}, ["files"]),
    ],
    ids=str,
)
def test_a_manifest_that_tells_something_else_is_found(named, told, checks):
    assert failed(with_manifest(named, **told)) == checks


def test_more_votes_than_voters_are_found_however_consistent(files):
    def change(result):
        result["electorate"] = 11

    assert failed(with_manifest(forged(files, "result.json", change), electorate=11)) == ["turnout"]


def test_a_unit_that_proposes_more_than_it_may_is_found(files):
    def change(nominees):
        nominees[0]["unit"] = nominees[3]["unit"]

    assert "nominees" in failed(forged(files, "nominees.json", change))


def test_somebody_let_through_the_shortlist_is_found(files):
    def change(nominees):
        next(row for row in nominees if row["eliminated_after"])["eliminated_after"] = None

    assert failed(forged(files, "nominees.json", change)) == ["shortlists"]


# Files that are no bundle, and worse


def zipped(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x05\x06" + bytes(18),
        zipped([("result.json", b"{}")]),
        zipped([(f"{number}", b"") for number in range(unzip.MOST_FILES + 1)]),
        zipped([("manifest.json", b"{}")], zipfile.ZIP_LZMA),
    ],
    ids=["empty", "pdf", "empty zip", "no manifest", "many files", "lzma"],
)
def test_what_is_no_bundle_ends_with_2_and_one_line(tmp_path, data):
    status, out, err = run(path_of(tmp_path, data))

    assert (status, out, len(err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("name", ["nowhere.zip", "."])
def test_a_path_that_is_no_file_ends_with_2_and_one_line(tmp_path, name):
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(tmp_path / name), stdout=out, stderr=err)

    assert (ended.value.code, out.getvalue(), len(err.getvalue().splitlines())) == (2, "", 1)


def test_two_files_of_one_name_are_refused(named, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([*named.items(), ("result.json", b"{}")])

    assert run(path_of(tmp_path, data))[0] == 2


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    """130 MB of zeros in 130 kB."""
    bomb = zipped([("manifest.json", b"{}"), ("result.json", bytes(unzip.MOST_BYTES + 1))])

    status, _out, err = run(path_of(tmp_path, bomb))

    assert status == 2
    assert err.endswith("unpacks to more than any bundle, or in a way that cannot be limited\n")


def test_a_zip_that_lies_about_its_sizes_is_read_no_further_than_it_says(tmp_path):
    big = bytes(1_000_000)
    data = zipped([("manifest.json", big)]).replace(len(big).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert unzip.read(path_of(tmp_path, data)) == {"manifest.json": None}


def test_a_name_that_leads_out_of_the_folder_writes_nothing(named, tmp_path, monkeypatch):
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    path = path_of(tmp_path, zipped([*named.items(), ("../evil.txt", b"evil"), ("/tmp/evil.txt", b"evil")]))

    assert run(path)[0] == 1
    assert sorted(item.name for item in tmp_path.rglob("*")) == ["bundle.zip", "inside"]


@pytest.mark.parametrize(
    "data",
    [
        b"null",
        b"[]",
        b"1e999",
        b"[" * 100_000,
        b'{"a": 1, "a": 2}',
        b"\xff\xfe",
        b"9" * 5000,
        b'{"format": "anas-audit/1", "files": []}',
    ],
    ids=["null", "list", "infinite", "deep", "twice", "no utf-8", "long number", "wrong types"],
)
@pytest.mark.parametrize("name", ["manifest.json", "sheets.json", "scheme.json", "ballots/pns.json", "log.jsonl"])
def test_what_is_written_otherwise_fails_and_nothing_breaks(named, name, data):
    hostile = named | {name: data}

    assert failed(hostile) != []
    assert name == "manifest.json" or failed(with_manifest(hostile)) != []


def test_a_number_that_would_take_the_machine_down_is_no_score(named):
    def change(work):
        work["sheets"][0]["scores"]["kinerja"] = "1e999999999"

    assert "scores" in failed(forged(named, "sheets.json", change))


def test_a_line_cannot_steer_the_terminal(named, tmp_path):
    data = bundles.zipped(named | {"\x1b[2Jok   everything\n": b""})

    out = run(path_of(tmp_path, data))[1]

    assert "\x1b" not in out
    assert len(out.splitlines()) == len(CHECKS)


# Independence


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_verifier_shares_nothing_with_the_services_but_the_arithmetic():
    own = [ROOT / "scoring/verify.py", *(ROOT / "scoring/verifying").glob("*.py")]

    others = {
        name
        for path in own
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("scoring.verifying")
    }

    # `from scoring import arithmetic` and `from scoring.verifying import …`
    assert others == {"scoring"}
    assert {
        alias.name
        for path in own
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "scoring"
        for alias in node.names
    } == {"arithmetic"}


def test_a_witness_runs_it_without_django_and_without_this_project_installed(named, tmp_path):
    path = path_of(tmp_path, bundles.zipped(named))
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from scoring.verify import report;"
        "status = report(Path(sys.argv[2]), sys.stdout, sys.stderr);"
        "sys.exit(status or 3 * any(name.split('.')[0] in ('django', 'anas', 'voting') for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-I", "-S", "-c", script, str(ROOT), str(path)], capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")


# Other rounds


@pytest.fixture
def round_files(office):
    def after(round) -> dict[str, bytes]:
        return bundles.contents(cast.again(round), names=True)

    return after


def test_a_round_that_has_been_announced_holds(office, round_files):
    assert failed(round_files(cast.play(office, to="announced"))) == []


def test_an_assessor_who_is_nominated_himself_leaves_no_hole(office, round_files):
    round = cast.draft(office)
    rounds.set_member(round, employee=office.ayu, role=rules.ASSESSOR, by=office.kartika)
    for step in cast.ORDER[1 : cast.ORDER.index("result") + 1]:
        cast.STEPS[step](office, cast.again(round))

    assert failed(round_files(round)) == []


def test_a_name_that_is_put_right_later_breaks_nothing(office, round_files):
    round = played.play(office)
    for person in (office.cahyo, office.maya):
        person.name, person.title_after = person.name.upper(), "S.E."
        person.save()

    assert failed(round_files(round)) == []


def test_a_result_that_was_sent_back_and_came_again_holds(office, round_files):
    round = cast.play(office, to="result")
    rounds.send_back(round, reason="Salah ketik.", by=cast.fresh(office.hadi))
    rounds.close_stage(cast.again(round), by=cast.fresh(office.hadi))
    rounds.advance(cast.again(round), by=office.kartika)

    assert failed(round_files(round)) == []


def test_a_scheme_without_a_poll_holds(office, round_files):
    data = schemes.as_data(schemes.preset("anas"))
    data["stages"] = [
        stage | {"weight": "60.00"} if stage["code"] == "kepala" else stage
        for stage in data["stages"]
        if stage["kind"] != "poll"
    ]
    data["tie_break"].remove("polling")
    round = cast.draft(office, schemes.parse(data))
    cast.STEPS["usulan"](office, round)
    cast.STEPS["tim"](office, round)
    cast.STEPS["polling"](office, cast.again(round))
    cast.STEPS["closed"](office, cast.again(round))
    cast.STEPS["result"](office, cast.again(round))

    assert failed(round_files(round)) == []


def test_two_panels_a_late_recusal_and_a_last_shortlist_hold(office, round_files):
    """Maya steps back from Bunga in the second panel: what she gave in the first one stays."""
    data = schemes.as_data(schemes.preset("anas"))
    usulan, tim, polling, kepala = data["stages"]
    del tim["advance"]
    interview = tim | {"code": "wawancara", "name": "Wawancara", "weight": "10.00", "advance": 2}
    data["stages"] = [usulan, tim | {"weight": "20.00"}, interview, polling, kepala | {"advance": 1}]
    round = cast.draft(office, schemes.parse(data))
    cast.STEPS["usulan"](office, round)
    cast.STEPS["tim"](office, round)
    cast.STEPS["polling"](office, cast.again(round))
    scoring.recuse(
        cast.again(round),
        assessor=office.maya,
        classification="nonasn",
        nominee=cast.finalist(round, "Bunga Citra"),
        reason="Bunga saudara saya.",
        by=cast.fresh(office.maya),
    )
    cast.assess_all(office, cast.again(round), "wawancara")
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    rounds.advance(cast.again(round), by=office.kartika, keys=office.keys)
    for step in ("kepala", "closed", "result"):
        cast.STEPS[step](office, cast.again(round))

    files = round_files(round)
    assert failed(files) == []
    assert [group["nominees"][1]["rank"] for group in json.loads(files["result.json"])["classifications"]] == [None] * 3
