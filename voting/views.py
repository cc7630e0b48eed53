"""Voting: one page to choose, a page to check, a receipt. No address and no log line here names a choice."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from anas.refused import Refused
from anas.rounds import pages
from anas.rounds.models import Round
from voting import ballots, services, turnout
from voting import receipts as receipt_codes
from voting.models import Poll, Voter

# Brings a voter whose connection broke back to the receipt. Only the voter's own browser knows it.
COOKIE = "suara"
COOKIE_AGE = 60 * 60 * 24


def find_poll(round: Round) -> Poll:
    """The poll of a round. 404 before it has been opened."""
    poll = Poll.objects.filter(stage__round=round).select_related("stage").first()
    if poll is None:
        raise Http404
    poll.stage = pages.find_stage(round, kind="poll")
    return poll


@sensitive_post_parameters()
@never_cache
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the ballot, POST first the choices to check, and with `cast` puts them into the box."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    if request.method == "GET":
        return _answer(request, poll)
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "POST"])
    return _cast(request, poll) if "cast" in request.POST else _check(request, poll)


def _answer(request: HttpRequest, poll: Poll) -> HttpResponse:
    """The ballot, or what stands where a ballot would be."""
    voter = Voter.objects.filter(poll=poll, employee=request.user).first()
    if voter and voter.has_voted:
        nonce = request.COOKIES.get(COOKIE, "")
        receipt = services.receipt_of(poll, employee=request.user, nonce=nonce)
        return _page(request, poll, "voted", receipt=receipt)
    if voter is None:
        return _page(request, poll, "no_ballot", reason=_("You are not on the voter roll of this poll."))
    if reason := poll.stage.reason_not_accepting():
        return _page(request, poll, "no_ballot", reason=reason)
    return _ballot(request, poll)


def _ballot(request: HttpRequest, poll: Poll, errors: dict[str, str] | None = None) -> HttpResponse:
    contests = ballots.contests(poll, request.user, request.POST, errors or {})
    return _page(request, poll, "ballot", contests=contests, has_errors=bool(errors))


def _check(request: HttpRequest, poll: Poll) -> HttpResponse:
    """Shows the choices once more, with the nonce that makes sending them twice harmless."""
    contests = ballots.contests(poll, request.user, request.POST, {})
    empty = {item.classification.code: _("Choose somebody, or abstain.") for item in contests if not item.chosen}
    if empty:
        return _ballot(request, poll, empty)
    try:
        services.checked_choices(poll, ballots.choices(contests))
    except services.BadChoice as bad:
        return _ballot(request, poll, {bad.contest: _("This choice is not on the ballot. Please choose again.")})
    if "change" in request.POST:
        return _ballot(request, poll)
    nonce = receipt_codes.new_nonce(poll, request.user)
    response = _page(request, poll, "check", contests=contests, nonce=nonce)
    _remember(response, request, nonce)
    return response


def _remember(response: HttpResponse, request: HttpRequest, nonce: str) -> None:
    response.set_cookie(
        COOKIE, nonce, max_age=COOKIE_AGE, path=request.path, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def _cast(request: HttpRequest, poll: Poll) -> HttpResponse:
    contests = ballots.contests(poll, request.user, request.POST, {})
    nonce = request.POST.get("nonce", "")
    try:
        receipt = services.cast(poll, employee=request.user, choices=ballots.choices(contests), nonce=nonce)
    except services.AlreadyVoted:
        return _answer(request, poll)
    except services.BadChoice as bad:
        return _ballot(request, poll, {bad.contest: _("This choice is not on the ballot. Please choose again.")})
    except Refused as refused:
        return _page(request, poll, "no_ballot", reason=" ".join(refused.reasons))
    return _page(request, poll, "voted", receipt=receipt)


def _page(request: HttpRequest, poll: Poll, name: str, **more) -> HttpResponse:
    return render(request, f"voting/{name}.html", pages.context(request, poll.round, poll=poll, **more))


def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """After the close: looks up whether the envelope of a receipt was in the box. POST, so that the code stands in no
    address and no log."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    typed = request.POST.get("code", "").strip()
    prefix = receipt_codes.hash_prefix(typed) if typed else None
    found = next((line for line in poll.envelope_hashes or [] if prefix and line.startswith(prefix)), None)
    return _page(
        request, poll, "receipts", typed=typed, is_code=bool(prefix), found=found, turnout=turnout.overall(poll)
    )
