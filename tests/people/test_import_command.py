"""`manage.py import_people`: the same import at the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from anas.people.models import CommitteeSeat, Employee, PeopleImport
from anas.rounds.models import AuditEntry
from tests.people.lists import HANIF, HEAD, NIP, as_csv, as_xlsx


@pytest.fixture
def run(tmp_path):
    """`run(content, "--dry-run")` → what it says."""

    def command(content: bytes, *options: str) -> str:
        path, out = tmp_path / "pegawai.csv", StringIO()
        path.write_bytes(content)
        call_command("import_people", str(path), *options, stdout=out)
        return out.getvalue()

    return command


def test_people_are_imported(office, run):
    said = run(as_xlsx(HEAD, HANIF))

    assert Employee.objects.get(number=NIP).unit == office.units["data"]
    assert "new: 1\n" in said
    assert AuditEntry.objects.get(action="people.imported").actor is None


def test_a_dry_run_says_what_would_change_and_writes_nothing(office, run):
    said = run(as_csv(HEAD, HANIF, [office.budi.number, "Budi S.", "UPT"]), "--dry-run", "--add-units")

    assert ("new: 1\n" in said, "moved to another unit: 1\n" in said, "new unit: UPT\n" in said) == (True, True, True)
    assert not Employee.objects.filter(number=NIP).exists()
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_errors_are_said_with_their_line_and_nothing_is_written(office, run, options, capsys):
    with pytest.raises(CommandError) as refused:
        run(as_csv(HEAD, HANIF, ["1.98E+17", "Yuni", "data"], ["THL-1", "", "cuaca"]), *options)

    lines = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Line 3, nip", "Line 4, nama", "Line 4, unit"]
    assert (refused.value.returncode, Employee.objects.filter(number=NIP).exists()) == (1, False)
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\0", b"PK\x03\x04", b"nip,nama\n"])
def test_a_file_that_cannot_be_read_is_answered_in_words(office, run, content):
    with pytest.raises(CommandError):
        run(content)


def test_a_file_that_is_not_there_is_answered_in_words(office):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_people", "/nowhere/pegawai.csv")


def test_the_office_is_the_only_one_that_there_is(office, run):
    CommitteeSeat.objects.create(unit=office.oki.unit, employee=office.oki)
    with pytest.raises(CommandError, match="dinkes, dpmptsp"):
        run(as_csv(HEAD, HANIF))
    with pytest.raises(CommandError, match="--unit"):
        run(as_csv(HEAD, HANIF), "--unit", "nowhere")

    assert "new: 1\n" in run(as_csv(HEAD, HANIF), "--unit", "dpmptsp")


def test_whoever_is_missing_leaves_if_asked_for(office, run):
    keep = Employee.objects.below(office.unit).exclude(pk=office.ratna.pk).select_related("unit")
    run(as_csv(HEAD, *([one.number, one.name, one.unit.code] for one in keep), HANIF), "--retire-missing")

    assert not Employee.objects.get(pk=office.ratna.pk).is_active
