"""Why something about a person or a unit cannot be done, in words for the committee that wants to do it."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people import numbers
from anas.people.models import Deputy, Employee, Unit
from anas.rounds import rules


def reason_not_set_up_by(by: Employee, unit: Unit | None) -> str | None:
    """People and units are for the committee of the office or of one above it."""
    if unit is None:
        return _("A unit is needed.")
    return rules.may_set_up_in(by, unit)


def reason_not_theirs(employee: Employee, by: Employee) -> str | None:
    """The account of the installation is nobody's but its own."""
    if employee.is_superuser and employee != by:
        return _("%(name)s administers the installation; the committee cannot change that account.") % {
            "name": employee
        }
    return None


def reasons_number(number: str, status: str) -> Iterator[str]:
    return numbers.faults(number, status, timezone.localdate())


def reason_since_ahead(day: date | None) -> str | None:
    return _("The date lies ahead.") if day and day > timezone.localdate() else None


def reasons_not_to_retire(employee: Employee, by: Employee) -> Iterator[str]:
    if employee == by:
        yield _("Nobody takes himself out of service.")
    if not employee.is_active:
        yield _("%(name)s is already out of service.") % {"name": employee}
    for unit in employee.headed_units.all():
        yield _("%(name)s heads %(unit)s: name another head first.") % {"name": employee, "unit": unit}


def reason_not_head(employee: Employee | None, unit: Unit, by: Employee) -> str | None:
    """A unit's head proposes, an office's head decides: nobody gives himself that."""
    if employee is None or employee.pk == unit.head_id:
        return None
    if employee == by:
        return _("Nobody can make himself the head of a unit.")
    return None if employee.is_active else _("%(name)s is out of service.") % {"name": employee}


def reasons_not_to_deputise(unit: Unit, employee: Employee, ends: date, by: Employee) -> Iterator[str]:
    if employee == by:
        yield _("Nobody can make himself a deputy.")
    if employee.pk == unit.head_id:
        yield _("%(name)s is the head already.") % {"name": employee}
    if not employee.is_active:
        yield _("%(name)s is out of service.") % {"name": employee}
    if ends < timezone.localdate():
        yield _("The last day has already passed.")


def reason_over(deputy: Deputy) -> str | None:
    return _("This has already ended.") if deputy.ends < timezone.localdate() else None


def reason_bad_last_day(until: date, most_days: int) -> str | None:
    """A code holds for a while: from today on, and not for long."""
    days = (until - timezone.localdate()).days
    if days < 0:
        return _("The last day has already passed.")
    return _("A code holds for at most %(days)s days.") % {"days": most_days} if days > most_days else None
