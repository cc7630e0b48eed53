"""The committee's pages about people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anas.people import personal
from anas.people.models import Employee
from anas.rounds import pages, rules
from anas.rounds.people import access, forms, guards, services

PER_PAGE = 50


def employee_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom the committee sets up: searched, narrowed down, sorted."""
    form = forms.FilterForm(request.GET, units=access.find_units(request))
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "columns": form.columns(), "counts": _counts(form)}
    for employee in page:
        employee.classification_name = form.classifications.get(employee.classification, employee.classification)
    return render(request, "people/list.html", context)


def _counts(form: forms.FilterForm) -> list[tuple[str, int]]:
    """How many of those found are in each classification."""
    rows = form.found().order_by().values_list("classification").annotate(Count("pk"))
    found = dict(rows)
    names = {**form.classifications, "": _("in no classification")}
    return [(name, found[code]) for code, name in names.items() if code in found]


def add(request: HttpRequest) -> HttpResponse:
    form = forms.EmployeeForm(request.POST or None, units=access.find_units(request))
    if request.method == "POST" and form.is_valid():
        done = _("%(name)s has been added. Issue an activation code, so that a login is possible.")
        done %= {"name": form.instance}
        if pages.attempt(request, services.add_employee, by=request.user, done=done, **form.fields_to_save):
            _say_doubts(request, form)
            added = Employee.objects.get(number=form.cleaned_data["number"])
            return redirect("people:edit", added.pk)
    return render(request, "people/edit.html", {"form": form})


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    employee = access.find_employee(request, pk)
    personal.tell(request.user, [employee.pk], kind="person", role=rules.COMMITTEE)
    units = access.find_units(request)
    form = forms.EmployeeForm(request.POST or None, instance=access.find_employee(request, pk), units=units)
    if request.method == "POST" and form.is_valid():
        done = _("Saved.")
        fields = form.fields_to_save
        if pages.attempt(request, services.change_employee, employee, by=request.user, done=done, **fields):
            _say_doubts(request, form)
            return redirect("people:list")
    return render(request, "people/edit.html", {"form": form, "employee": employee})


def _say_doubts(request: HttpRequest, form: forms.EmployeeForm) -> None:
    for doubt in form.doubts:
        messages.warning(request, doubt)


def retire(request: HttpRequest, pk: int) -> HttpResponse:
    employee = access.find_employee(request, pk)
    return pages.confirm(
        request,
        services.retire,
        employee,
        by=request.user,
        to="people:edit",
        pk=pk,
        done=_("%(name)s is out of service.") % {"name": employee},
        page={
            "title": _("Take %(name)s out of service?") % {"name": employee},
            "text": _("For whoever has retired or moved away. Nothing is deleted, and it can be taken back."),
            "items": [
                _("A login is no longer possible; open sessions end."),
                _("This person can no longer be proposed and does not come onto the next voter roll."),
                _("What this person has already done in a round stays and counts."),
            ],
            "submit": _("Take out of service"),
            "danger": True,
            "reasons": list(guards.reasons_not_to_retire(employee, request.user)),
        },
    )


def restore(request: HttpRequest, pk: int) -> HttpResponse:
    employee = access.find_employee(request, pk)
    return pages.confirm(
        request,
        services.restore,
        employee,
        by=request.user,
        to="people:edit",
        pk=pk,
        done=_("%(name)s is in service again.") % {"name": employee},
        page={
            "title": _("Take %(name)s back into service?") % {"name": employee},
            "text": _("The password of before holds again."),
            "submit": _("Take back into service"),
        },
    )
