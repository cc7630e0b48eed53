"""Who gets which page of the registers. For everybody else it is as if it did not exist."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from anas.conduct.models import Penalty, Report, ReportQuerySet
from anas.people.models import Employee
from anas.rounds.people.access import find_units, units_of


def find_reports(request: HttpRequest) -> ReportQuerySet:
    """What the visitor may read: the committee, and the heads of units about their own people. 404 for others."""
    if not (request.user.is_committee or request.user.headed_unit_ids):
        raise Http404
    return Report.objects.seen_by(request.user).select_related("employee__unit", "decided_by")


def find_report(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(find_reports(request), pk=pk)


def find_own_report(request: HttpRequest, pk: int) -> Report:
    """To change: for the committee of the person's unit."""
    found = Report.objects.filter(employee__unit__in=find_units(request))
    return get_object_or_404(found.select_related("employee__unit"), pk=pk)


def find_people(request: HttpRequest):
    """Whom the visitor's committee can enter something about, also those who have left. 404 for who is in none."""
    return Employee.objects.filter(unit__in=find_units(request)).select_related("unit")


def find_penalty(request: HttpRequest, pk: int) -> Penalty:
    found = Penalty.objects.filter(employee__unit__in=find_units(request))
    return get_object_or_404(found.select_related("employee__unit"), pk=pk)


def keeps(person: Employee, report: Report) -> bool:
    """Whether the person's committee keeps this entry."""
    return units_of(person).filter(pk=report.employee.unit_id).exists()
