"""Papers as they would be if they were issued now: KONSEP across every page, no number, no code. Nothing is kept."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from anas.documents import guards, minutes, outcome, papers
from anas.documents.models import Document
from anas.documents.services import decree_of, in_force
from anas.rounds.models import Round

Kind = Document.Kind
BLANK = {"number": "", "code": "", "link": "-"}


def reasons_not_to_read(round: Round, kind: str) -> Iterator[str]:
    """Why there is nothing to look at: the paper cannot be issued either."""
    if kind in Document.MINUTES:
        yield from guards.reasons_not_to_issue_minutes(round, kind)
    elif kind == Kind.ANNOUNCEMENT:
        yield from guards.reasons_not_to_issue_announcement(round, decree_of(round))
    elif kind == Kind.POSTER:
        yield from guards.reasons_not_to_issue_poster(in_force(round, Kind.ANNOUNCEMENT))
    else:
        yield from guards.reasons_not_to_issue_recap(round)


def pdf(round: Round, kind: str) -> bytes:
    """The draft of minutes, of the announcement, of its poster or of the recap. It can be issued now."""
    return papers.render(kind, _facts(round, kind), is_draft=True)


def _facts(round: Round, kind: str) -> dict[str, Any]:
    today = timezone.localdate()
    if kind in Document.MINUTES:
        place, day = minutes.usual_place(round), minutes.day_of(round, kind)
        return minutes.facts_of(round, kind, when=day, place=place, **BLANK)
    if kind == Kind.ANNOUNCEMENT:
        return outcome.announcement(round, decree_of(round), when=today, **BLANK)
    if kind == Kind.POSTER:
        announcement = in_force(round, Kind.ANNOUNCEMENT)
        return outcome.poster(round, announcement, with_photos=True, code="", link="-")
    return outcome.recap(round, when=today, **BLANK)
