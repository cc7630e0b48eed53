from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from anas.rounds.stage import Sheets, StageKind, Task
from scoring.models import Recusal
from scoring.panel import assessors, panel


class PanelStage(StageKind):
    """Every member of the team scores every nominee on the indicators (mechanism, step 3)."""

    code = "panel"
    label = gettext_lazy("Assessment by the team")
    who = gettext_lazy("assessment team")
    is_repeatable = True
    closed_by = rules.CHAIR

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        return [] if assessors(stage) else [_("The team has no members.")]

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        """Team members who are nominated themselves step back, which the minutes will say."""
        whole = panel(stage)
        team = {assessor.pk: assessor for assessor in whole.assessors}
        for nominee in whole.nominees:
            if nominee.employee_id in team:
                Recusal.objects.get_or_create(
                    round=stage.round,
                    assessor=team[nominee.employee_id],
                    nominee=nominee,
                    defaults={"classification": nominee.classification, "reason": _("Is nominated.")},
                )

    def reasons_not_to_close(self, stage: Stage) -> list[str]:
        return list(self._reasons_not_to_close(stage))

    def _reasons_not_to_close(self, stage: Stage) -> Iterator[str]:
        whole = panel(stage)
        for nominee in whole.unscored():
            yield _("%(nominee)s: nobody is left to score.") % {"nominee": nominee}
        for assessor in whole.assessors:
            if owed := whole.owed(assessor):
                yield _("%(assessor)s still owes %(count)s of %(total)s score sheets.") % {
                    "assessor": assessor,
                    "count": len(owed),
                    "total": len(whole.due(assessor)),
                }

    def marks(self, stage: Stage) -> dict[int, Sheets]:
        found: dict[int, list] = {}
        for (nominee, _assessor), sheet in panel(stage).sheets.items():
            found.setdefault(nominee, []).append(sheet.score_values)
        return {nominee: Sheets(sheets) for nominee, sheets in found.items()}

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if rules.ASSESSOR not in roles or stage.reason_not_accepting():
            return []
        owed = panel(stage).owed(employee)
        return [self._task(stage, len(owed))] if owed else []

    def _task(self, stage: Stage, owed: int) -> Task:
        return Task(
            title=_("Score the nominees"),
            text=_("%(count)s score sheets are still to be handed in.") % {"count": owed},
            url=self.url(stage),
            action=_("Score"),
            due=stage.closes_at,
            minutes=5 * owed,
        )

    def url(self, stage: Stage) -> str:
        return reverse("scoring:stage", args=[stage.round_id, stage.code])


class HeadStage(PanelStage):
    """The head of the office scores the finalists, seeing the poll result by classification (mechanism, step 5)."""

    code = "head"
    label = gettext_lazy("Assessment by the head of the office")
    who = gettext_lazy("head of the office")
    is_repeatable = False
    closed_by = rules.HEAD

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        return [] if assessors(stage) else [_("%(office)s has no head.") % {"office": stage.round.scope}]

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        """Nobody steps back by himself here: the head is not among the nominees."""

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if rules.HEAD not in roles or stage.reason_not_accepting():
            return []
        owed = sum(len(panel(stage).owed(assessor)) for assessor in assessors(stage))
        return [self._task(stage, owed)] if owed else []

    def url(self, stage: Stage) -> str:
        return reverse("scoring:head", args=[stage.round_id])
