"""One person's place at a stage where sheets are written: what he has to score, and what he may see."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from anas.people.models import Employee
from anas.rounds import pages
from anas.rounds.models import Stage
from anas.rounds.rules import may_read_everything
from anas.rounds.scheme import Classification, Criterion
from nominations.models import Nominee
from scoring import rules
from scoring.models import ScoreSheet
from scoring.panel import Panel, panel, reason_excused
from scoring.stage import PanelStage


@dataclass
class Desk:
    stage: Stage
    by: Employee
    whole: Panel
    seat: Employee | None  # whose sheets this person writes; None for somebody who only reads

    @property
    def reads_everything(self) -> bool:
        return may_read_everything(self.by, self.stage.round) is None

    @property
    def is_deputy(self) -> bool:
        return self.seat is not None and self.seat != self.by

    @property
    def groups(self) -> list[tuple[Classification, list[Nominee]]]:
        """The nominees by classification, in the scheme's order; classifications without any are left out."""
        found = [
            (item, [nominee for nominee in self.whole.nominees if nominee.classification == item.code])
            for item in self.stage.round.scheme.classifications
        ]
        return [(item, nominees) for item, nominees in found if nominees]

    @property
    def order(self) -> list[Nominee]:
        return [nominee for _item, nominees in self.groups for nominee in nominees]

    @property
    def due(self) -> list[Nominee]:
        return self.whole.due(self.seat) if self.seat else []

    @property
    def owed(self) -> list[Nominee]:
        """Whom this person has still to score, in the order of the pages."""
        owed = self.whole.owed(self.seat) if self.seat else []
        return [nominee for nominee in self.order if nominee in owed]

    @property
    def handed_in(self) -> int:
        return len(self.due) - len(self.owed)

    def nominee(self, pk: int) -> Nominee:
        """A nominee of this stage. 404 for anybody else."""
        for nominee in self.whole.nominees:
            if nominee.pk == pk:
                return nominee
        raise Http404

    def state(self, nominee: Nominee) -> str:
        return self.whole.state(nominee, self.seat) if self.seat else ""

    def reason_not_writing(self, nominee: Nominee) -> str | None:
        """Why this person writes no sheet for the nominee, or not now."""
        for person in filter(None, (self.seat, self.by)):
            if reason := reason_excused(nominee, person, self.whole.recusals):
                return reason
        return rules.may_score(self.by, self.stage) or self.stage.reason_not_accepting()

    def sheet(self, nominee: Nominee) -> ScoreSheet | None:
        """The sheet that this person has handed in for the nominee."""
        return self.whole.sheets.get((nominee.pk, self.seat.pk)) if self.seat else None

    def draft(self, nominee: Nominee) -> ScoreSheet | None:
        return self.whole.drafts.get((nominee.pk, self.seat.pk)) if self.seat else None

    def neighbours(self, nominee: Nominee) -> tuple[Nominee | None, Nominee | None]:
        """The nominees before and after this one."""
        around = [None, *self.order, None]
        place = around.index(nominee)
        return around[place - 1], around[place + 1]

    def criterion(self, code: str) -> Criterion:
        """An indicator of this stage. 404 for any other."""
        for criterion in self.stage.spec.criteria:
            if criterion.code == code:
                return criterion
        raise Http404


def find_desk(request: HttpRequest, pk: int, *, code: str | None = None, kind: str | None = None) -> Desk:
    """The person's desk at a stage with sheets, by the stage's code or kind. 404 for whoever has no part in it, and
    before it is open: until then the team does not know whom the units propose."""
    stage = pages.find_stage(pages.find_round(request, pk), code=code, kind=kind)
    if not isinstance(stage.what, PanelStage) or stage.state == Stage.State.PENDING:
        raise Http404
    pages.only(rules.may_look_at(request.user, stage))
    return Desk(stage, request.user, panel(stage), stage.what.seat(stage, request.user))
