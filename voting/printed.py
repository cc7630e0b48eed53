"""Ballots printed in advance. What is the same for all voters of a unit is rendered once, and what differs from voter
to voter is filled in: to render everything anew takes most of the time that the page takes.

Every act on a round, its people and its office is in the audit trail, so a print is good while the two trails end as
they did when it was made; and for a minute at most, should somebody have changed the database itself. Nobody's name,
token or session is in a print, and whether somebody may vote is not taken from one.
"""

import re
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace

from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.html import escape
from django.utils.translation import get_language

from anas.people.models import Employee
from anas.rounds import audit, pages
from anas.rounds.models import AuditChain, Round
from voting import ballots, services

SECONDS = 60
BLANK = re.compile("\0(.*?)\0")
# Compressed is a ballot alone, which repeats nothing of the request and holds no secret but a token that is another one
# each time: of other pages the length would tell something.
ZIP = GZipMiddleware(lambda request: HttpResponse())


@dataclass(frozen=True)
class Print:
    """The page in pieces, with the name of a blank between each two; and the finalists by key, ready to be put in."""

    pieces: list[str]
    finalists: dict[int, str]

    def filled(self, blanks: dict[str, str]) -> str:
        return "".join(blanks[piece] if number % 2 else piece for number, piece in enumerate(self.pieces))


def ballot(request: HttpRequest, round_pk: int) -> HttpResponse | None:
    """The ballot for somebody who may vote now; None where something else has to be said, or more than a ballot."""
    try:
        poll = ballots.frozen(round_pk)
    except Http404:
        return None
    voter = request.user
    if poll.round.is_rehearsal:  # not everybody on its roll need see it
        return None
    if request.GET or len(get_messages(request)) or not services.may_vote(poll, voter):
        return None
    made = _print(round_pk, get_language(), voter.unit_id, voter.is_committee, _edition(round_pk))
    places = {
        ballots.field_of(code): "".join(made.finalists[key] for key in keys)
        for code, keys in ballots.order(poll, voter).items()
    }
    return ZIP.process_response(request, HttpResponse(made.filled(_own(request, voter) | places)))


def _own(request: HttpRequest, voter: Employee) -> dict[str, str]:
    """What is on one person's page alone."""
    return {
        "token": get_token(request),
        "name": escape(voter.name or voter.get_username()),
        "initials": escape(voter.initials),
    }


def _edition(round_pk: int) -> tuple:
    chains = AuditChain.objects.filter(name__in=[audit.chain_name(None), audit.chain_name(Round(pk=round_pk))])
    return (*chains.order_by("name").values_list("head", flat=True), time.monotonic() // SECONDS)


@lru_cache(maxsize=512)
def _print(round_pk: int, language: str, unit_pk: int | None, is_committee: bool, edition: tuple) -> Print:
    """In the active language. Made for a request that nobody sent, so that nothing of anybody's can come in."""
    round = Round.objects.select_related("scope").get(pk=round_pk)
    contests = ballots.with_evidence(ballots.contests(ballots.frozen(round_pk), Employee(), {}, {}))
    html = render_to_string(
        "voting/ballot.html",
        {
            "round": round,
            "steps": pages.steps(round),
            "contests": [replace(contest, nominees=[], blank=_blank(contest.field)) for contest in contests],
            "csrf_token": _blank("token"),
        },
        _request_of_nobody(round_pk, unit_pk, is_committee),
    )
    finalists = {
        nominee.pk: render_to_string("voting/choice.html", {"contest": contest, "nominee": nominee, "round": round})
        for contest in contests
        for nominee in contest.nominees
    }
    return Print(BLANK.split(html), finalists)


def _blank(name: str) -> str:
    return f"\0{name}\0"


def _request_of_nobody(round_pk: int, unit_pk: int | None, is_committee: bool) -> HttpRequest:
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = reverse("voting:ballot", args=[round_pk])
    request.resolver_match = resolve(request.path)
    request.user = SimpleNamespace(
        name=_blank("name"),
        initials=_blank("initials"),
        unit_id=unit_pk,
        is_committee=is_committee,
        is_authenticated=True,
    )
    return request
