"""What the committee does to people and units. Every function takes `by`, the person who acts, runs in one transaction,
writes the audit trail, and raises Refused with the reasons where the act cannot be done."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anas.people.models import Deputy, Employee, Unit
from anas.refused import Refused, refuse_for, require
from anas.rounds import audit
from anas.rounds.models import Round
from anas.rounds.people import citizens, guards

TOLD = ("unit", "classification", "status", "position")  # fields whose values may stand in the audit trail


def note(by: Employee, action: str, subject: object, *, unit: Unit | None, role: str = "", **detail: object) -> None:
    """An entry in the office's trail, and in that of every round that runs over this unit: its witness has to see who
    got a new head, a deputy or a password meanwhile."""
    for round in [None, *_running_over(unit)]:
        audit.record(
            round,
            by=by,
            action=action,
            subject=str(subject),
            role=role or _("committee"),
            **({"unit": str(unit)} if unit else {}),
            **detail,
        )


def _running_over(unit: Unit | None) -> Iterable[Round]:
    codes = unit.path.strip("/").split("/") if unit else []
    paths = accumulate(codes, lambda path, code: f"{path}{code}/", initial="/")
    return running_rounds().filter(scope__path__in=list(paths))


def running_rounds() -> QuerySet[Round]:
    """Those whose witnesses have to see what happens to people."""
    over = [Round.State.DRAFT, Round.State.ANNOUNCED, Round.State.CANCELLED]
    return Round.objects.exclude(state__in=over).order_by("pk")


# --- People -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_employee(*, by: Employee, nik: str | None = None, **fields: Any) -> Employee:
    """Somebody new in service, who cannot log in before the committee has issued an activation code."""
    employee = Employee(**fields)
    employee.set_unusable_password()
    _save(employee, by=by)
    citizens.keep(employee, nik)
    note(by, "employee.added", employee, unit=employee.unit)
    return employee


@transaction.atomic
def change_employee(employee: Employee, *, by: Employee, nik: str | None = None, **fields: Any) -> Employee:
    """Changes what is known about somebody. `nik`: None leaves it, empty forgets it. The trail names the changed
    fields, never a personal number."""
    employee = _held(employee, by)
    if "unit" in fields and fields.get("in_unit_since", employee.in_unit_since) == employee.in_unit_since:
        fields["in_unit_since"] = since_when(employee, fields["unit"])
    before = {name: getattr(employee, name) for name in fields}
    changed = [name for name, value in fields.items() if value != before[name]]
    for name in changed:
        setattr(employee, name, fields[name])
    _save(employee, by=by)
    if citizens.keep(employee, nik):
        changed.append("nik")
    if changed:
        told = {name: [str(before[name]), str(fields[name])] for name in changed if name in TOLD}
        note(by, "employee.changed", employee, unit=employee.unit, fields=changed, **{"changes": told} if told else {})
    return employee


def since_when(employee: Employee, unit: Unit | None) -> date | None:
    """From when somebody is in a unit where nobody says so: whoever moves to another one begins there today."""
    moves = unit != employee.unit
    return timezone.localdate() if moves and employee.in_unit_since else employee.in_unit_since


def _held(employee: Employee, by: Employee) -> Employee:
    """The person as the database has him now, whom this committee may change."""
    employee = Employee.objects.select_for_update(of=("self",)).select_related("unit").get(pk=employee.pk)
    require(guards.reason_not_set_up_by(by, employee.unit), guards.reason_not_theirs(employee, by))
    return employee


def _save(employee: Employee, *, by: Employee) -> None:
    require(guards.reason_not_set_up_by(by, employee.unit), guards.reason_since_ahead(employee.in_unit_since))
    refuse_for(guards.reasons_number(employee.number, employee.status))
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError:
        raise Refused(_("Somebody else has this number.")) from None


@transaction.atomic
def retire(employee: Employee, *, by: Employee) -> Employee:
    """Takes somebody out of service: no login, no place on the next voter roll, nothing deleted."""
    employee = _held(employee, by)
    refuse_for(guards.reasons_not_to_retire(employee, by))
    return _set_active(employee, False, "employee.retired", by)


@transaction.atomic
def restore(employee: Employee, *, by: Employee) -> Employee:
    """Takes somebody back into service, with the password of before."""
    return _set_active(_held(employee, by), True, "employee.restored", by)


def _set_active(employee: Employee, is_active: bool, action: str, by: Employee) -> Employee:
    employee.is_active = is_active
    employee.save(update_fields=["is_active"])
    note(by, action, employee, unit=employee.unit)
    return employee


# --- Units ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_unit(*, parent: Unit, name: str, head_title: str = "", position: int = 0, by: Employee) -> Unit:
    """A new unit under another one, without a head yet."""
    require(guards.reason_not_set_up_by(by, parent))
    unit = save_new(Unit(parent=parent, name=name, head_title=head_title, position=position))
    note(by, "unit.added", unit, unit=unit)
    return unit


def save_new(unit: Unit) -> Unit:
    """Under a code of its own."""
    unit.code = _free_code(unit.name)
    if unit.parent and len(unit.parent.path) + len(unit.code) + 1 > Unit._meta.get_field("path").max_length:
        raise Refused(_("The tree is too deep here."))
    unit.save()
    return unit


def _free_code(name: str) -> str:
    """ "Bidang Data" → "bidang-data", or "bidang-data-2" where that is taken."""
    longest = Unit._meta.get_field("code").max_length
    base = slugify(name)[: longest - 4].strip("-") or "unit"
    taken = set(Unit.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))] if code not in taken)


@transaction.atomic
def change_unit(unit: Unit, *, name: str, head: Employee | None, head_title: str, position: int, by: Employee) -> Unit:
    """Name, head, the head's title and the place among its siblings. Code and place in the tree stay."""
    unit = Unit.objects.select_for_update(of=("self",)).select_related("head", "parent").get(pk=unit.pk)
    require(guards.reason_not_set_up_by(by, unit), guards.reason_not_head(head, unit, by))
    fields = {"name": name, "head": head, "head_title": head_title, "position": position}
    old_head = unit.head
    changed = {key: [str(getattr(unit, key) or ""), str(value or "")] for key, value in fields.items()}
    changed = {key: pair for key, pair in changed.items() if pair[0] != pair[1]}
    for key, value in fields.items():
        setattr(unit, key, value)
    unit.save()
    if head != old_head:
        _end_sessions(old_head, head, by=by)
    if changed:
        note(by, "unit.changed", unit, unit=unit, changes=changed)
    return unit


def _end_sessions(*people: Employee | None, by: Employee) -> None:
    """A role holds, or ends, for a login that comes after it. Who acts stays logged in."""
    for employee in people:
        if employee and employee != by:
            employee.end_sessions()


@transaction.atomic
def add_deputy(unit: Unit, *, employee: Employee, kind: str, starts: date, ends: date, by: Employee) -> Deputy:
    """Somebody acts for the unit's head between two days, both included."""
    require(guards.reason_not_set_up_by(by, unit))
    refuse_for(guards.reasons_not_to_deputise(unit, employee, ends, by))
    if ends < starts:
        raise Refused(_("The last day lies before the first."))
    deputy = Deputy.objects.create(unit=unit, employee=employee, kind=kind, starts=starts, ends=ends)
    _end_sessions(employee, by=by)
    note(by, "deputy.added", employee, unit=unit, kind=kind, starts=starts, ends=ends)
    return deputy


@transaction.atomic
def end_deputy(deputy: Deputy, *, by: Employee) -> None:
    """From now on the deputy acts no more. The days on which he did stay on record."""
    require(guards.reason_not_set_up_by(by, deputy.unit), guards.reason_over(deputy))
    today = timezone.localdate()
    if deputy.starts >= today:
        deputy.delete()
    else:
        deputy.ends = today - timedelta(days=1)
        deputy.save(update_fields=["ends"])
    _end_sessions(deputy.employee, by=by)
    note(by, "deputy.ended", deputy.employee, unit=deputy.unit, kind=deputy.kind)
