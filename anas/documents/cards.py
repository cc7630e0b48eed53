"""Voter cards on paper. Their codes exist in the memory of one request: made, drawn, sent, forgotten."""

from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.documents import papers, pdf, words
from anas.documents.letterheads import letterhead_for
from anas.people.models import Employee, Unit
from anas.refused import Refused, require
from anas.rounds.models import Round
from voting import cards
from voting.cards import PrintedCard
from voting.models import Poll

TEMPLATE = "documents/card_sheets.html"
COLUMNS, ROWS = 2, 4  # of cards on a page of A4
MOST = 400  # in one file: fifty pages, about ten seconds
LONG_NAME, LONGEST_NAME = 34, 62  # letters, from which on it is set smaller


class CardsNotDrawn(Exception):
    """A fault of ours while the cards were drawn. It stands for the fault itself, whose traceback would carry codes
    into an error report."""


@sensitive_variables()
@transaction.atomic
def draw(
    poll: Poll, *, unit: Unit | None = None, employee: Employee | None = None, by: Employee, site: str = ""
) -> bytes:
    """New cards, to be printed, as the bytes of a PDF that is kept nowhere: for all who have not voted, for those of
    one unit, or for one person. Their earlier cards are worthless once it is there; where it cannot be drawn, they
    stay as they were. Raises Refused for too many at once."""
    require(_reason_too_many(poll, unit, employee))
    made = cards.issue(poll, unit=unit, employee=employee, by=by)
    try:
        return pdf.write(_html(poll, made, site), identifier="kartu-pemilih")
    except Refused:
        raise
    except Exception as fault:
        raise CardsNotDrawn(type(fault).__name__) from None


def _reason_too_many(poll: Poll, unit: Unit | None, employee: Employee | None) -> str | None:
    voters = poll.voters.filter(has_voted=False)
    voters = voters.filter(unit=unit) if unit else voters.filter(employee=employee) if employee else voters
    if (count := voters.count()) <= MOST:
        return None
    return _("%(count)s cards are too many for one file, %(most)s are the most. Print them unit by unit.") % {
        "count": count,
        "most": MOST,
    }


def kiosk_address(round: Round, site: str = "") -> str:
    """The page where a code is typed; the code itself is in no address."""
    return (settings.SITE_URL or site.rstrip("/")) + reverse("voting:kiosk", args=[round.pk])


def _html(poll: Poll, made: list[PrintedCard], site: str) -> str:
    address, closes_at, per_page = kiosk_address(poll.round, site), poll.stage.closes_at, COLUMNS * ROWS
    drawn = [_card(card) for card in made]
    page: dict[str, Any] = {
        "office": letterhead_for(poll.round.scope).office,
        "round": poll.round,
        "qr": segno.make(address, error="m").svg_data_uri(border=2),
        "tint": papers.picture("documents/tint.svg"),
        "address": address.partition("://")[2],
        "until": words.moment(timezone.localtime(closes_at)) if closes_at else "",
        "sheets": [drawn[start : start + per_page] for start in range(0, len(drawn), per_page)],
    }
    return render_to_string(TEMPLATE, page)


def _card(card: PrintedCard) -> dict[str, str]:
    name, unit = card.employee.full_name, str(card.employee.unit)
    size = "longest" if len(name) > LONGEST_NAME else "long" if len(name) > LONG_NAME else ""
    return {"name": name, "unit": unit, "code": cards.shown(card.code), "size": size}
