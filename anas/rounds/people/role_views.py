"""The page that says who is what in an office, and what the committee changes there."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from anas.people.again import decisive
from anas.people.models import CommitteeSeat, Employee, Unit
from anas.rounds import pages
from anas.rounds.people import access, roles
from anas.rounds.people.forms import PersonField


class SeatForm(forms.Form):
    employee = PersonField(Employee.objects.none(), label=gettext_lazy("Person"), empty_label=gettext_lazy("choose"))

    def __init__(self, *args, unit: Unit, by: Employee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = roles.candidates(unit).exclude(pk=by.pk)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Committee, heads with their deputies, teams and witnesses of one office: ?kantor=12, or the first one."""
    offices = roles.offices(access.find_units(request))
    asked = request.GET.get("kantor", "")
    office = next((unit for unit in offices if str(unit.pk) == asked), offices[0] if offices else None)
    if office is None:
        raise Http404
    context = {
        "office_shown": office,
        "offices": offices,
        "seats": roles.seats_of(office),
        "units": roles.line(office),
        "rounds": roles.rounds_of(office),
        "today": timezone.localdate(),
    }
    return render(request, "people/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@decisive
def add_to_committee(request: HttpRequest, pk: int) -> HttpResponse:
    unit = access.find_unit(request, pk)
    form = SeatForm(request.POST or None, unit=unit, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = _("%(name)s is in the committee now.") % {"name": form.cleaned_data["employee"]}
        if pages.attempt(request, roles.add_to_committee, unit, by=request.user, done=done, **form.cleaned_data):
            return redirect("people:roles")
    return render(request, "people/add_to_committee.html", {"unit": unit, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@decisive
def remove_from_committee(request: HttpRequest, pk: int) -> HttpResponse:
    seats = CommitteeSeat.objects.filter(unit__in=access.find_units(request))
    seat = get_object_or_404(seats.select_related("unit", "employee"), pk=pk)
    return pages.confirm(
        request,
        roles.remove_from_committee,
        seat,
        by=request.user,
        to=reverse("people:roles"),
        pk=seat.unit_id,
        done=_("%(name)s is no longer in the committee.") % {"name": seat.employee},
        page={
            "title": _("Take %(name)s out of the committee of %(unit)s?") % {"name": seat.employee, "unit": seat.unit},
            "text": _("It holds at once; what was done before stays. Open sessions of this person end."),
            "submit": _("Take out"),
            "danger": True,
            "reasons": list(filter(None, [roles.reason_last_seat(seat)])),
        },
    )
