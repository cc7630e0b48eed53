"""What the set-up assistant does that no other page does: the first office, several units and several heads at once.
Every function takes `by`, runs in one transaction, writes the audit trail, and raises Refused with the reasons where
the act cannot be done."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from anas.people.models import CommitteeSeat, Employee, Unit
from anas.refused import refuse_for, require
from anas.rounds.people import guards, services


def reason_not_first(by: Employee) -> str | None:
    """The account of the installation sets up the first office, and no other."""
    if not by.is_superuser:
        return _("Only the account of the installation can do this.")
    return _("There is an office already.") if Unit.objects.exists() else None


@transaction.atomic
def found_office(
    *, government: str, name: str, head_title: str, divisions: Sequence[str], works_here: bool, by: Employee
) -> Unit:
    """The first office of an empty installation with its units. Whoever sets it up is its committee, until colleagues
    are."""
    administrators = Employee.objects.select_for_update().filter(is_superuser=True)
    by = next(person for person in administrators if person == by)
    require(reason_not_first(by))
    root = services.save_new(Unit(name=government))
    office = services.save_new(Unit(name=name, parent=root, head_title=head_title))
    CommitteeSeat.objects.create(unit=office, employee=by)
    if works_here:
        refuse_for(guards.reasons_number(by.number, by.status))
        by.unit = office
        by.save(update_fields=["unit"])
    role = _("administrator")
    services.note(by, "office.founded", office, unit=office, role=role, government=government)
    services.note(by, "committee.added", by, unit=office, role=role)
    add_divisions(office, names=divisions, by=by)
    return office


@transaction.atomic
def add_divisions(office: Unit, *, names: Sequence[str], by: Employee) -> None:
    """Units right under the office, after those that are there, in this order."""
    places = [unit.position for unit in office.children.all()]
    for position, name in enumerate(names, max(places, default=-1) + 1):
        services.add_unit(parent=office, name=name, position=position, by=by)


@transaction.atomic
def name_heads(heads: Mapping[Unit, tuple[Employee | None, str]], *, by: Employee) -> None:
    """The head and the head's title for each of the units; what stays as it is leaves no trace."""
    for unit, (head, title) in heads.items():
        if (unit.head, unit.head_title) != (head, title):
            services.change_unit(unit, name=unit.name, head=head, head_title=title, position=unit.position, by=by)
