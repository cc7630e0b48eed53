"""The objection period: what employees have against the result, the team's answers, and what follows from them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from anas.rounds import objections, pages, rules
from anas.rounds.models import Objection, Round
from anas.rounds.scheme import Classification
from scoring import results
from scoring.forms import AnswerForm, WordsForm

READS = {rules.ASSESSOR, *rules.READERS}  # who reads the objections of others, without names


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody the result as it stands and the own objections; for the team and the readers all of them."""
    round = find_round(request, pk)
    context = pages.context(request, round)
    own = list(objections.own(request.user, round).select_related("answered_by"))
    reads = bool(context["roles"] & READS)
    more = {
        "reads": reads,
        "groups": _groups(round, own),
        "objections": _of(round) if reads else [],
        "waits": objections.reason_not_waiting(round) is None,
        "may_object": rules.EMPLOYEE in context["roles"] and round.is_open_to_objections,
    }
    return render(request, "scoring/objections.html", context | more)


def find_round(request: HttpRequest, pk: int) -> Round:
    """404 where the award knows no objections, or there has been no result yet."""
    round = pages.find_round(request, pk)
    if round.objections_until is None:
        raise Http404
    return round


def _groups(round: Round, own: list[Objection]) -> list[tuple]:
    """Each classification with its winner as the result stands, and the person's own objection."""
    first = {row.nominee.classification: row.nominee for row in results.winners(round)}
    objected = {objection.classification: objection for objection in own}
    return [(item, first.get(item.code), objected.get(item.code)) for item in round.scheme.classifications]


def _of(round: Round) -> list[Objection]:
    found = list(round.objections.select_related("answered_by"))
    for objection in found:
        objection.round = round
    return found


def raise_objection(request: HttpRequest, pk: int, classification: str) -> HttpResponse:
    round = find_round(request, pk)
    item = _classification(round, classification)
    pages.only(rules.must_be(rules.EMPLOYEE, request.user, round))
    once = objections.own(request.user, round).filter(classification=classification).exists()
    return pages.confirm(
        request,
        objections.raise_objection,
        round,
        classification=classification,
        by=request.user,
        form=WordsForm(request.POST or None),
        pk=pk,
        to="scoring:objections",
        done=_("Your objection has been sent to the team. The answer will stand on this page."),
        page=pages.context(
            request,
            round,
            title=_("Object to the result: %(classification)s") % {"classification": item.name},
            text=_("Once in each classification; it cannot be changed afterwards."),
            items=[
                _("The team, the committee, the head of the office and the witness read your words."),
                _("Your name is not kept with them, nor in the audit trail. Do not let the words themselves say it."),
                _("The team answers in words. The head cannot approve the result before that."),
            ],
            submit=_("Object"),
            reasons=_present(
                objections.reason_not_objecting(round),
                once and _("You have already objected in this classification."),
            ),
        ),
    )


def _classification(round: Round, code: str) -> Classification:
    if code not in round.scheme.classification_codes:
        raise Http404
    return round.scheme.classification(code)


def _present(*reasons: str | bool | None) -> list[str]:
    return [reason for reason in reasons if reason]


def find_objection(request: HttpRequest, pk: int, objection: int, role: str) -> Objection:
    """For whoever has the role in the round."""
    round = find_round(request, pk)
    pages.only(rules.must_be(role, request.user, round))
    found = get_object_or_404(round.objections, pk=objection)
    found.round = round
    return found


def answer(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    found = find_objection(request, pk, objection, rules.ASSESSOR)
    return pages.confirm(
        request,
        objections.answer,
        found,
        by=request.user,
        form=AnswerForm(request.POST or None),
        pk=pk,
        to="scoring:objections",
        done=_("The answer has been kept."),
        page=pages.context(
            request,
            found.round,
            title=_("Answer an objection: %(classification)s") % {"classification": found.classification_name},
            text=_("Your name stands with the answer. It cannot be changed afterwards."),
            items=[_("The objection: “%(text)s”") % {"text": found.text}],
            submit=_("Answer"),
            reasons=_present(
                objections.reason_not_waiting(found.round),
                objections.reason_answered(found),
                objections.reason_own(found, request.user),
            ),
        ),
    )


def settle(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    found = find_objection(request, pk, objection, rules.CHAIR)
    return pages.confirm(
        request,
        objections.settle,
        found,
        by=request.user,
        form=WordsForm(request.POST or None),
        pk=pk,
        to="scoring:objections",
        done=_("What follows has been kept."),
        page=pages.context(
            request,
            found.round,
            title=_("What follows from the objection? %(classification)s")
            % {"classification": found.classification_name},
            text=_("Where the result itself has to change, ask the head of the office to send it back."),
            items=[
                _("The objection: “%(text)s”") % {"text": found.text},
                _("The answer: “%(text)s”") % {"text": found.answer},
            ],
            submit=_("Keep"),
            reasons=_present(objections.reason_not_waiting(found.round), objections.reason_not_to_settle(found)),
        ),
    )
