"""What a committee does with a list of people: send it, choose its columns, apply it. `by` None stands for whoever
runs the installation at the command line. Raises Refused with the reasons where it cannot be done."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people import sheets
from anas.people.columns import matched
from anas.people.models import Employee, PeopleImport, Unit
from anas.refused import Refused, refuse_for, require
from anas.rounds import audit, rules
from anas.rounds.models import Round
from anas.rounds.people import guards
from anas.rounds.people.plan import BACK, CHANGED, MOVED, NEW, RETIRED, Change, Checker, Plan
from anas.rounds.people.services import TOLD, running_rounds, save_new

FIELDS = [
    "name",
    "title_before",
    "title_after",
    "status",
    "rank",
    "grade",
    "position",
    "unit",
    "classification",
    "email",
    "in_unit_since",
    "is_active",
]
AT_ONCE = 500  # rows per statement
SAID = 10  # reasons; more help nobody


def forget_old() -> None:
    """Files that nobody has applied within a day go."""
    PeopleImport.objects.filter(applied_at=None, sent_at__lt=timezone.now() - PeopleImport.KEPT).delete()


@transaction.atomic
def send(*, unit: Unit, content: bytes, file_name: str, by: Employee | None) -> PeopleImport:
    """Keeps the file until it is applied, at most a day; it takes the place of what the same person sent before."""
    job = prepared(unit=unit, content=content, file_name=file_name, by=by)
    PeopleImport.objects.filter(by=by, applied_at=None).delete()
    job.save()
    return job


def prepared(*, unit: Unit, content: bytes, file_name: str, by: Employee | None) -> PeopleImport:
    """An import that is kept nowhere yet, its columns matched by their names."""
    if by:
        require(guards.reason_not_set_up_by(by, unit))
    columns = matched(sheets.read(content).heads)
    return PeopleImport(unit=unit, by=by, file_name=file_name[:100], content=content, columns=columns)


def plan_of(job: PeopleImport, *, by: Employee | None, lock: bool = False, sheet: sheets.Sheet | None = None) -> Plan:
    """What applying the file would do now. `lock` holds the people against other writers; `sheet`: the file's, where
    it has been read already."""
    return Checker(job, sheet or sheet_of(job), by, lock=lock).check()


def sheet_of(job: PeopleImport) -> sheets.Sheet:
    require(reason_not_open(job))
    return sheets.read(bytes(job.content))


def reason_not_open(job: PeopleImport) -> str | None:
    return None if job.content else _("This file has already been applied.")


@transaction.atomic
def choose(job: PeopleImport, *, columns: dict[str, int], adds_units: bool, retires: bool, by: Employee) -> None:
    """Which column is which field, and what the file says about units and people that are missing."""
    job = held(job, by)
    require(reason_not_open(job))
    job.columns, job.adds_units, job.retires = columns, adds_units, retires
    job.save(update_fields=["columns", "adds_units", "retires"])


def held(job: PeopleImport, by: Employee | None) -> PeopleImport:
    """The import as the database has it now, held against other writers, for the committee of its unit."""
    job = PeopleImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=job.pk)
    if by:
        require(guards.reason_not_set_up_by(by, job.unit))
    return job


@transaction.atomic
def apply(job: PeopleImport, *, by: Employee | None, seen: str | None = None) -> PeopleImport:
    """Everything that the file says, or nothing of it; then the file goes. `seen`: the digest of the plan that the
    person has looked at."""
    job = held(job, by)
    plan = plan_of(job, by=by, lock=True)
    refuse_for(str(problem) for problem in plan.problems[:SAID])
    if plan.is_empty:
        raise Refused(_("The file changes nothing."))
    if seen is not None and seen != plan.digest:
        raise Refused(_("Meanwhile something else has changed. Please look at the preview again."))
    _write(plan)
    job.content, job.applied_at, job.counts = None, timezone.now(), plan.counts
    job.undo = _undo_of(plan)
    job.save()
    _tell(job, plan, by)
    return job


def _write(plan: Plan) -> None:
    for unit in plan.new_units:
        save_new(unit)
    new = [change.employee for change in plan.changes if change.is_new]
    others = [change.employee for change in plan.changes if not change.is_new]
    for employee in new:
        employee.set_unusable_password()
    try:
        with transaction.atomic():
            Employee.objects.bulk_create(new, batch_size=AT_ONCE)
            put(others)
    except IntegrityError:
        raise Refused(_("Meanwhile somebody else has added one of these people. Please look again.")) from None


def put(employees: list[Employee]) -> None:
    """Writes people who are there already, many in one statement."""
    Employee.objects.bulk_create(
        employees, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )


def _undo_of(plan: Plan) -> dict[str, object]:
    changed = [change for change in plan.changes if not change.is_new]
    return {
        "new": {change.employee.pk: values_of(change.employee, FIELDS) for change in plan.changes if change.is_new},
        "units": [unit.pk for unit in plan.new_units],
        "before": {change.employee.pk: {name: _kept(old) for name, old in change.before.items()} for change in changed},
        "after": {change.employee.pk: values_of(change.employee, list(change.before)) for change in changed},
    }


def values_of(employee: Employee, names: list[str]) -> dict[str, object]:
    return {name: _kept(getattr(employee, name)) for name in names}


def _kept(value: object) -> object:
    """As JSON has it."""
    if isinstance(value, Unit):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


ACTIONS = {NEW: "added", BACK: "restored", MOVED: "changed", CHANGED: "changed", RETIRED: "retired"}


def _tell(job: PeopleImport, plan: Plan, by: Employee | None) -> None:
    """One entry in the office's trail, and one in that of every running round whose people have changed."""
    for round in [None, *running_rounds().select_related("scope")]:
        changes = [change for change in plan.changes if round is None or _touches(change, round)]
        if changes or round is None:
            told = {"new_units": [str(unit) for unit in plan.new_units], **_told(changes)}
            record(round, job, by, "people.imported", **told)


def _touches(change: Change, round: Round) -> bool:
    units = [change.employee.unit, change.before.get("unit")]
    return any(unit.path.startswith(round.scope.path) for unit in units if unit)


def _told(changes: list[Change]) -> dict[str, list]:
    """Who was added, changed, retired, restored. As everywhere in the trail: no personal numbers."""
    told: dict[str, list] = {}
    for change in changes:
        line: dict[str, object] = {"name": str(change.employee)}
        if change.before.keys() - {"is_active"}:
            line["fields"] = list(change.before)
            line["changes"] = {
                name: [str(old), str(getattr(change.employee, name))]
                for name, old in change.before.items()
                if name in TOLD
            }
        told.setdefault(ACTIONS[change.kind], []).append(line)
    return told


def record(round: Round | None, job: PeopleImport, by: Employee | None, action: str, **detail: object) -> None:
    """The name of the file stays out of the trail: people write into names what they like."""
    role = rules.COMMITTEE if by else _("command line")
    audit.record(round, by=by, action=action, subject=job.unit.name, role=role, number=job.pk, **detail)
