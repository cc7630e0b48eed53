"""Which papers wait for the committee, for the list of documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anas.documents import guards
from anas.documents.models import Document
from anas.rounds.models import Round

Kind = Document.Kind


@dataclass(frozen=True)
class Paper:
    """What can be issued now: its name, what it is, the page that issues it, and its draft."""

    title: str
    text: str
    url: str
    action: str
    draft: str


def papers(round: Round, documents: Sequence[Document]) -> Iterator[Paper]:
    """In the order in which they come about. `documents`: what the round has issued."""
    in_force = {document.kind: document for document in documents if document.is_in_force}
    for kind in guards.minutes_to_issue(round):
        yield _paper(round, kind)
    if round.is_approved and Kind.RECAP not in in_force:
        yield _paper(round, Kind.RECAP)
    if Kind.DECREE in in_force and Kind.ANNOUNCEMENT not in in_force:
        yield _paper(round, Kind.ANNOUNCEMENT)
    announcement, poster = in_force.get(Kind.ANNOUNCEMENT), in_force.get(Kind.POSTER)
    if announcement and (poster is None or poster.number != announcement.number):
        yield _paper(round, Kind.POSTER)


def _paper(round: Round, kind: str) -> Paper:
    page, title, text, action = PAPERS[kind]
    draft = reverse("documents:paper_draft", args=[round.pk, kind])
    return Paper(title, text, reverse(f"documents:{page}", args=[round.pk]), action, draft)


MINUTES = _("Issue the minutes")
# The page that issues it, its name, what it is, the word on the button.
PAPERS = {
    Kind.ASSESSMENT: (
        "assessment_minutes",
        _("Minutes of the assessment"),
        _("The team has closed its assessment. The minutes say what everybody got, to be signed by the team."),
        MINUTES,
    ),
    Kind.CLOSING: (
        "closing_minutes",
        _("Minutes of the closing"),
        _(
            "The ballot box is closed. Its minutes list the fingerprints of all envelopes, to be signed by those who"
            " were there."
        ),
        MINUTES,
    ),
    Kind.COUNT: (
        "count_minutes",
        _("Minutes of the count"),
        _(
            "The votes have been counted. The minutes list them by classification, to be signed by those who were"
            " there."
        ),
        MINUTES,
    ),
    Kind.RECAP: (
        "recap",
        _("The recapitulation"),
        _("The result is approved. All parts of the score of every finalist, on paper."),
        _("Issue the recapitulation"),
    ),
    Kind.ANNOUNCEMENT: (
        "announcement_paper",
        _("The announcement"),
        _("The decree is issued. The announcement tells the office of it, on paper for the notice board."),
        _("Issue the announcement"),
    ),
    Kind.POSTER: (
        "poster",
        _("The poster"),
        _("The winners of the announcement on A3 for the wall, with photos or initials."),
        _("Issue the poster"),
    ),
}
