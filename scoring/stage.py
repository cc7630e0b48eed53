from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from anas.rounds.stage import Owed, Progress, Sheets, StageKind, Task
from scoring.models import Recusal, ScoreSheet
from scoring.panel import Panel, panel
from scoring.results import Tie, open_ties
from scoring.rules import decider, may_decide

# Reasons that the application gives by itself are kept and printed, so they are in the office's language.
IS_NOMINATED = "Yang bersangkutan adalah calon."
OTHER_HEAD = "Kepala dinas telah berganti."


class PanelStage(StageKind):
    """Every member of the team scores every nominee on the indicators (mechanism, step 3). A kind with other assessors
    overrides `actor`, `assessors` and `seat`."""

    code = "panel"
    label = gettext_lazy("Assessment by the team")
    who = gettext_lazy("assessment team")
    icon = "scale"
    minutes = 5
    has_sheets = True
    is_repeatable = True
    actor = rules.ASSESSOR
    part = gettext_lazy("you score the nominees")
    hides_authors = True
    shows_sheets = True  # to those who may read everything, as the sheets come in
    closed_by = rules.CHAIR

    def assessors(self, stage: Stage) -> list[Employee]:
        """Whose sheets the stage needs, by name."""
        members = stage.round.members.filter(role__in=[rules.CHAIR, rules.ASSESSOR]).select_related("employee")
        return sorted((member.employee for member in members), key=lambda employee: (employee.name, employee.pk))

    def seat(self, stage: Stage, by: Employee) -> Employee | None:
        """Whose sheets this person writes: his own. None where he writes none."""
        return by if self.actor in rules.roles_in(by, stage.round) else None

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        if not self.assessors(stage):
            return [_("The team has no members.")]
        return list(self._reasons_unscored(panel(stage)))

    def _reasons_unscored(self, whole: Panel) -> Iterator[str]:
        for nominee in whole.unscored():
            yield _("%(nominee)s: nobody is left to score.") % {"nominee": nominee}

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
                    defaults={"classification": nominee.classification, "reason": IS_NOMINATED},
                )

    def reasons_not_to_close(self, stage: Stage) -> list[str]:
        whole = panel(stage)
        return [*self._reasons_unscored(whole), *self._reasons_owed(whole)]

    def _reasons_owed(self, whole: Panel) -> Iterator[str]:
        for assessor in whole.assessors:
            if owed := whole.owed(assessor):
                yield _("%(assessor)s still owes %(count)s of %(total)s score sheets.") % {
                    "assessor": assessor,
                    "count": len(owed),
                    "total": len(whole.due(assessor)),
                }

    def owes(self, stage: Stage) -> list[Owed]:
        if stage.is_settled:
            return [self._tie_owed(tie, stage) for tie in open_ties(stage)]
        whole = panel(stage) if stage.is_open else None
        return [self._owed(whole, assessor) for assessor in whole.assessors if whole.owed(assessor)] if whole else []

    def _owed(self, whole: Panel, assessor: Employee) -> Owed:
        numbers = {"count": len(whole.owed(assessor)), "total": len(whole.due(assessor))}
        what = _("%(count)s of %(total)s score sheets are missing.") % numbers
        return Owed(str(assessor), what, self.url(whole.stage), assessor)

    def _tie_owed(self, tie: Tie, stage: Stage) -> Owed:
        task = self._tie_task(tie, stage)
        return Owed(str(rules.ROLE_NAMES[decider(stage.round, tie)]), f"{task.title}. {task.text}", task.url)

    def progress(self, stage: Stage) -> Progress:
        done, total = panel(stage).progress
        return Progress(done, total, _("score sheets are in"))

    def marks(self, stage: Stage) -> dict[int, Sheets]:
        whole, found = panel(stage), {}
        for nominee in whole.nominees:
            if counted := whole.counted(nominee):
                found[nominee.pk] = Sheets([s.score_values for s in counted], [s.assessor for s in counted])
        return found

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if stage.is_settled and roles & rules.READERS:
            return [
                self._tie_task(tie, stage) for tie in open_ties(stage) if not may_decide(employee, stage.round, tie)
            ]
        if self.actor not in roles or stage.reason_not_accepting():
            return []
        seat = self.seat(stage, employee)
        owed = len(panel(stage).owed(seat)) if seat else 0
        return [self._task(stage, owed)] if owed else []

    def _task(self, stage: Stage, owed: int) -> Task:
        return Task(
            title=_("Score the nominees"),
            text=_("%(count)s score sheets are still to be handed in.") % {"count": owed},
            url=self.url(stage),
            action=_("Score"),
            due=stage.closes_at,
            minutes=self.minutes * owed,
        )

    def _tie_task(self, tie: Tie, stage: Stage) -> Task:
        name = stage.round.scheme.classification(tie.classification).name
        return Task(
            title=_("Decide the tie in %(name)s") % {"name": name},
            text=_("The rule leaves these equal: %(names)s.") % {"names": "; ".join(map(str, tie.nominees))},
            url=reverse("scoring:tie", args=[stage.round_id, tie.stage, tie.classification]),
            action=_("Decide"),
            minutes=5,
        )

    def url(self, stage: Stage) -> str:
        return reverse("scoring:stage", args=[stage.round_id, stage.code])

    def is_visible_to(self, stage: Stage, roles: frozenset[str]) -> bool:
        return self.actor in roles or bool(roles & rules.READERS)

    def more_links(self, stage: Stage, roles: frozenset[str]) -> list[tuple[str, str, str, str]]:
        """The team reads the numbers of its own stage once that is finished."""
        if not stage.is_settled or self.actor not in roles or roles & rules.READERS or stage.round.is_over:
            return []
        return [(_("Recap"), _("what the team has given"), reverse("scoring:results", args=[stage.round_id]), "chart")]


class HeadStage(PanelStage):
    """The head of the office scores the finalists, seeing the poll result by classification (mechanism, step 5)."""

    code = "head"
    label = gettext_lazy("Assessment by the head of the office")
    who = gettext_lazy("head of the office")
    icon = "star"
    working_days = 2
    is_repeatable = False
    actor = rules.HEAD
    part = gettext_lazy("you score the finalists")
    hides_authors = False
    shows_sheets = False
    closed_by = rules.HEAD

    def assessors(self, stage: Stage) -> list[Employee]:
        """The head; of a closed stage who was the head then, whoever heads the office later."""
        if stage.is_closed:
            written = Employee.objects.filter(score_sheets__stage=stage, score_sheets__state=ScoreSheet.State.SUBMITTED)
            return list(written.distinct())
        return [stage.round.scope.head] if stage.round.scope.head else []

    def seat(self, stage: Stage, by: Employee) -> Employee | None:
        """The head, also where a deputy writes for the head."""
        return stage.round.scope.head if self.actor in rules.roles_in(by, stage.round) else None

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        if not self.assessors(stage):
            return [_("%(office)s has no head.") % {"office": stage.round.scope}]
        return list(self._reasons_unscored(panel(stage)))

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        """Nobody steps back by himself here: the head is not among the nominees."""

    def on_close(self, stage: Stage, *, by: Employee) -> None:
        """The office has one head: what a head who left during the stage has handed in does not count."""
        former = stage.sheets.filter(state=ScoreSheet.State.SUBMITTED).exclude(assessor=stage.round.scope.head)
        former.update(state=ScoreSheet.State.SUPERSEDED, reason=OTHER_HEAD)

    def url(self, stage: Stage) -> str:
        return reverse("scoring:head", args=[stage.round_id])
