"""The verifier and files that are no bundle, or worse."""

import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from scoring import bundle as bundles
from scoring.verify import CHECKS
from scoring.verifying import unzip
from tests.scoring.bundles import failed, forged, run, with_manifest

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # a bundle is checked without the database


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
def test_what_is_no_bundle_ends_with_2_and_one_line(zip_path, data):
    status, out, err = run(zip_path(data))

    assert (status, out, len(err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("name", ["nowhere.zip", "."])
def test_a_path_that_is_no_file_ends_with_2_and_one_line(tmp_path, name):
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(tmp_path / name), stdout=out, stderr=err)

    assert (ended.value.code, out.getvalue(), len(err.getvalue().splitlines())) == (2, "", 1)


def test_two_files_of_one_name_are_refused(named, zip_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([*named.items(), ("result.json", b"{}")])

    assert run(zip_path(data))[0] == 2


def test_a_zip_bomb_is_not_unpacked(zip_path):
    """130 MB of zeros in 130 kB."""
    bomb = zipped([("manifest.json", b"{}"), ("result.json", bytes(unzip.MOST_BYTES + 1))])

    status, _out, err = run(zip_path(bomb))

    assert status == 2
    assert err.endswith("unpacks to more than any bundle, or in a way that cannot be limited\n")


def test_a_zip_that_lies_about_its_sizes_is_read_no_further_than_it_says(zip_path):
    big = bytes(1_000_000)
    data = zipped([("manifest.json", big)]).replace(len(big).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert unzip.read(zip_path(data)) == {"manifest.json": None}


def test_a_name_that_leads_out_of_the_folder_writes_nothing(named, tmp_path, zip_path, monkeypatch):
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    path = zip_path(zipped([*named.items(), ("../evil.txt", b"evil"), ("/tmp/evil.txt", b"evil")]))

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


def test_a_line_cannot_steer_the_terminal(named, zip_path):
    data = bundles.zipped(named | {"\x1b[2Jok   everything\n": b""})

    out = run(zip_path(data))[1]

    assert "\x1b" not in out
    assert len(out.splitlines()) == len(CHECKS)
