"""What a list of people would change: every row checked, nothing written."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anas.people import numbers
from anas.people.columns import COLUMNS, NEEDED, STATUS_NAMES, squeezed
from anas.people.models import Employee, PeopleImport, Unit
from anas.people.ranks import RANKS
from anas.people.sheets import Row, Sheet
from anas.refused import Refused
from anas.rounds.people import guards, services
from anas.rounds.people.access import units_of
from anas.rounds.people.cells import Cells, Units, column_name

AT_ONCE = 500  # rows per query
TOLD_OF_NEW = ("status", "grade", "position", "classification", "email")
NEW, BACK, MOVED, CHANGED, RETIRED = KINDS = ("new", "back", "moved", "changed", "retired")


def kind_names() -> dict[str, str]:
    """What can happen to somebody, in words."""
    return {
        NEW: _("new"),
        MOVED: _("moved to another unit"),
        CHANGED: _("changed"),
        BACK: _("back in service"),
        RETIRED: _("taken out of service"),
        "unchanged": _("unchanged"),
    }


@dataclass(frozen=True)
class Problem:
    """`line`: None for what no line says."""

    line: int | None
    column: str
    reason: str

    def __str__(self) -> str:
        place = _("Line %(line)s") % {"line": self.line} if self.line else ""
        place = ", ".join(filter(None, [place, self.column]))
        return f"{place}: {self.reason}" if place else self.reason


@dataclass
class Change:
    """Somebody as the list wants him; `before` has what the changed fields were."""

    employee: Employee
    before: dict[str, object] = field(default_factory=dict)
    is_new: bool = False

    @property
    def kind(self) -> str:
        if self.is_new:
            return NEW
        if "is_active" in self.before:
            return BACK if self.employee.is_active else RETIRED
        return MOVED if "unit" in self.before else CHANGED

    @property
    def fields(self) -> list[tuple[str, object, object]]:
        """Name, old and new value of what changes, or what is known about somebody new; but for what stands beside."""
        names = TOLD_OF_NEW if self.is_new else [name for name in self.before if name != "is_active"]
        told = [(name, self.before.get(name, ""), getattr(self.employee, name)) for name in names]
        label = Employee._meta.get_field
        return [(label(name).verbose_name, _said(old), _said(new)) for name, old, new in told if old or new]


def _said(value: object) -> object:
    return STATUS_NAMES.get(value, value) if isinstance(value, str) else value


@dataclass
class Plan:
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    new_units: list[Unit] = field(default_factory=list)
    unchanged: int = 0

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of_kind(kind)) for kind in KINDS} | {"unchanged": self.unchanged}

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.new_units

    @property
    def digest(self) -> str:
        """The same for the same changes: what is applied is what has been looked at."""
        told = [
            [change.kind, *(str(getattr(change.employee, name)) for name in COLUMNS), *map(str, change.before.values())]
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps([told, [unit.name for unit in self.new_units]]).encode()).hexdigest()


class Checker:
    """Checks the rows one after the other. `by` None: at the command line, where every unit is open."""

    def __init__(self, job: PeopleImport, sheet: Sheet, by: Employee | None, *, lock: bool):
        self.job, self.sheet, self.by, self.lock = job, sheet, by, lock
        self.columns = {name: place for name, place in job.columns.items() if place < len(sheet.heads)}
        self.plan, self.lines = Plan(), {}
        self.cells = Cells(Units(job.unit, adds=job.adds_units))
        self.reach = set((units_of(by) if by else Unit.objects.all()).values_list("pk", flat=True))

    def check(self) -> Plan:
        for name in NEEDED:
            if name not in self.columns:
                self.say(None, name, _("No column has been chosen for this."))
        if not self.plan.problems:
            self.check_rows()
        if not self.plan.problems and self.job.retires:
            self.check_missing()
        self.plan.new_units = self.cells.units.new
        return self.plan

    def say(self, line: int | None, name: str, reason: str) -> None:
        self.plan.problems.append(Problem(line, column_name(name), reason))

    def check_rows(self) -> None:
        present = self.present()
        for row in self.sheet.rows:
            number = self.number(row)
            if any(row.cells[len(self.sheet.heads) :]):
                reason = _("More cells than the head has columns: put texts with commas into quotation marks.")
                self.say(row.line, "", reason)
            elif not number:
                self.say(row.line, "number", _("A number is needed."))
            elif number in self.lines:
                reason = _("This number stands in line %(line)s too.") % {"line": self.lines[number]}
                self.say(row.line, "number", reason)
            else:
                self.lines[number] = row.line
                self.check_row(row, number, present.get(number))

    def number(self, row: Row) -> str:
        return numbers.without_blanks(row.cell(self.columns["number"]).removeprefix("'"))

    def present(self) -> dict[str, Employee]:
        """Who of the list is known already, by number."""
        wanted = sorted({self.number(row) for row in self.sheet.rows})
        found = {}
        for start in range(0, len(wanted), AT_ONCE):
            some = self.people().filter(number__in=wanted[start : start + AT_ONCE])
            found |= {employee.number: employee for employee in some}
        return found

    def people(self) -> QuerySet[Employee]:
        people = Employee.objects.select_related("unit").order_by("pk")
        return people.select_for_update(of=("self",)) if self.lock else people

    def check_row(self, row: Row, number: str, present: Employee | None) -> None:
        before = len(self.plan.problems)
        values = dict(self.values(row, present))
        status = values.get("status") or (present.status if present else presumed(number))
        if not present and self.columns["number"] not in row.broken:
            for reason in guards.reasons_number(number, status):
                self.say(row.line, "number", reason)
        for reason in self.reasons_not_theirs(present, values):
            self.say(row.line, "number" if present else "unit", reason)
        if len(self.plan.problems) == before:
            self.compare(present, {**values, "number": number, "status": status}, row.line)

    def values(self, row: Row, present: Employee | None) -> Iterator[tuple[str, object]]:
        for name, place in self.columns.items():
            try:
                if place in row.broken:
                    raise Refused(row.broken[place])
                if name != "number" and (value := self.cells.value(name, row.cell(place), present)) is not None:
                    yield name, value
            except Refused as refused:
                self.say(row.line, name, refused.reasons[0])

    def reasons_not_theirs(self, present: Employee | None, values: dict[str, object]) -> Iterator[str]:
        if present is None and "unit" not in self.columns:
            yield _("A unit is needed.")
        if present is not None and present.unit_id not in self.reach:
            yield _("This number belongs to somebody whom your committee does not set up.")

    def compare(self, present: Employee | None, values: dict[str, object], line: int) -> None:
        if present is None:
            values["rank"] = values.get("rank") or RANKS.get(values.get("grade", ""), "")
            self.plan.changes.append(Change(Employee(**values), is_new=True))
            for doubt in numbers.doubts(values["number"], values["status"]):
                self.plan.doubts.append(Problem(line, column_name("number"), doubt))
        elif change := changed(present, values):
            self.check_change(change, line)
        else:
            self.plan.unchanged += 1

    def check_change(self, change: Change, line: int) -> None:
        if "status" in change.before:
            for reason in guards.reasons_number(change.employee.number, change.employee.status):
                self.say(line, "number", reason)
        if self.by and (reason := guards.reason_not_theirs(change.employee, self.by)):
            self.say(line, "number", reason)
        self.plan.changes.append(change)

    def check_missing(self) -> None:
        """Everybody in service under the unit who is not in the list."""
        for employee in self.people().below(self.job.unit).prefetch_related("headed_units"):
            if employee.number in self.lines:
                continue
            for reason in guards.reasons_not_to_retire(employee, self.by):
                self.say(None, "", reason)
            if self.by and (reason := guards.reason_not_theirs(employee, self.by)):
                self.say(None, "", reason)
            employee.is_active = False
            self.plan.changes.append(Change(employee, {"is_active": True}))


def presumed(number: str) -> str:
    """The status where a list does not say it."""
    is_nip = len(number) == 18 and number.isdigit()
    return (Employee.Status.PNS if is_nip or numbers.SHORTENED.fullmatch(number) else Employee.Status.NON_ASN).value


def changed(employee: Employee, values: dict[str, object]) -> Change | None:
    """The person with the new values, where there are any."""
    values = {**values, "is_active": True}
    if "rank" not in values and values.get("grade", employee.grade) != employee.grade:
        values["rank"] = RANKS.get(values["grade"], "")
    values.setdefault("in_unit_since", services.since_when(employee, values.get("unit", employee.unit)))
    known = {name: getattr(employee, name) for name in values}
    before = {name: known[name] for name, value in values.items() if differs(known[name], value)}
    for name in before:
        setattr(employee, name, values[name])
    return Change(employee, before) if before else None


def differs(old: object, new: object) -> bool:
    return squeezed(old) != new if isinstance(old, str) and isinstance(new, str) else old != new
