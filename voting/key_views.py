"""Keyholders: taking the parts of the key away, and bringing them for the count."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from anas.refused import Refused
from anas.rounds import pages, rules
from anas.rounds.models import Stage
from voting import ceremony, forms, keys
from voting.views import find_poll


@never_cache
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds which part, and what is still to be done with them: for keyholders and those who read everything."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    shares = list(poll.shares.select_related("keyholder"))
    own = next((share for share in shares if share.keyholder_id == request.user.pk), None)
    if own is None:
        pages.only(rules.may_read_everything(request.user, round))
    left = sum(not share.is_lost for share in shares)
    return render(
        request,
        "voting/keys.html",
        pages.context(
            request,
            round,
            poll=poll,
            shares=shares,
            own=own,
            left=left,
            brought={part.index for part in keys.brought(poll)},
            waits_for_parts=poll.stage.state == Stage.State.CLOSED,
            is_committee=not rules.must_be(rules.COMMITTEE, request.user, round),
            form=forms.BringPartForm(),
        ),
    )


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def own_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The keyholder's part as words and as a QR code, and the two words to type back. Shown on POST alone."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    share = get_object_or_404(poll.shares, keyholder=request.user)
    share.poll = poll
    if request.method != "POST":
        return redirect("voting:keys", pk)
    asked = (share.first_asked, share.second_asked)
    form = forms.ConfirmPartForm(request.POST if "first" in request.POST else None, asked=asked)
    if form.is_valid():
        done = _("Thank you. Your part is with you alone now.")
        if pages.attempt(request, ceremony.confirm, share, **form.cleaned_data, by=request.user, done=done):
            return redirect("voting:keys", pk)
    try:
        part = ceremony.part_of(share, by=request.user)
    except Refused as refused:
        messages.error(request, refused.reasons[0])
        return redirect("voting:keys", pk)
    qr = segno.make(part.text, error="m").svg_data_uri(scale=4, border=2)
    return render(
        request, "voting/part.html", pages.context(request, round, poll=poll, part=part, qr=qr, form=form, share=share)
    )


def lost(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    """Reports a part as lost."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    found = get_object_or_404(poll.shares.select_related("keyholder"), pk=share)
    if found.keyholder_id != request.user.pk:
        pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    left = poll.shares.filter(is_lost=False).exclude(pk=found.pk).count()
    return pages.confirm(
        request,
        ceremony.report_lost,
        found,
        by=request.user,
        pk=pk,
        to="voting:keys",
        done=_("The part has been reported as lost."),
        page={
            "title": _("Report the part of %(name)s as lost?") % {"name": found.keyholder},
            "text": _("The part does not come back by this: it says that the count has to do without it."),
            "items": [
                _("%(left)s parts would be left; the count needs %(needed)s.")
                % {"left": left, "needed": poll.threshold}
            ],
            "submit": _("Report as lost"),
            "danger": True,
        },
    )


def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key with new keyholders, while nobody can have voted."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    started = _("The poll has started with its key. A new key would make the envelopes unreadable.")
    return pages.confirm(
        request,
        ceremony.renew,
        round,
        by=request.user,
        form=forms.KeyholdersForm(request.POST or None, round=round),
        pk=pk,
        to="voting:keys",
        done=_("A new key has been made. The keyholders can take their parts away."),
        page={
            "title": _("Make a new key?"),
            "text": _("All parts that have been taken away so far become worthless."),
            "submit": _("Make a new key"),
            "danger": True,
            "reasons": [started] if poll.is_started else [],
        },
    )


@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the words of a part for the count."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    if not poll.shares.filter(keyholder=request.user).exists():
        pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    form = forms.BringPartForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    pages.attempt(request, ceremony.bring, round, words=words, by=request.user, done=_("The part is here."))
    return redirect("voting:keys", pk)
