"""Lists of people as files, for the tests of the import."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook

from anas.people.models import PeopleImport
from anas.rounds.people import importing
from anas.rounds.people.plan import Plan
from tests import cast

NIP = "199203052019031007"
HEAD = ["nip", "nama", "unit"]
HANIF = [NIP, "Hanif Ramadhan", "Bidang Data"]


def as_csv(*rows: list, separator: str = ",") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(*rows: list, merged: str = "") -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(out)
    return out.getvalue()


def send(office, content: bytes, by=None, **options) -> PeopleImport:
    by = by or cast.fresh(office.kartika)
    job = importing.send(unit=options.pop("unit", office.unit), content=content, file_name="pegawai.csv", by=by)
    if options:
        options = {"columns": job.columns, "adds_units": False, "retires": False, **options}
        importing.choose(job, by=by, **options)
        job.refresh_from_db()
    return job


def plan(office, *rows: list, by=None, **options) -> Plan:
    """What the rows would change, below the head of three columns where they have no other."""
    rows = rows if rows and "nip" in rows[0] else (HEAD, *rows)
    by = by or cast.fresh(office.kartika)
    return importing.plan_of(send(office, as_csv(*rows), by=by, **options), by=by)


def problems(plan: Plan) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.column) for problem in plan.problems]


def changes(plan: Plan) -> list[tuple[str, str, list[str]]]:
    return [(change.kind, change.employee.name, list(change.before)) for change in plan.changes]
