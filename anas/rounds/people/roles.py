"""Who is what in an office: what the page of the roles shows, and the seats of the committee, which are given and taken
there."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import CommitteeSeat, Deputy, Employee, Unit
from anas.refused import refuse_for, require
from anas.rounds.models import Member, Round
from anas.rounds.people import guards
from anas.rounds.people.access import colleagues
from anas.rounds.people.services import note


def offices(units: QuerySet[Unit]) -> list[Unit]:
    """Those of the units that have units of their own; the topmost where none has."""
    found = list(units.filter(children__isnull=False).distinct())
    return found or list(units[:1])


def line(office: Unit) -> list[Unit]:
    """The office and the units right under it, each with `acting`: its deputies of today and to come."""
    to_come = Deputy.objects.filter(ends__gte=timezone.localdate()).select_related("employee").order_by("starts")
    units = Unit.objects.filter(parent=office).order_by("position", "name") | Unit.objects.filter(pk=office.pk)
    found = units.select_related("head").prefetch_related(Prefetch("deputies", to_come, to_attr="acting"))
    return sorted(found, key=lambda unit: unit.pk != office.pk)


def rounds_of(office: Unit) -> QuerySet[Round]:
    """The rounds of the office that are not over, with `people`: team and witnesses."""
    over = [Round.State.ANNOUNCED, Round.State.CANCELLED]
    members = Member.objects.select_related("employee")
    found = Round.objects.filter(scope=office).exclude(state__in=over).select_related("scope")
    return found.prefetch_related(Prefetch("members", members, to_attr="people"))


def seats_of(office: Unit) -> QuerySet[CommitteeSeat]:
    return office.committee.select_related("employee").order_by("employee__name", "pk")


def candidates(office: Unit) -> QuerySet[Employee]:
    """Who can be taken into the committee."""
    return colleagues(office).exclude(committee_seats__unit=office).exclude(is_superuser=True)


@transaction.atomic
def add_to_committee(unit: Unit, *, employee: Employee, by: Employee) -> CommitteeSeat:
    """Somebody sets up people and rounds of the unit from now on."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    require(guards.reason_not_set_up_by(by, unit))
    refuse_for(_reasons_no_seat(unit, employee, by))
    seat = CommitteeSeat.objects.create(unit=unit, employee=employee)
    employee.end_sessions()
    note(by, "committee.added", employee, unit=unit)
    return seat


def _reasons_no_seat(unit: Unit, employee: Employee, by: Employee) -> Iterator[str]:
    if employee == by:
        yield _("Nobody can give himself a role.")
    if not candidates(unit).filter(pk=employee.pk).exists():
        yield _("%(name)s cannot be taken into this committee, or is in it already.") % {"name": employee}


@transaction.atomic
def remove_from_committee(seat: CommitteeSeat, *, by: Employee) -> None:
    """Takes a seat away. The last one stays: an office without a committee could do nothing any more."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=seat.unit_id)
    require(guards.reason_not_set_up_by(by, unit), reason_last_seat(seat))
    note(by, "committee.removed", seat.employee, unit=unit)
    seat.delete()
    if seat.employee != by:
        seat.employee.end_sessions()


def reason_last_seat(seat: CommitteeSeat) -> str | None:
    others = CommitteeSeat.objects.filter(unit=seat.unit_id, employee__is_active=True).exclude(pk=seat.pk)
    return None if others.exists() else _("This is the last member of the committee: name another one first.")
