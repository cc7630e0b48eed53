"""What is kept about every person, whatever happens in rounds."""

from collections.abc import Iterator
from datetime import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people import personal
from anas.people.activations import Activation
from anas.people.models import Employee
from anas.people.niks import Nik
from anas.privacy import leaving, looks
from anas.privacy.models import Look

FIELDS = [
    "number",
    "name",
    "title_before",
    "title_after",
    "status",
    "rank",
    "grade",
    "position",
    "unit",
    "in_unit_since",
    "classification",
    "email",
]


def account(employee: Employee) -> Iterator[dict[str, object]]:
    """What the committee has entered about the person, and what the application has noted: one row."""
    yield {str(Employee._meta.get_field(name).verbose_name): _value(employee, name) for name in FIELDS} | {
        _("NIK, sealed"): Nik.objects.filter(employee=employee).exists(),
        _("activation code"): Activation.objects.filter(employee=employee).exists(),
        _("photo"): bool(employee.photo),
        _("in service"): employee.is_active,
        _("language of e-mails"): str(dict(settings.LANGUAGES).get(employee.language, "")),
    }


def _value(employee: Employee, name: str) -> str:
    said = getattr(employee, f"get_{name}_display", None)
    value = said() if said else getattr(employee, name)
    return "" if value is None else str(value)


def attempts(employee: Employee) -> Iterator[dict[str, object]]:
    for one in AccessAttempt.objects.filter(username=employee.number):
        yield {
            _("When"): one.attempt_time,
            _("Wrong passwords"): one.failures_since_start,
            _("Network address"): one.ip_address,
        }


def _purger(rows: QuerySet, field: str):
    """Deletes the rows whose field lies before the moment."""

    def purge(before: datetime, really: bool) -> int:
        is_day = rows.model._meta.get_field(field).get_internal_type() == "DateField"
        old = rows.filter(**{f"{field}__lt": timezone.localdate(before) if is_day else before})
        number = old.count()
        if really:
            old.delete()
        return number

    return purge


personal.register(
    parts=[
        personal.Part("account", gettext_lazy("You"), account, place=1),
        personal.Part("attempts", gettext_lazy("Log-ins that failed"), attempts),
        personal.Part("looks", gettext_lazy("Who looked at your data"), looks.rows, place=2),
    ],
    kinds={
        "person": gettext_lazy("opened the page with your personal data"),
        "people": gettext_lazy("downloaded the list of people"),
    },
    kept=[
        personal.Kept(
            "account",
            gettext_lazy(
                "Number, name, titles, status, rank, position, unit, classification, e-mail address, photo; where the "
                "office needs it the NIK, sealed."
            ),
            gettext_lazy("To log in, to vote, to be proposed, and to stand in decrees by the right name."),
            gettext_lazy("The committee; colleagues see name, position and unit."),
            until=gettext_lazy("while you are in service; for what comes after see the last line"),
            place=1,
        ),
        personal.Kept(
            "sessions",
            gettext_lazy("That a browser is logged in."),
            gettext_lazy("So that you do not log in for every page."),
            gettext_lazy("Nobody."),
            until=gettext_lazy("until you log out, one working day at most"),
            purge=_purger(Session.objects.all(), "expire_date"),
        ),
        personal.Kept(
            "attempts",
            gettext_lazy("Wrong passwords, with the number that was typed and the network address."),
            gettext_lazy("So that nobody can guess passwords."),
            gettext_lazy("You."),
            purge=_purger(AccessAttempt.objects.all(), "attempt_time"),
        ),
        personal.Kept(
            "looks",
            gettext_lazy("Who read score sheets, evidence and personal data, by day."),
            gettext_lazy("So that you can see who looked at your data."),
            gettext_lazy("You."),
            purge=_purger(Look.objects.all(), "day"),
        ),
        personal.Kept(
            "left",
            gettext_lazy("Data of people who have left."),
            gettext_lazy(
                "Decrees, results and the audit trail stay valid. The name of whoever has a part in them stays; "
                "number, address, photo, rank and password are erased, and of everybody else the name too."
            ),
            gettext_lazy("The committee."),
            purge=leaving.purge,
            place=9,
        ),
    ],
)
