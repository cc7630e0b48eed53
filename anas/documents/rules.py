"""Who may see which documents."""

from django.db.models import Q

from anas.documents.models import Document, DocumentQuerySet
from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round


def visible_documents(employee: Employee, round: Round) -> DocumentQuerySet:
    """What has been issued: for committee, chair, head and witness at once, for every employee once the result is
    announced. The minutes of the assessment have everybody's scores, so they are for those who read everything and for
    the team, which signs them (DOMAIN section 6). A draft has no bytes yet and is not among them."""
    issued = Document.objects.listed().published().filter(round=round).order_by("pk")
    if rules.may_read_everything(employee, round) is None:
        return issued
    assessment = Q(kind=Document.Kind.ASSESSMENT)
    seen = ~assessment if round.state == Round.State.ANNOUNCED else Q(pk__in=[])
    return issued.filter(seen | assessment if rules.ASSESSOR in rules.roles_in(employee, round) else seen)
