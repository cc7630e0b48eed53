"""Complaints and commendations from a file, such as an export of SP4N-LAPOR: every row is checked before any is
written, all or nothing. What is in the register already is left out, so that a file can be sent again."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from anas.conduct import guards
from anas.conduct.models import Report
from anas.people import sheets
from anas.people.columns import Columns, matched, plain
from anas.people.days import day_of
from anas.people.models import Employee
from anas.people.numbers import without_blanks
from anas.refused import Refused
from anas.rounds import audit
from anas.rounds.people.access import units_of
from anas.rounds.rules import COMMITTEE

# What each field is called in a file, and what else it may be called.
COLUMNS: Columns = {
    "employee": ("nip", "nipbaru nomorpegawai number nama namapegawai pegawai terlapor name employee"),
    "date": ("tanggal", "tanggallaporan tgl date"),
    "text": ("isi", "isilaporan uraian laporan keluhan text"),
    "kind": ("jenis", "kategori kind"),
    "source": ("sumber", "kanal saluran source"),
    "reference": ("nomor", "nomorlaporan idlaporan trackingid reference"),
}
NEEDED = ("employee", "date", "text", "source")
KINDS = {
    Report.Kind.COMPLAINT: "pengaduan komplain keluhan complaint",
    Report.Kind.COMMENDATION: "apresiasi pujian commendation",
}
AT_ONCE = 500  # rows per statement


@dataclass(frozen=True)
class Problem:
    line: int | None
    column: str
    reason: str


@dataclass
class Plan:
    """What a file brings."""

    new: list[Report] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def take_in(content: bytes, *, by: Employee) -> Plan:
    """Reads a file into the register, or, with a problem in any row, writes nothing. Raises Refused for what is no
    table."""
    plan = Checker(by).check(sheets.read(content, COLUMNS, NEEDED))
    if plan.new and not plan.problems:
        Report.objects.bulk_create(plan.new, batch_size=AT_ONCE)
        audit.record(None, by=by, action="reports.imported", role=COMMITTEE, new=len(plan.new), known=plan.known)
    return plan


class Checker:
    def __init__(self, by: Employee):
        self.by, self.plan = by, Plan()
        people = Employee.objects.filter(unit__in=units_of(by)).select_related("unit")
        self.people: dict[str, list[Employee]] = {}
        for employee in people:
            for word in {employee.number, employee.name.lower(), employee.full_name.lower()}:
                self.people.setdefault(word, []).append(employee)

    def check(self, sheet: sheets.Sheet) -> Plan:
        columns = matched(sheet.heads, COLUMNS)
        for name in NEEDED:
            if name not in columns:
                self.plan.problems.append(Problem(None, COLUMNS[name][0], _("This column is missing.")))
        if not self.plan.problems:
            self.check_rows(sheet, columns)
        return self.plan

    def check_rows(self, sheet: sheets.Sheet, columns: dict[str, int]) -> None:
        there = {_identity(report) for report in Report.objects.filter(employee__unit__in=units_of(self.by))}
        for row in sheet.rows:
            try:
                report = self.report(row, columns)
            except _Wrong as wrong:
                self.plan.problems.append(Problem(row.line, COLUMNS[wrong.name][0], wrong.reasons[0]))
                continue
            if (identity := _identity(report)) in there:
                self.plan.known += 1
            else:
                there.add(identity)
                self.plan.new.append(report)

    def report(self, row: sheets.Row, columns: dict[str, int]) -> Report:
        for name, place in columns.items():
            if place in row.broken:
                raise _Wrong(name, row.broken[place])
        cells = {name: row.cell(place) for name, place in columns.items()}
        report = Report(
            employee=self.person(cells["employee"]),
            date=self.day(cells["date"]),
            kind=self.kind(cells.get("kind", "")),
            source=cells["source"],
            reference=cells.get("reference", ""),
            text=cells["text"],
            entered_by=self.by,
        )
        for reason in self.reasons(report):
            raise _Wrong("employee" if report.employee == self.by else "text", reason)
        return report

    def reasons(self, report: Report) -> Iterator[str]:
        yield from guards.reasons_not_about(report.employee, self.by)
        yield from guards.reasons_bad_words(report)

    def person(self, text: str) -> Employee:
        found = self.people.get(without_blanks(text)) or self.people.get(text.lower(), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise _Wrong("employee", _("Several people have this name; write the number."))
        raise _Wrong("employee", _("Nobody in your committee's units has this name or number."))

    def day(self, text: str):
        if (day := day_of(text)) is None:
            reason = _("“%(text)s” is no date; write it as 2026-12-31 or 31/12/2026.") % {"text": text}
            raise _Wrong("date", reason)
        if reason := guards.reason_bad_day(day):
            raise _Wrong("date", reason)
        return day

    def kind(self, text: str) -> str:
        if not text:
            return Report.Kind.COMPLAINT
        for kind, words in KINDS.items():
            if plain(text) in words.split():
                return kind
        raise _Wrong("kind", _("“%(text)s” is neither “pengaduan” nor “apresiasi”.") % {"text": text})


class _Wrong(Refused):
    def __init__(self, name: str, reason: str):
        self.name = name
        super().__init__(reason)


def _identity(report: Report) -> tuple:
    return report.employee_id, report.kind, report.date, report.source, report.reference, report.text
