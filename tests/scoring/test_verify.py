"""`manage.py verify` and `scoring.verify`: what holds, what a changed byte does, and on whom the verifier depends."""

import ast
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from scoring import bundle as bundles
from scoring.verify import CHECKS, verify
from scoring.verifying import unzip
from tests.scoring.bundles import failed, holds, run, with_manifest

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent.parent


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


def test_the_command_prints_a_line_per_check_and_asks_no_database(named, zip_path, django_assert_num_queries):
    path, out = zip_path(bundles.zipped(named)), StringIO()

    with django_assert_num_queries(0):
        call_command("verify", str(path), stdout=out)

    assert [line[:4] for line in out.getvalue().splitlines()] == ["ok  "] * len(CHECKS)


def test_the_command_ends_with_1_where_one_does_not_hold(named, zip_path):
    path, out = zip_path(bundles.zipped(named | {"README.txt": b"Semua benar."})), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(path), stdout=out)

    assert ended.value.code == 1
    assert [line for line in out.getvalue().splitlines() if not line.startswith("ok   ")] == [
        "FAIL files: README.txt was changed, its SHA-256 is another one"
    ]


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


def test_a_changed_byte_of_the_zip_itself_changes_no_file_unnoticed(named, zip_path):
    packed, missed = bundles.zipped(named), []
    for place in range(0, len(packed), 97):
        path = zip_path(packed[:place] + bytes([packed[place] ^ 16]) + packed[place + 1 :])
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


def test_a_witness_runs_it_without_django_and_without_this_project_installed(named, zip_path):
    path = zip_path(bundles.zipped(named))
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from scoring.verify import report;"
        "status = report(Path(sys.argv[2]), sys.stdout, sys.stderr);"
        "sys.exit(status or 3 * any(name.split('.')[0] in ('django', 'anas', 'voting') for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-I", "-S", "-c", script, str(ROOT), str(path)], capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")
