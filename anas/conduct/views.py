"""The register of complaints and commendations: kept by the committee, read by the heads of units too."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from anas.conduct import access, forms, guards, importing, services
from anas.people import personal
from anas.refused import Refused
from anas.rounds import pages

PER_PAGE = 25
SHOWN = 100  # problems of a file


@never_cache
def report_list(request: HttpRequest) -> HttpResponse:
    """Searched, narrowed down, sorted."""
    form = forms.FilterForm(request.GET)
    page = Paginator(form.found(access.find_reports(request)), PER_PAGE).get_page(request.GET.get("page"))
    personal.tell(request.user, [one.employee_id for one in page], kind="reports")
    context = {"form": form, "page_obj": page, "columns": form.columns()}
    return render(request, "conduct/list.html", context)


@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its decision."""
    found = access.find_report(request, pk)
    personal.tell(request.user, [found.employee_id], kind="reports")
    keeps = access.keeps(request.user, found) and found.employee != request.user
    return render(request, "conduct/report.html", {"report": found, "keeps": keeps})


def add(request: HttpRequest) -> HttpResponse:
    form = forms.ReportForm(request.POST or None, people=access.find_people(request))
    if request.method == "POST" and form.is_valid():
        fields = form.options()
        if pages.attempt(request, services.add_report, by=request.user, done=_("Entered."), **fields):
            return redirect("conduct:list")
    return render(request, "conduct/edit.html", {"form": form})


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find_own_report(request, pk)
    people = access.find_people(request)
    form = forms.ReportForm(request.POST or None, instance=access.find_own_report(request, pk), people=people)
    if request.method == "POST" and form.is_valid():
        fields = form.options()
        if pages.attempt(request, services.correct_report, found, by=request.user, done=_("Saved."), **fields):
            return redirect("conduct:report", pk)
    return render(request, "conduct/edit.html", {"form": form, "report": found})


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find_own_report(request, pk)
    return pages.confirm(
        request,
        services.decide,
        found,
        by=request.user,
        form=forms.DecisionForm(request.POST or None),
        pk=pk,
        to="conduct:report",
        done=_("The decision has been kept."),
        page={
            "title": _("Decide on the complaint about %(name)s") % {"name": found.employee},
            "text": _("An upheld complaint counts for the period in which it was made."),
            "items": [
                _("The complaint: “%(text)s”") % {"text": found.text},
                _("Who proposes and who assesses reads your decision; the person it is about can read it too."),
            ],
            "submit": _("Keep the decision"),
            "reasons": [
                *guards.reasons_not_about(found.employee, request.user),
                *filter(None, [guards.reason_no_complaint(found)]),
            ],
        },
    )


def take_in(request: HttpRequest) -> HttpResponse:
    """A file is checked and written at once; with any problem nothing is written, and every problem is listed."""
    access.find_people(request)
    form, problems = forms.ImportForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        try:
            plan = importing.take_in(form.cleaned_data["file"].read(), by=request.user)
            problems = plan.problems
            if not problems:
                return _taken_in(request, plan)
        except Refused as refused:
            form.add_error("file", refused.reasons)
    columns = [own for own, _others in importing.COLUMNS.values()]
    context = {"form": form, "problems": problems, "shown": SHOWN, "columns": columns}
    return render(request, "conduct/import.html", context)


def _taken_in(request: HttpRequest, plan: importing.Plan) -> HttpResponse:
    new, known = len(plan.new), plan.known
    messages.success(request, ngettext("%(count)s entry is new.", "%(count)s entries are new.", new) % {"count": new})
    if known:
        text = ngettext("%(count)s was there already.", "%(count)s were there already.", known)
        messages.info(request, text % {"count": known})
    return redirect("conduct:list")
