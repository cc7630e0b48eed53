"""The ballot box as the committee and the witness see it: how full it is, never what is in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anas.people.again import decisive
from anas.rounds import pages, rules
from anas.rounds.models import Round, Stage
from voting import counting, history, keys, services, turnout
from voting.models import Poll
from voting.views import find_poll


def box(request: HttpRequest, pk: int) -> HttpResponse:
    """Roll, turnout and, after the close, the hashes of the envelopes; the committee closes and counts here."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    now = turnout.overall(poll)
    return render(
        request,
        "voting/box.html",
        pages.context(
            request,
            round,
            poll=poll,
            stage=poll.stage,
            turnout=now,
            history=history.picture(poll, now),
            by_unit=turnout.by_unit(poll),
            tallies=_tallies(round, poll) if poll.is_counted and _may_see_tallies(request, round) else [],
            may_close=not rules.must_be(poll.stage.what.closed_by, request.user, round),
            waits_for_count=poll.stage.state == Stage.State.CLOSED,
        ),
    )


def _may_see_tallies(request: HttpRequest, round: Round) -> bool:
    """The votes go to those who work with them; to all employees only with the result."""
    return rules.may_read_everything(request.user, round) is None


def _tallies(round: Round, poll: Poll) -> list[dict]:
    from_count = counting.tallies(poll)
    names = services.finalists_by_key(poll)
    return [
        {
            "classification": round.scheme.classification(code),
            "rows": sorted(
                ((names[key], votes) for key, votes in tally.votes.items()), key=lambda row: (-row[1], row[0].name)
            ),
            "valid": tally.valid,
            "abstentions": tally.abstentions,
        }
        for code, tally in from_count.items()
    ]


@decisive
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the envelopes and counts."""
    round = pages.find_round(request, pk)
    poll = find_poll(round)
    pages.only(rules.must_be(poll.stage.what.closed_by, request.user, round))
    return pages.confirm(
        request,
        counting.count,
        round,
        by=request.user,
        pk=pk,
        to="voting:box",
        done=_("The votes have been counted."),
        page={
            "title": _("Count the votes?"),
            "text": _("The envelopes are compared with the published list, opened in random order and counted."),
            "items": [
                _("%(count)s envelopes will be opened.") % {"count": len(poll.envelope_hashes or [])},
                _("Afterwards the key of the ballot box is destroyed."),
                *turnout.few_voters_warning(len(poll.envelope_hashes or []), round.scheme.minimum_votes),
            ],
            "submit": _("Count"),
            "reasons": _reasons_not_to_count(poll),
        },
    )


def _reasons_not_to_count(poll: Poll) -> list[str]:
    if poll.stage.state != Stage.State.CLOSED:
        return [_("The ballot box is not closed, or has been counted already.")]
    if reason := turnout.reason_no_quorum(poll):
        return [reason]
    missing = keys.missing(poll)
    return [_("%(count)s more parts of the key are needed.") % {"count": missing}] if missing else []
