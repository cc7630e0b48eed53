"""Cards with codes on paper, to be cut and folded. Their codes exist in the memory of one request: made, drawn, sent,
forgotten."""

from collections.abc import Callable
from dataclasses import dataclass

import segno
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.documents import papers, pdf
from anas.people.codes import PrintedCard
from anas.refused import Refused

TEMPLATE = "documents/card_sheets.html"
COLUMNS, ROWS = 2, 4  # of cards on a page of A4
MOST = 400  # in one file: fifty pages, about ten seconds
LONG_NAME, LONGEST_NAME = 34, 62  # letters, from which on it is set smaller


class CardsNotDrawn(Exception):
    """A fault of ours while the cards were drawn. It stands for the fault itself, whose traceback would carry codes
    into an error report."""


@dataclass(frozen=True)
class Kind:
    """What stands on every card of a file. `inside`: the template of the words beside the code."""

    title: str
    office: str
    address: str  # where the code is typed
    until: str  # the last moment in words; empty where nobody knows it yet
    inside: str


def reason_too_many(count: int) -> str | None:
    if count <= MOST:
        return None
    return _("%(count)s cards are too many for one file, %(most)s are the most. Print them unit by unit.") % {
        "count": count,
        "most": MOST,
    }


@sensitive_variables()
def draw(kind: Kind, made: list[PrintedCard], *, link: Callable[[PrintedCard], str], identifier: str) -> bytes:
    """The cards as the bytes of a PDF that is kept nowhere. `link`: where a card's QR code leads. Raises Refused where
    the machine cannot make PDFs, CardsNotDrawn for any other fault."""
    try:
        return pdf.write(_html(kind, made, link), identifier=identifier)
    except Refused:
        raise
    except Exception as fault:
        raise CardsNotDrawn(type(fault).__name__) from None


def _html(kind: Kind, made: list[PrintedCard], link: Callable[[PrintedCard], str]) -> str:
    links = [link(card) for card in made]
    pictures = {link: segno.make(link, error="m").svg_data_uri(border=2) for link in dict.fromkeys(links)}
    drawn = [_card(card) | {"qr": pictures[link]} for card, link in zip(made, links, strict=True)]
    per_page = COLUMNS * ROWS
    return render_to_string(
        TEMPLATE,
        {
            "kind": kind,
            "address": kind.address.partition("://")[2],
            "tint": papers.picture("documents/tint.svg"),
            "sheets": [drawn[start : start + per_page] for start in range(0, len(drawn), per_page)],
        },
    )


def _card(card: PrintedCard) -> dict[str, str]:
    name = card.employee.full_name
    size = "longest" if len(name) > LONGEST_NAME else "long" if len(name) > LONG_NAME else ""
    return {
        "name": name,
        "unit": str(card.employee.unit),
        "number": card.employee.number,
        "code": card.shown,
        "size": size,
    }
