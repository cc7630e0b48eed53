"""What is kept of a person's roles and acts, and of lists of people."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people import personal
from anas.people.models import CommitteeSeat, Deputy, Employee, PeopleImport, Unit
from anas.rounds import audit
from anas.rounds.models import AuditEntry, Member
from anas.rounds.people import importing
from anas.rounds.rules import ROLE_NAMES


def roles(employee: Employee) -> Iterator[dict[str, object]]:
    for unit in Unit.objects.filter(head=employee):
        yield _role(_("head"), unit)
    for deputy in Deputy.objects.filter(employee=employee).select_related("unit"):
        yield _role(deputy.get_kind_display(), deputy.unit, deputy.starts, deputy.ends)
    for seat in CommitteeSeat.objects.filter(employee=employee).select_related("unit"):
        yield _role(str(ROLE_NAMES["committee"]), seat.unit)
    for member in Member.objects.filter(employee=employee).select_related("round__scope"):
        yield _role(member.get_role_display(), member.round)


def _role(role: str, where: object, starts: object = None, ends: object = None) -> dict[str, object]:
    return {_("Role"): role, _("Where"): str(where), _("From"): starts, _("Until"): ends}


def acts(employee: Employee) -> Iterator[dict[str, object]]:
    """The person's own acts, as the audit trail has them; never a vote, since none is in it."""
    for entry in AuditEntry.objects.filter(actor=employee).order_by("-at"):
        yield {
            _("When"): entry.at,
            _("What"): str(audit.phrase(entry.action)),
            _("About"): entry.subject,
            _("Role"): str(ROLE_NAMES.get(entry.role, entry.role)),
        }


def purge_imports(before: datetime, really: bool) -> int:
    """What it would take to undo old imports; and files that nobody has applied, which go after a day."""
    old = PeopleImport.objects.filter(applied_at__lt=before).exclude(undo={})
    files = PeopleImport.objects.filter(applied_at=None, sent_at__lt=timezone.now() - PeopleImport.KEPT)
    number = old.count() + files.count()
    if really:
        importing.forget_old()
        old.update(undo={})
    return number


personal.register(
    parts=[
        personal.Part("roles", gettext_lazy("Your roles"), roles),
        personal.Part("acts", gettext_lazy("What you did"), acts),
    ],
    kept=[
        personal.Kept(
            "trail",
            gettext_lazy("Who did what, when and in which role: the audit trail. About single votes nothing."),
            gettext_lazy("So that everybody can check that a round was fair."),
            gettext_lazy("The committee, the chair of the team, the head of the office and witnesses."),
            until=gettext_lazy("as long as the office keeps the decrees that rest on it"),
        ),
        personal.Kept(
            "objections",
            gettext_lazy("Objections to a result, without who wrote them, and the team's answers."),
            gettext_lazy("So that the head of the office knows them before he decides."),
            gettext_lazy("The team, the committee, the head of the office and witnesses."),
            until=gettext_lazy("as long as the office keeps the decrees that rest on it"),
        ),
        personal.Kept(
            "imports",
            gettext_lazy("Lists of people that the committee has sent, and what was known before."),
            gettext_lazy("So that an import can be undone."),
            gettext_lazy("The committee."),
            purge=purge_imports,
        ),
    ],
)
