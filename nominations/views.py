"""The pages on which units propose, and those on which others read what they propose."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anas.rounds import pages, rules
from anas.rounds.models import Stage
from nominations import desk, guards
from nominations.finding import address, crumbs, find_own_proposal, find_proposal, find_stage, tell
from nominations.forms import Assessment, SearchForm
from nominations.models import Nominee, Proposal
from nominations.rules import finalists as finalists_of
from nominations.rules import poll_has_begun

PER_PAGE = 50


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How far each unit is, for those who may read everything. A unit head goes to the own unit, everybody else to the
    finalists."""
    round, stage = find_stage(request, pk)
    if rules.may_read_everything(request.user, round):
        return _own_part(request, pk, stage)
    rows = desk.rows(stage, request.user)
    submitted = sum(row.proposal.is_submitted for row in rows)
    page = pages.context(request, round, stage=stage, rows=rows, submitted=submitted)
    return render(request, "nominations/overview.html", page)


def _own_part(request: HttpRequest, pk: int, stage: Stage) -> HttpResponse:
    own = list(stage.proposals.filter(unit__in=request.user.headed_unit_ids).select_related("unit"))
    if not own:
        return finalists(request, pk)
    if len(own) == 1:
        return redirect("nominations:proposal", pk, own[0].unit_id)
    page = pages.context(request, stage.round, stage=stage, proposals=own)
    return render(request, "nominations/own_units.html", page)


@require_safe
def finalists(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the office knows as finalists, without any score. 404 before there are any."""
    round, _stage = find_stage(request, pk)
    found = list(finalists_of(round).prefetch_related("evidence"))
    if not found:
        raise Http404
    groups = [
        (item, [nominee for nominee in found if nominee.classification == item.code])
        for item in round.scheme.classifications
    ]
    page = pages.context(request, round, groups=groups, shows_case=poll_has_begun(round))
    return render(request, "nominations/finalists.html", page)


@require_safe
def proposal(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """What a unit proposes: to work on for its head, to read for the others."""
    found = find_proposal(request, pk, unit)
    own = desk.Desk(found, request.user)
    if own.places and not own.is_own:
        tell(request, found.round, found.nominees.all(), kind="proposal")
    page = pages.context(
        request,
        found.round,
        proposal=found,
        stage=found.stage,
        desk=own,
        crumbs=crumbs(request, found, here=True),
    )
    return render(request, "nominations/proposal.html", page)


@require_safe
def people(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Everybody in the unit, by name and classification, to choose whom to assess."""
    found = find_own_proposal(request, pk, unit)
    form = SearchForm(request.GET, proposal=found)
    page_obj = Paginator(form.found(desk.people_of(found)), PER_PAGE).get_page(request.GET.get("page"))
    entries = desk.entries(found, page_obj, request.user)
    page = pages.context(
        request,
        found.round,
        proposal=found,
        form=form,
        page_obj=page_obj,
        entries=entries,
        crumbs=crumbs(request, found),
    )
    return render(request, "nominations/people.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int, unit: int, employee: int) -> HttpResponse:
    """The scores of one person, and what speaks for him; with `?autosave` for the script that saves as one goes."""
    found = find_own_proposal(request, pk, unit)
    nominee = _candidate(found, employee)
    reasons = list(guards.reasons_not_to_assess(found, nominee.employee, request.user))
    if request.method == "POST" and not reasons:
        return _save(request, Assessment(nominee, request.POST, request.FILES))
    if reasons := reasons or list(filter(None, [guards.reason_not_editable(found)])):
        messages.error(request, " ".join(reasons))
        return redirect(address(found))
    return _assessment_page(request, Assessment(nominee))


def _candidate(proposal: Proposal, employee: int) -> Nominee:
    """The assessment so far, or a new one. 404 for whom the round does not know."""
    people = proposal.round.electorate().select_related("unit")
    person = get_object_or_404(people, pk=employee)
    nominee = proposal.nominees.filter(employee=person).first() or Nominee(classification=person.classification)
    nominee.proposal, nominee.employee = proposal, person
    return nominee


def _save(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    if "autosave" in request.GET:
        return _autosave(request, assessment)
    then_name = "name" in request.POST
    if not assessment.save(by=request.user, then_name=then_name):
        return _assessment_page(request, assessment)
    done = _("%(name)s is now your nominee.") if then_name else _("The assessment of %(name)s is saved.")
    messages.success(request, done % {"name": assessment.nominee})
    return redirect(address(assessment.nominee.proposal, assessment.nominee.classification))


def _autosave(request: HttpRequest, assessment: Assessment) -> JsonResponse:
    """For static/js/anas.js: 200, 422 with what is wrong at each field, or 409 with why nothing can be saved."""
    saved = assessment.save(by=request.user, with_files=False)
    if reasons := assessment.reasons:
        return JsonResponse({"saved": False, "reasons": reasons}, status=409)
    answer = {"saved": saved, "errors": assessment.errors, "version": assessment.version}
    return JsonResponse(answer, status=200 if saved else 422)


def _assessment_page(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    nominee = assessment.nominee
    found = nominee.proposal
    page = pages.context(
        request,
        found.round,
        proposal=found,
        stage=found.stage,
        nominee=nominee,
        assessment=assessment,
        classification=found.round.scheme.classification(nominee.employee.classification),
        crumbs=crumbs(request, found),
    )
    return render(request, "nominations/assess.html", page)
