"""Who owes which sheet in a panel or head stage."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anas.people.models import Employee
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

    def is_excused(self, nominee: Nominee, assessor: Employee) -> bool:
        """Whether the assessor does not score this nominee: by recusal, or because it is himself."""
        return reason_excused(nominee, assessor, self.recusals) is not None

    def owed(self, assessor: Employee) -> list[Nominee]:
        """The nominees whom this assessor has still to score."""
        return [nominee for nominee in self.due(assessor) if (nominee.pk, assessor.pk) not in self.sheets]

    def due(self, assessor: Employee) -> list[Nominee]:
        """The nominees whom this assessor scores at all."""
        return [nominee for nominee in self.nominees if not self.is_excused(nominee, assessor)]

    def unscored(self) -> list[Nominee]:
        """Nominees with nobody left to score them."""
        return [n for n in self.nominees if all(self.is_excused(n, assessor) for assessor in self.assessors)]

    def counted(self, nominee: Nominee) -> list[ScoreSheet]:
        """The sheets that make the nominee's score, in the order of the assessors."""
        keys = ((nominee.pk, assessor.pk) for assessor in self.assessors)
        return [self.sheets[key] for key in keys if key in self.sheets]

    def state(self, nominee: Nominee, assessor: Employee) -> str:
        """How far this sheet is: "submitted", "recused", "draft" or "todo"."""
        key = nominee.pk, assessor.pk
        if key in self.sheets:
            return "submitted"
        if self.is_excused(nominee, assessor):
            return "recused"
        return "draft" if key in self.drafts else "todo"

    @property
    def progress(self) -> tuple[int, int]:
        """How many sheets are in, of how many."""
        total = sum(len(self.due(assessor)) for assessor in self.assessors)
        return total - sum(len(self.owed(assessor)) for assessor in self.assessors), total

    @property
    def is_complete(self) -> bool:
        return not self.unscored() and not any(self.owed(assessor) for assessor in self.assessors)


def reason_excused(nominee: Nominee, assessor: Employee, recusals: Iterable[Recusal]) -> str | None:
    """Why this assessor gives this nominee no score."""
    if nominee.employee_id == assessor.pk:
        return _("Nobody scores himself.")
    if any(item.assessor_id == assessor.pk and item.covers(nominee) for item in recusals):
        return _("%(assessor)s does not score %(nominee)s: recused.") % {"assessor": assessor, "nominee": nominee}
    return None


def panel(stage: Stage) -> Panel:
    """The whole panel of a stage in four queries. Only for stages whose kind has sheets."""
    sheets: dict[str, dict[tuple[int, int], ScoreSheet]] = defaultdict(dict)
    found = stage.sheets.exclude(state=ScoreSheet.State.SUPERSEDED).select_related("assessor", "written_by")
    for sheet in found:
        sheets[sheet.state][sheet.nominee_id, sheet.assessor_id] = sheet
    return Panel(
        stage=stage,
        assessors=stage.what.assessors(stage),
        nominees=list(Nominee.objects.in_play_at(stage)),
        recusals=list(stage.round.recusals.select_related("assessor", "nominee__employee")),
        sheets=sheets[ScoreSheet.State.SUBMITTED],
        drafts=sheets[ScoreSheet.State.DRAFT],
    )
