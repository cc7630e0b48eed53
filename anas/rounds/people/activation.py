"""Accounts without a password that somebody else has known: the committee issues a code, on a card or by mail, and its
owner sets the password with it. The same way leads out of a forgotten password."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people import codes
from anas.people.codes import PrintedCard
from anas.people.models import Activation, Employee, Unit
from anas.refused import Refused, refuse_for, require
from anas.rounds.people import guards
from anas.rounds.people.services import note

PURPOSE = "people.activation"
DAYS, MOST_DAYS = 14, 90  # that a code holds: as proposed, and at most
NO_PASSWORD = Q(password__regex=f"^({UNUSABLE_PASSWORD_PREFIX}|$)")


def without_password(units: QuerySet[Unit]) -> QuerySet[Employee]:
    """Who is in service in these units and cannot log in yet, in the order in which cards are handed out."""
    found = Employee.objects.filter(NO_PASSWORD, is_active=True, is_superuser=False, unit__in=units)
    return found.select_related("unit").order_by("unit__path", "name", "number")


def last_moment(until: date) -> datetime:
    """A code holds to the end of its last day, in the office's time zone."""
    return timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))


def address(site: str = "") -> str:
    """The page where a code is typed. A link adds the code behind a #, which a browser tells no server: it stands in
    no log."""
    return (settings.SITE_URL or site.rstrip("/")) + reverse("people:activate")


@transaction.atomic
def issue(people: Iterable[Employee], *, until: date, by: Employee, by_mail: bool = False) -> list[PrintedCard]:
    """A new code for each of these people. One that somebody had before is worthless from now on; a password that
    somebody has holds until the code is used. The trail names the people, never a code."""
    found = list(_held(people))
    if not found:
        raise Refused(_("There is nobody here who needs a code."))
    refuse_for(reason for employee in found for reason in _reasons_no_code(employee, by))
    require(guards.reason_bad_last_day(until, MOST_DAYS))
    cards = [PrintedCard(employee, codes.new_code()) for employee in found]
    Activation.objects.filter(employee__in=found).delete()
    Activation.objects.bulk_create(
        Activation(employee=card.employee, code_hash=codes.digest(PURPOSE, card.code), ends_at=last_moment(until))
        for card in cards
    )
    _tell(found, until, by, by_mail)
    return cards


def _held(people: Iterable[Employee]) -> QuerySet[Employee]:
    held = Employee.objects.select_for_update(of=("self",)).filter(pk__in=[employee.pk for employee in people])
    return held.select_related("unit").order_by("unit__path", "name", "number")


def _reasons_no_code(employee: Employee, by: Employee) -> Iterable[str]:
    reasons = [guards.reason_not_set_up_by(by, employee.unit), guards.reason_not_theirs(employee, by)]
    if employee == by:
        reasons.append(_("For yourself, use “Change password”."))
    if not employee.is_active:
        reasons.append(_("%(name)s is out of service.") % {"name": employee})
    return filter(None, reasons)


def _tell(people: list[Employee], until: date, by: Employee, by_mail: bool) -> None:
    """One entry per unit, so that each round's witness reads of its own people alone."""
    action = "activation.mailed" if by_mail else "activation.issued"
    for unit in dict.fromkeys(employee.unit for employee in people):
        names = [str(employee) for employee in people if employee.unit == unit]
        subject = names[0] if len(names) == 1 else unit
        note(by, action, subject, unit=unit, until=until, **({"people": names} if len(names) > 1 else {}))


def owner_of(typed: str) -> Employee:
    """Whose code this is. Raises Refused for one that is unknown, used, replaced or too old."""
    known = Activation.objects.filter(code_hash=codes.digest(PURPOSE, typed), employee__is_active=True)
    activation = known.select_related("employee").first()
    if activation is None:
        raise Refused(_("This code is not known. Please check it, sign by sign. A code works once; a new one ends it."))
    if activation.is_over:
        raise Refused(_("This code is too old. The committee of your office gives you a new one."))
    return activation.employee


@transaction.atomic
def activate(typed: str, *, password: str) -> Employee:
    """Sets the password of the code's owner. The code is used up, and whoever was logged in with an older password is
    logged out. Of two who come at once one is refused."""
    employee = owner_of(typed)
    if not Activation.objects.filter(code_hash=codes.digest(PURPOSE, typed)).delete()[0]:
        raise Refused(_("This code has just been used."))
    employee = Employee.objects.select_for_update(of=("self",)).select_related("unit").get(pk=employee.pk)
    employee.set_password(password)
    employee.save(update_fields=["password"])
    note(employee, "activation.used", employee, unit=employee.unit, role=_("owner of the account"))
    return employee
