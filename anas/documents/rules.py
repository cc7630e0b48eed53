"""Who may see which documents."""

from anas.documents.models import Document, DocumentQuerySet
from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round


def visible_documents(employee: Employee, round: Round) -> DocumentQuerySet:
    """What has been issued: for committee, chair, head and witness at once, for every employee once the result is
    announced. A draft has no bytes yet and is not among them."""
    issued = Document.objects.listed().published().filter(round=round).order_by("pk")
    if rules.may_read_everything(employee, round) is None or round.state == Round.State.ANNOUNCED:
        return issued
    return issued.none()
