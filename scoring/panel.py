"""Who owes which sheet in a panel or head stage."""

from collections import defaultdict
from dataclasses import dataclass

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from nominations.models import Nominee
from scoring.models import Recusal, ScoreSheet


@dataclass
class Panel:
    """A stage's assessors, nominees, recusals and sheets, read once."""

    stage: Stage
    assessors: list[Employee]
    nominees: list[Nominee]
    recusals: list[Recusal]
    sheets: dict[tuple[int, int], ScoreSheet]  # the sheet that counts now, by nominee and assessor
    drafts: dict[tuple[int, int], ScoreSheet]

    def recusal(self, nominee: Nominee, assessor: Employee) -> Recusal | None:
        return next((item for item in self.recusals if item.assessor_id == assessor.pk and item.covers(nominee)), None)

    def is_excused(self, nominee: Nominee, assessor: Employee) -> bool:
        """Whether the assessor does not score this nominee: by recusal, or because it is himself."""
        return nominee.employee_id == assessor.pk or self.recusal(nominee, assessor) is not None

    def owed(self, assessor: Employee) -> list[Nominee]:
        """The nominees whom this assessor has still to score."""
        return [
            nominee
            for nominee in self.nominees
            if (nominee.pk, assessor.pk) not in self.sheets and not self.is_excused(nominee, assessor)
        ]

    def due(self, assessor: Employee) -> list[Nominee]:
        """The nominees whom this assessor scores at all."""
        return [nominee for nominee in self.nominees if not self.is_excused(nominee, assessor)]

    def unscored(self) -> list[Nominee]:
        """Nominees with nobody left to score them."""
        return [n for n in self.nominees if all(self.is_excused(n, assessor) for assessor in self.assessors)]

    @property
    def is_complete(self) -> bool:
        return not any(self.owed(assessor) for assessor in self.assessors)


def assessors(stage: Stage) -> list[Employee]:
    """Whose sheets a stage needs: the team's, or the head's."""
    if stage.kind == "head":
        return [stage.round.scope.head] if stage.round.scope.head else []
    members = stage.round.members.filter(role__in=[rules.CHAIR, rules.ASSESSOR]).select_related("employee")
    return sorted((member.employee for member in members), key=lambda employee: (employee.name, employee.pk))


def panel(stage: Stage) -> Panel:
    """The whole panel of a stage in four queries."""
    sheets: dict[str, dict[tuple[int, int], ScoreSheet]] = defaultdict(dict)
    for sheet in stage.sheets.exclude(state=ScoreSheet.State.SUPERSEDED):
        sheets[sheet.state][sheet.nominee_id, sheet.assessor_id] = sheet
    return Panel(
        stage=stage,
        assessors=assessors(stage),
        nominees=list(Nominee.objects.in_play_at(stage)),
        recusals=list(stage.round.recusals.select_related("assessor", "nominee__employee")),
        sheets=sheets[ScoreSheet.State.SUBMITTED],
        drafts=sheets[ScoreSheet.State.DRAFT],
    )
