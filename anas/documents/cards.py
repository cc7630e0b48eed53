"""Voter cards on paper."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from anas.documents import card_sheets, words
from anas.documents.letterheads import letterhead_for
from anas.people.models import Employee, Unit
from anas.refused import require
from anas.rounds.models import Round
from voting import cards
from voting.models import Poll


@sensitive_variables()
@transaction.atomic
def draw(
    poll: Poll, *, unit: Unit | None = None, employee: Employee | None = None, by: Employee, site: str = ""
) -> bytes:
    """New cards, to be printed, as the bytes of a PDF that is kept nowhere: for all who have not voted, for those of
    one unit, or for one person. Their earlier cards are worthless once it is there; where it cannot be drawn, they
    stay as they were. Raises Refused for too many at once."""
    require(card_sheets.reason_too_many(_count(poll, unit, employee)))
    made = cards.issue(poll, unit=unit, employee=employee, by=by)
    address = kiosk_address(poll.round, site)
    return card_sheets.draw(_kind(poll, address), made, link=lambda card: address, identifier="kartu-pemilih")


def _count(poll: Poll, unit: Unit | None, employee: Employee | None) -> int:
    voters = poll.voters.filter(has_voted=False)
    voters = voters.filter(unit=unit) if unit else voters.filter(employee=employee) if employee else voters
    return voters.count()


def kiosk_address(round: Round, site: str = "") -> str:
    """The page where a code is typed; the code itself is in no address."""
    return (settings.SITE_URL or site.rstrip("/")) + reverse("voting:kiosk", args=[round.pk])


def _kind(poll: Poll, address: str) -> card_sheets.Kind:
    closes_at, mark = poll.stage.closes_at, f"{Round.MARK} · " if poll.round.is_rehearsal else ""
    return card_sheets.Kind(
        title=f"{mark}KARTU PEMILIH · {poll.round}",
        office=letterhead_for(poll.round.scope).office,
        address=address,
        until=words.moment(timezone.localtime(closes_at)) if closes_at else "",
        inside="documents/voter_card.html",
    )
