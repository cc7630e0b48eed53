"""What is kept of the documents about a person."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.documents.models import Document
from anas.people import personal
from anas.people.models import Employee
from anas.rounds.models import Round


def rows(employee: Employee) -> Iterator[dict[str, object]]:
    """Certificates, once the winners are announced."""
    own = Document.objects.light().published().filter(nominee__employee=employee)
    for document in own.filter(round__state=Round.State.ANNOUNCED).select_related("round"):
        yield {
            _("Document"): document.get_kind_display(),
            _("Number"): document.number,
            _("Date"): document.date,
            _("State"): document.get_state_display(),
        }


personal.register(
    parts=[personal.Part("documents", gettext_lazy("Certificates"), rows)],
    kept=[
        personal.Kept(
            "documents",
            gettext_lazy("Decrees, minutes, announcements and certificates, with names and numbers as they were."),
            gettext_lazy("They are official papers of the office."),
            gettext_lazy("Everybody sees the announcement, without numbers; papers whoever works on the round."),
            until=gettext_lazy("as the archive law asks; what was issued is never changed"),
        )
    ],
)
