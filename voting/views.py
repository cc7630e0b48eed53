"""Voting: one page to choose, a page to check, a receipt. No address and no log line here names a choice."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from anas.refused import Refused
from anas.rounds import pages
from anas.rounds.models import Round
from voting import ballots, printed, services
from voting import receipts as receipt_codes
from voting.models import Poll, Voter

# Brings the voter to the receipt, also after a broken connection. Only the voter's own browser knows it.
COOKIE = "suara"
COOKIE_AGE = 60 * 60 * 24


def find_poll(round: Round) -> Poll:
    """The poll of a round. 404 before it has been opened."""
    poll = Poll.objects.filter(stage__round=round).select_related("stage").first()
    if poll is None:
        raise Http404
    poll.stage = pages.find_stage(round, kind="poll")
    return poll


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
@sensitive_variables()
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the ballot, or the receipt; POST first the choices to check, and with `cast` puts them into the
    box."""
    if "cast" in request.POST:
        return _cast(request, pk)
    if request.method != "POST" and (page := printed.ballot(request, pk)):
        return page
    poll = find_poll(pages.find_round(request, pk))
    return _check(request, poll) if request.method == "POST" else _answer(request, poll)


def _cast(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll itself says who may vote here: nothing else is read before the two writes. A rehearsal alone may have
    people on its roll who do not take part."""
    poll, nonce = ballots.frozen(pk), request.POST.get("nonce", "")
    if poll.round.is_rehearsal:
        pages.find_round(request, pk)
    try:
        receipt = services.cast(poll, employee=request.user, choices=ballots.choices(poll, request.POST), nonce=nonce)
    except services.NotOnRoll:
        pages.find_round(request, pk)
        return redirect("voting:ballot", pk)
    except services.AlreadyVoted:
        return redirect("voting:ballot", pk)
    except services.BadChoice as bad:
        errors = {bad.contest: _("This choice is not on the ballot. Please choose again.")}
        return _ballot(request, find_poll(pages.find_round(request, pk)), errors)
    except Refused as refused:
        return _no_ballot(request, find_poll(pages.find_round(request, pk)), " ".join(refused.reasons))
    if receipt.is_repeated:
        messages.info(request, _("Your vote had arrived before. It counts once."))
    return _with_nonce(request, redirect("voting:ballot", pk), nonce)


def _answer(request: HttpRequest, poll: Poll) -> HttpResponse:
    """The ballot, or what stands where a ballot would be."""
    voter = Voter.objects.filter(poll=poll, employee=request.user).first()
    if voter and voter.has_voted:
        nonce = request.COOKIES.get(COOKIE, "")
        receipt = services.receipt_of(poll, employee=request.user, nonce=nonce)
        return _page(request, poll, "voted", receipt=receipt, qr=_qr(request, receipt, poll.round.pk))
    if voter is None:
        return _no_ballot(request, poll, _("You are not on the voter roll of this poll."))
    if reason := services.reason_not_accepting(poll):
        return _no_ballot(request, poll, reason)
    return _ballot(request, poll)


def _ballot(request: HttpRequest, poll: Poll, errors: dict[str, str] | None = None) -> HttpResponse:
    contests = ballots.with_evidence(ballots.contests(poll, request.user, request.POST, errors or {}))
    return _page(request, poll, "ballot", contests=contests, has_errors=bool(errors))


def _no_ballot(request: HttpRequest, poll: Poll, reason: str) -> HttpResponse:
    """For whoever sends a ballot that was open too long it is a conflict, and the page says that nothing arrived."""
    response = _page(request, poll, "no_ballot", reason=reason)
    response.status_code = 409 if request.method == "POST" else 200
    return response


def _check(request: HttpRequest, poll: Poll) -> HttpResponse:
    """Shows the choices once more, with the nonce that makes sending them twice harmless."""
    contests = ballots.contests(poll, request.user, request.POST, {})
    errors = {
        item.classification.code: _("Choose somebody, or abstain.")
        for item in contests
        if not (item.is_abstention or item.chosen_nominee)
    }
    if errors or "change" in request.POST:
        return _ballot(request, poll, errors)
    nonce = receipt_codes.new_nonce(poll, request.user)
    return _with_nonce(request, _page(request, poll, "check", contests=contests, nonce=nonce), nonce)


def _with_nonce(request: HttpRequest, response: HttpResponse, nonce: str) -> HttpResponse:
    """Given with the form, so that a broken connection loses no receipt, and again with the answer to it: of two open
    forms it is the one that was sent whose receipt is shown."""
    response.set_cookie(
        COOKIE, nonce, max_age=COOKIE_AGE, path=request.path, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def _page(request: HttpRequest, poll: Poll, name: str, **more) -> HttpResponse:
    return render(request, f"voting/{name}.html", pages.context(request, poll.round, poll=poll, **more))


@login_not_required
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """After the close anybody looks up whether the envelope of a receipt was in the box, best without a login: then the
    server does not see whose it is. POST, so that the code stands in no address and no log."""
    poll = Poll.objects.filter(stage__round=pk).exclude(envelope_root="").select_related("stage__round__scope").first()
    if poll is None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    poll = poll or find_poll(pages.find_round(request, pk))
    typed = request.POST.get("code", "").strip()
    prefix = receipt_codes.hash_prefix(typed) if typed else None
    found = next((line for line in poll.envelope_hashes or [] if prefix and line.startswith(prefix)), None)
    context = {"round": poll.round, "poll": poll, "typed": typed, "is_code": bool(prefix), "found": found}
    return render(request, "voting/receipts.html", context)


def _qr(request: HttpRequest, receipt: services.Receipt | None, pk: int) -> str | None:
    """Leads to the page above. The code stands behind a # and so never reaches the server."""
    if receipt is None:
        return None
    address = request.build_absolute_uri(reverse("voting:receipts", args=[pk]))
    return segno.make(f"{address}#{receipt.code}", error="m").svg_data_uri(border=2)
