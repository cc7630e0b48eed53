"""Activation cards on paper, for people without a password."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from anas.documents import card_sheets, words
from anas.documents.letterheads import letterhead_for
from anas.people.models import Employee
from anas.refused import require
from anas.rounds.people import activation


@sensitive_variables()
@transaction.atomic
def draw(people: Iterable[Employee], *, until: date, by: Employee, site: str = "") -> bytes:
    """New cards, by unit and name, as the bytes of a PDF that is kept nowhere. Earlier codes of these people are
    worthless once it is there; where it cannot be drawn, they stay as they were. Raises Refused for too many."""
    people = list(people)
    require(card_sheets.reason_too_many(len(people)))
    made = activation.issue(people, until=until, by=by)
    address = activation.address(site)
    kind = card_sheets.Kind(
        title="KARTU AKTIVASI AKUN",
        office=letterhead_for(made[0].employee.unit).office,
        address=address,
        until=words.day(until),
        inside="documents/activation_card.html",
    )
    return card_sheets.draw(kind, made, link=lambda card: f"{address}#{card.code}", identifier="kartu-aktivasi")
