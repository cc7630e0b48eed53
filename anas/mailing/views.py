from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anas.mailing import texts
from anas.mailing.delivery import PROBLEMS
from anas.mailing.models import Message, Notice
from anas.rounds import pages, rules
from anas.rounds.models import Round

LAST = 50
State = Message.State


@dataclass(frozen=True)
class Failure:
    """An e-mail that did not arrive, for whoever mends the address."""

    name: str
    notice: Notice
    problem: str


@require_safe
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been told about the round by e-mail, and a text for a group of colleagues; for the committee. A
    rehearsal has no such page: nothing of it is told to anybody."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round) or reason_not_told(round))
    site = f"{request.scheme}://{request.get_host()}"
    page = {"text": texts.for_a_group(round, site), "notices": _notices(round), "failures": _failures(round)}
    return render(request, "mailing/messages.html", pages.context(request, round, **page))


def reason_not_told(round: Round) -> str | None:
    return _("Nobody is told of a rehearsal by e-mail.") if round.is_rehearsal else None


def _notices(round: Round) -> list[Notice]:
    """The newest first. A reminder to vote says how many it went to only where that names nobody."""
    states = {state: Count("messages", filter=Q(messages__state=state)) for state in (State.SENT, State.WAITING)}
    found = Notice.objects.filter(round=round).select_related("stage").annotate(**states)[:LAST]
    for notice in found:
        if notice.stage:
            notice.stage.round = round
    return list(found)


def _failures(round: Round) -> list[Failure]:
    failed = Message.objects.filter(notice__round=round, state=State.FAILED).select_related("employee", "notice__stage")
    found = [Failure(str(one.employee), one.notice, str(PROBLEMS.get(one.problem, ""))) for one in failed[:LAST]]
    for failure in found:
        if failure.notice.stage:
            failure.notice.stage.round = round
    return found
