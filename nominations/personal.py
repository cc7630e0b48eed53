"""What is kept of a person's nominations."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people import personal
from anas.people.models import Employee
from anas.rounds.models import Round
from nominations import rules, uploads
from nominations.models import Evidence, Nominee

OVER = [Round.State.ANNOUNCED, Round.State.CANCELLED]


def rows(employee: Employee) -> Iterator[dict[str, object]]:
    """Where the person is known to be a finalist, and every nomination in rounds that are over. No scores: what
    somebody may see of them `scoring` says."""
    own = Nominee.objects.filter(employee=employee).select_related("proposal__unit", "proposal__stage__round__scope")
    for nominee in own.prefetch_related("evidence").order_by("-pk"):
        round = nominee.proposal.stage.round
        if round.state in OVER or rules.finalists(round).filter(pk=nominee.pk).exists():
            yield {
                _("Round"): str(round),
                _("Classification"): round.scheme.classification(nominee.classification).name,
                _("Unit"): str(nominee.unit),
                _("State"): _("proposed") if nominee.is_proposed else _("assessed, not proposed"),
                _("Reason"): nominee.reason,
                _("Evidence"): ", ".join(file.name for file in nominee.evidence.all()),
            }


def purge_evidence(before: datetime, really: bool) -> int:
    """The files of old rounds that are over; their fingerprints stay in the audit trail."""
    old = Evidence.objects.filter(
        nominee__proposal__stage__round__state__in=OVER, nominee__proposal__stage__round__created_at__lt=before
    )
    number = old.count()
    if really:
        for evidence in old:
            uploads.delete_after_commit(evidence.file)
        old.delete()
    return number


personal.register(
    parts=[personal.Part("nominations", gettext_lazy("Your nominations"), rows)],
    kinds={
        "proposal": gettext_lazy("read what your unit wrote and scored for its proposal"),
        "evidence": gettext_lazy("downloaded a file of your nomination"),
    },
    kept=[
        personal.Kept(
            "nominations",
            gettext_lazy("Who was assessed and proposed, with reason and scores; the sheets of the team and the head."),
            gettext_lazy("To find the best, and to be able to say how each number came about."),
            gettext_lazy(
                "Your unit head, the team, the committee, the head of the office and witnesses. Colleagues see "
                "finalists without scores, and after the announcement the finalists' result."
            ),
            until=gettext_lazy("as long as the office keeps the decrees that rest on it"),
        ),
        personal.Kept(
            "evidence",
            gettext_lazy("Files that support a nomination."),
            gettext_lazy("So that claims can be checked."),
            gettext_lazy("Those who see the nomination; everybody in the office while a finalist is on the ballot."),
            purge=purge_evidence,
        ),
    ],
)
