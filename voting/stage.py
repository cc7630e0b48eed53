from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from anas.rounds.stage import StageKind, Task, Votes
from nominations.models import Nominee
from voting import services
from voting.models import Voter


class PollStage(StageKind):
    """Every employee, each with the same right, chooses one finalist per classification in secret (mechanism, step
    4)."""

    code = "poll"
    label = gettext_lazy("Poll of all employees")
    who = gettext_lazy("all employees")
    uses_criteria = False
    is_reopenable = False
    settles_on_close = False

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        if Nominee.objects.in_play(stage.round).exists():
            return []
        return [_("There are no finalists to choose from.")]

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        services.open_box(stage, by=by, keys=options.get("keys"))

    def on_close(self, stage: Stage, *, by: Employee) -> None:
        services.close_box(stage.poll, by=by)

    def reasons_not_to_settle(self, stage: Stage) -> list[str]:
        return [] if stage.poll.is_counted else [_("The votes have not been counted yet.")]

    def marks(self, stage: Stage) -> dict[int, Votes]:
        return {
            nominee: Votes(votes, tally.valid)
            for tally in services.tallies(stage.poll).values()
            for nominee, votes in tally.votes.items()
        }

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if rules.EMPLOYEE not in roles or stage.reason_not_accepting():
            return []
        if not Voter.objects.filter(poll__stage=stage, employee=employee, has_voted=False).exists():
            return []
        return [
            Task(
                title=_("Vote"),
                text=_("Choose the best in each classification. Nobody can see what you choose."),
                url=reverse("voting:ballot", args=[stage.round_id]),
                action=_("Vote now"),
                due=stage.closes_at,
                minutes=3,
            )
        ]

    def url(self, stage: Stage) -> str:
        return reverse("voting:ballot", args=[stage.round_id])
