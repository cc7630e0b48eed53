"""Which units and people somebody sets up as a committee. For everybody else it is as if they did not exist."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from anas.people.models import Deputy, Employee, PeopleImport, Unit


def units_of(employee: Employee) -> QuerySet[Unit]:
    """The units that the employee is the committee of, and everything under them."""
    under = Q(pk__in=[])
    for path in employee.committee_paths:
        under |= Q(path__startswith=path)
    return Unit.objects.filter(under)


def find_units(request: HttpRequest) -> QuerySet[Unit]:
    """The units of the visitor's committee; 404 for who is in none."""
    if not request.user.is_committee:
        raise Http404
    return units_of(request.user)


def find_unit(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(find_units(request).select_related("head", "parent"), pk=pk)


def find_employee(request: HttpRequest, pk: int) -> Employee:
    found = Employee.objects.filter(unit__in=find_units(request))
    return get_object_or_404(found.select_related("unit", "activation"), pk=pk)


def find_deputy(request: HttpRequest, pk: int) -> Deputy:
    found = Deputy.objects.filter(unit__in=find_units(request))
    return get_object_or_404(found.select_related("unit", "employee"), pk=pk)


def find_import(request: HttpRequest, pk: int) -> PeopleImport:
    """A file that nobody has applied within a day is there no more."""
    found = PeopleImport.objects.filter(unit__in=find_units(request)).exclude(
        applied_at=None, sent_at__lt=timezone.now() - PeopleImport.KEPT
    )
    return get_object_or_404(found.select_related("unit", "by").defer("undo"), pk=pk)


def colleagues(unit: Unit) -> QuerySet[Employee]:
    """Everybody in service in the same office: who can head a unit of it, or act for its head."""
    root, office, *_more = [*unit.path.strip("/").split("/"), ""]
    path = f"/{root}/{office}/" if office else f"/{root}/"
    return Employee.objects.filter(is_active=True, unit__path__startswith=path)
