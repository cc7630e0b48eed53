"""Which office somebody is shown."""

from django.db.models import F, QuerySet, Subquery

from anas.people.models import Employee, Unit


def office_of(employee: Employee, units: QuerySet[Unit] | None = None) -> Unit | None:
    """The child of the root under which the employee works; the root itself for its own people. One of `units`, if
    given."""
    own_path = Unit.objects.filter(pk=employee.unit_id).values("path")
    units = Unit.objects.all() if units is None else units
    above = units.annotate(own=Subquery(own_path)).filter(own__startswith=F("path"))
    first_two = above.select_related("parent").order_by("path")[:2]
    return list(first_two)[-1] if first_two else None


def the_only_office(units: QuerySet[Unit] | None = None) -> Unit | None:
    """Where one unit alone has a committee, the installation is that unit's."""
    units = Unit.objects.all() if units is None else units
    found = units.filter(committee__isnull=False).distinct()
    offices = list(found.select_related("parent")[:2])
    return offices[0] if len(offices) == 1 else None
