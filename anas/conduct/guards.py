"""Why something cannot be entered about somebody, in words for the committee."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from anas.conduct.models import Penalty, Report
from anas.people.models import Employee
from anas.rounds.people import guards

EARLIEST = date(1950, 1, 1)


def reasons_not_about(employee: Employee, by: Employee) -> Iterator[str]:
    """The committee of the person's unit keeps the registers, and nobody what is said about himself."""
    if reason := guards.reason_not_set_up_by(by, employee.unit):
        yield reason
    if employee.pk == by.pk:
        yield _("Nobody enters or decides anything about himself. Another member of the committee has to.")


def reason_bad_day(day: date) -> str | None:
    if day > timezone.localdate():
        return _("The date lies ahead.")
    return _("The date lies too far back.") if day < EARLIEST else None


def reasons_bad_days(starts: date, ends: date) -> Iterator[str]:
    """A penalty has begun or is known to begin; it may end later."""
    if starts < EARLIEST:
        yield _("The date lies too far back.")
    if ends < starts:
        yield _("The last day lies before the first.")


def reasons_bad_words(report: Report) -> Iterator[str]:
    """What a form checks in the browser, and an import does not."""
    for name in ("source", "text"):
        if not getattr(report, name).strip():
            yield _("%(field)s is missing.") % {"field": _field(name)}
    for name in ("source", "reference", "text"):
        longest = Report._meta.get_field(name).max_length
        if len(getattr(report, name)) > longest:
            yield _("%(field)s: at most %(limit)s signs.") % {"field": _field(name), "limit": longest}


def reason_there_already(report: Report) -> str | None:
    """A form that was sent twice enters one complaint."""
    same = {name: getattr(report, name) for name in ("employee", "kind", "date", "source", "reference", "text")}
    return _("This stands in the register already.") if Report.objects.filter(**same).exists() else None


def _field(name: str) -> str:
    return str(Report._meta.get_field(name).verbose_name).capitalize()


def reason_no_complaint(report: Report) -> str | None:
    return None if report.is_complaint else _("Only a complaint is decided on.")


def reason_gone(penalty: Penalty | None) -> str | None:
    return None if penalty else _("This penalty has been removed.")
