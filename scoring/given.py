"""What was given by somebody, as the audit bundle has it: score sheets, recusals, decisions."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from nominations.models import Nominee
from scoring.explain import shuffled
from scoring.models import Recusal, ScoreSheet
from scoring.stage import PanelStage

ASSESSOR = "Penilai {}"  # as on the sheets of the office, whatever language the reader has chosen
RECUSED = "Penilai yang mundur {}"


class Given:
    """With the names of those who gave it, or without. `ids`: of the nominees, by their keys. `people`: everybody who
    has been named so far."""

    def __init__(self, round: Round, nominees: list[Nominee], ids: dict[int, str], names: bool):
        self.round, self.nominees, self.ids, self.names = round, nominees, ids, names
        self.people: set[Employee] = set()

    def work(self) -> dict[str, Any]:
        """Every sheet that was handed in, those that were superseded too; who stepped back; and how many assessors
        each stage has."""
        panels = [stage for stage in self.round.stage_list if isinstance(stage.what, PanelStage)]
        proposed = self.round.stage_list[0]
        return {
            "assessors": {stage.code: len(stage.what.assessors(stage)) for stage in panels},
            "sheets": [
                *(self._proposal(proposed, nominee) for nominee in self.nominees),
                *(sheet for stage in panels for sheet in self._stage(stage)),
            ],
            "recusals": self._recusals(),
        }

    def _proposal(self, stage: Stage, nominee: Nominee) -> dict[str, Any]:
        """The unit's own sheet."""
        sheet = {"stage": stage.code, "nominee": self.ids[nominee.pk], "assessor": nominee.unit.name}
        by, at = nominee.proposal.submitted_by, nominee.proposal.submitted_at
        return sheet | {"state": "submitted", "scores": nominee.scores} | self._named(by, by, at)

    def _named(self, author: Employee, writer: Employee, at: datetime, reason: str = "") -> dict[str, Any]:
        """What only a bundle with names has: the audit trail has names for times and reasons."""
        if not self.names:
            return {}
        self.people |= {author, writer}
        who = {"assessor": author.full_name, "assessor_key": author.pk, "written_by": writer.pk}
        return who | {"submitted_at": at.isoformat(), "reason": reason}

    def _stage(self, stage: Stage) -> list[dict[str, Any]]:
        found = defaultdict(list)
        sheets = stage.sheets.exclude(state=ScoreSheet.State.DRAFT).select_related("assessor", "written_by")
        for sheet in sheets.order_by("pk"):
            found[sheet.nominee_id].append(sheet)
        return [row for nominee in self.nominees for row in self._nominee(stage, nominee, found[nominee.pk])]

    def _nominee(self, stage: Stage, nominee: Nominee, sheets: list[ScoreSheet]) -> list[dict[str, Any]]:
        """One nominee's sheets, assessor by assessor. Where the assessors have no names their order says nothing, and
        they have the numbers that they have on the page that explains a score."""
        counted = {sheet.assessor_id for sheet in sheets if sheet.is_submitted}
        authors = {sheet.assessor for sheet in sheets}
        order = sorted(authors, key=lambda author: (author.pk not in counted, shuffled(nominee, author)))
        if self.names:
            order = sorted(authors, key=lambda author: (author.name, author.pk))
        return [
            self._sheet(stage, sheet, self._label(stage, number))
            for number, author in enumerate(order, 1)
            for sheet in sheets
            if sheet.assessor == author
        ]

    def _label(self, stage: Stage, number: int) -> str:
        return ASSESSOR.format(number) if stage.what.hides_authors else self.round.scope.head_title or stage.spec.name

    def _sheet(self, stage: Stage, sheet: ScoreSheet, label: str) -> dict[str, Any]:
        row = {"stage": stage.code, "nominee": self.ids[sheet.nominee_id], "assessor": label}
        row |= {"state": sheet.state, "scores": sheet.scores}
        return row | self._named(sheet.assessor, sheet.written_by, sheet.submitted_at, sheet.reason)

    def _recusals(self) -> list[dict[str, Any]]:
        """Without names those who stepped back are numbered apart from the sheets: the minutes name them."""
        recusals = list(self.round.recusals.select_related("assessor").order_by("declared_at", "pk"))
        numbers = {key: number for number, key in enumerate(dict.fromkeys(item.assessor_id for item in recusals), 1)}
        return [self._recusal(item, numbers[item.assessor_id]) for item in recusals]

    def _recusal(self, recusal: Recusal, number: int) -> dict[str, Any]:
        row = {"assessor": RECUSED.format(number), "classification": recusal.classification}
        row |= {"nominee": self.ids.get(recusal.nominee_id), "reason": recusal.reason}
        if self.names:
            self.people.add(recusal.assessor)
            row |= {"assessor": recusal.assessor.full_name, "assessor_key": recusal.assessor_id}
        return row

    def decisions(self) -> list[dict[str, Any]]:
        """The decisions on ties, with who decided in which role."""
        chair = self.round.members.filter(role=rules.CHAIR).values_list("employee", flat=True).first()
        rows = []
        for item in self.round.decisions.select_related("decided_by").order_by("decided_at", "pk"):
            row = {"stage": item.stage, "classification": item.classification, "reason": item.reason}
            row |= {"order": [self.ids[key] for key in item.order]}
            row |= {"role": rules.CHAIR if item.decided_by_id == chair else rules.HEAD}
            rows.append(row | ({"decided_by": item.decided_by.full_name} if self.names else {}))
        return rows
