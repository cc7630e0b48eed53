"""The register of discipline penalties, for the committee alone."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anas.conduct import access, forms, guards, services
from anas.conduct.models import Penalty
from anas.people import personal
from anas.rounds import pages
from anas.rounds.people.access import find_units

PER_PAGE = 25


@never_cache
def penalty_list(request: HttpRequest) -> HttpResponse:
    found = Penalty.objects.filter(employee__unit__in=find_units(request)).select_related("employee__unit")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    personal.tell(request.user, [one.employee_id for one in page], kind="penalties")
    return render(request, "conduct/penalties.html", {"page_obj": page})


def add(request: HttpRequest) -> HttpResponse:
    form = forms.PenaltyForm(request.POST or None, people=access.find_people(request))
    if request.method == "POST" and form.is_valid():
        fields = form.options()
        if pages.attempt(request, services.add_penalty, by=request.user, done=_("Entered."), **fields):
            return redirect("conduct:penalties")
    return render(request, "conduct/penalty.html", {"form": form})


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find_penalty(request, pk)
    people = access.find_people(request)
    form = forms.PenaltyForm(request.POST or None, instance=access.find_penalty(request, pk), people=people)
    if request.method == "POST" and form.is_valid():
        fields = form.options()
        if pages.attempt(request, services.correct_penalty, found, by=request.user, done=_("Saved."), **fields):
            return redirect("conduct:penalties")
    return render(request, "conduct/penalty.html", {"form": form, "penalty": found})


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find_penalty(request, pk)
    return pages.confirm(
        request,
        services.remove_penalty,
        found,
        by=request.user,
        pk=pk,
        to=reverse("conduct:penalties"),
        done=_("The penalty has been removed."),
        page={
            "title": _("Remove the penalty of %(name)s?") % {"name": found.employee},
            "text": _("For what was entered by mistake. The audit trail keeps that there was an entry, not whose."),
            "submit": _("Remove"),
            "danger": True,
            "reasons": list(guards.reasons_not_about(found.employee, request.user)),
        },
    )
