"""What a unit head or the committee does to a proposal. What cannot be undone is asked once more."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anas.rounds import pages, rules
from anas.rounds.forms import ReasonForm
from anas.rounds.scheme import Classification
from nominations import guards, services
from nominations.finding import address, find_candidate, find_own_proposal, find_proposal
from nominations.models import Proposal
from nominations.places import places


@require_POST
def name(request: HttpRequest, pk: int, unit: int, employee: int) -> HttpResponse:
    nominee = find_candidate(find_own_proposal(request, pk, unit), employee)
    done = _("%(name)s is now your nominee.") % {"name": nominee}
    pages.attempt(request, services.name, nominee, by=request.user, done=done)
    return redirect(address(nominee.proposal, nominee.classification))


@require_POST
def unname(request: HttpRequest, pk: int, unit: int, employee: int) -> HttpResponse:
    nominee = find_candidate(find_own_proposal(request, pk, unit), employee)
    done = _("%(name)s is no longer your nominee. The assessment is kept.") % {"name": nominee}
    pages.attempt(request, services.unname, nominee, by=request.user, done=done)
    return redirect(address(nominee.proposal, nominee.classification))


def discard(request: HttpRequest, pk: int, unit: int, employee: int) -> HttpResponse:
    nominee = find_candidate(find_own_proposal(request, pk, unit), employee)
    proposal = nominee.proposal
    return _confirm(
        request,
        services.discard,
        nominee,
        proposal=proposal,
        to=address(proposal, nominee.classification),
        done=_("The assessment of %(name)s has been discarded.") % {"name": nominee},
        title=_("Discard the assessment of %(name)s?") % {"name": nominee},
        text=_("Scores, reason, photo and evidence are thrown away. This cannot be undone."),
        submit=_("Discard"),
        danger=True,
        reasons=_words(guards.reason_not_editable(proposal)),
    )


def skip(request: HttpRequest, pk: int, unit: int, code: str) -> HttpResponse:
    proposal = find_own_proposal(request, pk, unit)
    item = _classification(proposal, code)
    return _confirm(
        request,
        services.skip,
        proposal,
        proposal=proposal,
        to=address(proposal, code),
        classification=code,
        form=_reason_form(request, proposal.skips.filter(classification=code).values("reason").first()),
        done=_("%(classification)s: the reason has been kept.") % {"classification": item.name},
        title=_("Nobody for %(classification)s") % {"classification": item.name},
        text=_("Say why your unit proposes nobody, or fewer than it may. The committee and the witness read it."),
        submit=_("Keep this reason"),
        reasons=_words(guards.reason_not_editable(proposal), guards.reason_full(proposal, code)),
    )


@require_POST
def unskip(request: HttpRequest, pk: int, unit: int, code: str) -> HttpResponse:
    proposal = find_own_proposal(request, pk, unit)
    _classification(proposal, code)
    pages.attempt(request, services.unskip, proposal, classification=code, by=request.user)
    return redirect(address(proposal, code))


def submit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    proposal = find_own_proposal(request, pk, unit)
    not_yet = _words(guards.reason_not_editable(proposal)) or list(guards.reasons_not_to_submit(proposal, request.user))
    return _confirm(
        request,
        services.submit,
        proposal,
        proposal=proposal,
        template="nominations/submit.html",
        done=_("The proposal of %(unit)s has been submitted. Thank you.") % {"unit": proposal.unit},
        title=_("Submit the proposal?"),
        text=_("This is what the committee and the team will get. You can take it back until the deadline."),
        submit=_("Submit"),
        reasons=not_yet,
        places=[replace(place, candidates=place.named) for place in places(proposal)],
    )


def withdraw(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    proposal = find_own_proposal(request, pk, unit)
    return _confirm(
        request,
        services.withdraw,
        proposal,
        proposal=proposal,
        done=_("You can change the proposal again. Do not forget to submit it."),
        title=_("Take the proposal back?"),
        text=_("You can change it then, and have to submit it again before the deadline. Otherwise it does not count."),
        submit=_("Take it back"),
        reasons=_words(proposal.stage.reason_not_accepting(), guards.reason_not_submitted(proposal)),
    )


def return_proposal(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    proposal = _find_for_committee(request, pk, unit)
    late = proposal.stage.is_past_deadline()
    return _confirm(
        request,
        services.return_proposal,
        proposal,
        proposal=proposal,
        to="nominations:overview",
        form=_reason_form(request),
        done=_("The proposal of %(unit)s has been returned.") % {"unit": proposal.unit},
        title=_("Return the proposal of %(unit)s?") % {"unit": proposal.unit},
        text=_("The head of the unit reads the reason, repairs the proposal and submits it again."),
        items=[_("The deadline has passed: extend it, or the unit cannot change anything.")] if late else [],
        submit=_("Return"),
        reasons=_words(guards.reason_not_running(proposal), guards.reason_not_returnable(proposal)),
    )


def waive(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    proposal = _find_for_committee(request, pk, unit)
    return _confirm(
        request,
        services.waive,
        proposal,
        proposal=proposal,
        to="nominations:overview",
        form=_reason_form(request),
        done=_("The round goes on without a proposal of %(unit)s.") % {"unit": proposal.unit},
        title=_("Go on without %(unit)s?") % {"unit": proposal.unit},
        text=_("Nobody of this unit will be among the nominees. Everybody who works on the round can read the reason."),
        submit=_("Go on without the unit"),
        danger=True,
        reasons=_words(guards.reason_not_running(proposal), guards.reason_not_waivable(proposal)),
    )


def _find_for_committee(request: HttpRequest, pk: int, unit: int) -> Proposal:
    proposal = find_proposal(request, pk, unit)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, proposal.round))
    return proposal


def _classification(proposal: Proposal, code: str) -> Classification:
    found = next((item for item in proposal.round.scheme.classifications if item.code == code), None)
    if found is None:
        raise Http404
    return found


def _reason_form(request: HttpRequest, initial: dict[str, str] | None = None) -> ReasonForm:
    return ReasonForm(request.POST if request.method == "POST" else None, initial=initial)


def _words(*reasons: str | None) -> list[str]:
    """The first thing that is in the way."""
    return list(filter(None, reasons))[:1]


PAGE = ("title", "text", "items", "submit", "danger", "reasons", "places")


def _confirm(
    request: HttpRequest, act: Callable[..., Any], what: Any, *, proposal: Proposal, to: str = "", **more: Any
) -> HttpResponse:
    page = {key: more.pop(key) for key in PAGE if key in more}
    page = pages.context(request, proposal.round, proposal=proposal, stage=proposal.stage, **page)
    back = to or address(proposal)
    return pages.confirm(request, act, what, page=page, pk=proposal.stage.round_id, to=back, by=request.user, **more)
