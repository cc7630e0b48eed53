"""The committee's pages about units, their heads and deputies."""

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.again import decisive
from anas.people.models import Deputy
from anas.rounds import pages
from anas.rounds.people import access, forms, guards, services


def unit_list(request: HttpRequest) -> HttpResponse:
    """The tree of the committee's units, with heads and those who act for them."""
    to_come = Deputy.objects.filter(ends__gte=timezone.localdate()).select_related("employee").order_by("starts")
    units = list(
        access.find_units(request)
        .select_related("head")
        .prefetch_related(Prefetch("deputies", to_come, to_attr="deputies_to_come"))
        .annotate(people=Count("employees", filter=Q(employees__is_active=True)))
    )
    return render(request, "people/units.html", {"units": _in_tree_order(units), "today": timezone.localdate()})


def _in_tree_order(units: list) -> list:
    """Each unit before what lies under it; siblings by their place. `depth` counts from the topmost shown."""
    key = {unit.path: f"{unit.position:05d} {unit.name}" for unit in units}

    def line(unit) -> list[str]:
        codes = unit.path.strip("/").split("/")
        paths = ["/" + "/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
        return [key.get(path, path) for path in paths]

    top = min((unit.path.count("/") for unit in units), default=0)
    for unit in units:
        unit.depth = unit.path.count("/") - top
    return sorted(units, key=line)


def add_unit(request: HttpRequest) -> HttpResponse:
    form = forms.NewUnitForm(request.POST or None, units=access.find_units(request))
    if request.method == "POST" and form.is_valid():
        done = _("%(unit)s has been added.") % {"unit": form.cleaned_data["name"]}
        if pages.attempt(request, services.add_unit, by=request.user, done=done, **form.cleaned_data):
            return redirect("people:units")
    return render(request, "people/add_unit.html", {"form": form})


@decisive
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = access.find_unit(request, pk)
    form = forms.UnitForm(request.POST or None, instance=access.find_unit(request, pk))
    if request.method == "POST" and form.is_valid():
        done = _("%(unit)s has been saved.") % {"unit": form.cleaned_data["name"]}
        if pages.attempt(request, services.change_unit, unit, by=request.user, done=done, **form.cleaned_data):
            return redirect("people:units")
    deputies = unit.deputies.select_related("employee")
    return render(
        request,
        "people/unit.html",
        {"unit": unit, "form": form, "deputies": deputies, "today": timezone.localdate()},
    )


@decisive
def add_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    unit = access.find_unit(request, pk)
    form = forms.DeputyForm(request.POST or None, unit=unit, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        done = _("%(name)s acts for the head of %(unit)s on these days.") % {
            "name": form.cleaned_data["employee"],
            "unit": unit,
        }
        if pages.attempt(request, services.add_deputy, unit, by=request.user, done=done, **form.cleaned_data):
            return redirect("people:unit", pk)
    return render(request, "people/add_deputy.html", {"unit": unit, "form": form})


@decisive
def end_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    deputy = access.find_deputy(request, pk)
    return pages.confirm(
        request,
        services.end_deputy,
        deputy,
        by=request.user,
        to="people:unit",
        pk=deputy.unit_id,
        done=_("%(name)s no longer acts for the head.") % {"name": deputy.employee},
        page={
            "title": _("End what %(name)s does for the head of %(unit)s?")
            % {"name": deputy.employee, "unit": deputy.unit},
            "text": _("It ends today. What was done on the days before stays."),
            "submit": _("End"),
            "danger": True,
            "reasons": list(filter(None, [guards.reason_over(deputy)])),
        },
    )
