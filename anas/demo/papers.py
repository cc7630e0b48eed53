"""The papers of a round of the demo, numbered by the office's forms and dated with the day they are issued on."""

from django.utils import timezone

from anas.documents import guards, numbers, publishing
from anas.documents import services as documents
from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds.models import Round


def of_the_result(round: Round, *, by: Employee, site: str) -> None:
    """The Berita Acara that nobody has issued yet, and the Rekapitulasi."""
    for kind in guards.minutes_to_issue(round):
        documents.issue_minutes(round, kind=kind, **_numbered(round, kind), by=by, site=site)
    publishing.issue_recap(round, **_numbered(round, Document.Kind.RECAP), by=by, site=site)


def of_the_announcement(round: Round, *, by: Employee, site: str) -> None:
    """The Pengumuman and its poster."""
    publishing.issue_announcement(round, **_numbered(round, Document.Kind.ANNOUNCEMENT), by=by, site=site)
    publishing.issue_poster(round, by=by, site=site)


def _numbered(round: Round, kind: str) -> dict[str, object]:
    today = timezone.localdate()
    return {"number": numbers.suggested(round, kind, today), "date": today}
