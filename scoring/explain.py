"""How a number came about: from the final score down to sheets and votes, each line with the numbers it is made of."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds.models import Stage
from anas.rounds.scheme import Criterion
from anas.rounds.stage import Sheets, Votes
from nominations.models import Nominee
from scoring import results
from scoring.recap import Recap
from scoring.results import Row


@dataclass(frozen=True)
class SheetLine:
    """One sheet: who, what it comes to, and of which scores with which weights."""

    author: str
    score: Decimal
    scores: list[tuple[Criterion, Decimal]]


@dataclass(frozen=True)
class Part:
    """One stage's part of the final score: points = weight × score / 100."""

    stage: Stage
    score: Decimal
    points: Decimal
    source: str  # the address of what it was given on; empty for those who may not open it
    sheets: list[SheetLine] = field(default_factory=list)
    votes: Votes | None = None

    @property
    def url(self) -> str:
        """Where on its page the part is explained."""
        return f"#{self.stage.code}"

    @property
    def label(self) -> str:
        return str(self.stage)

    @property
    def weight(self) -> Decimal:
        return self.stage.spec.weight

    @property
    def lines(self) -> list[tuple[Criterion, list[tuple[str, Decimal]]]]:
        """The scores by criterion, each with whose it is; empty where they are not shown."""
        whole = zip(*(sheet.scores for sheet in self.sheets), strict=True)
        return [
            (some[0][0], [(s.author, score) for s, (_c, score) in zip(self.sheets, some, strict=True)])
            for some in whole
        ]

    @property
    def has_equal_weights(self) -> bool:
        return len({criterion.weight for criterion in self.stage.spec.criteria}) == 1

    @property
    def weights(self) -> Decimal | int:
        """What the sum of a sheet is divided by: with equal weights the number of the indicators."""
        weights = [criterion.weight for criterion in self.stage.spec.criteria]
        return len(weights) if self.has_equal_weights else sum(weights)


Marks = dict[str, dict[int, Sheets | Votes]]  # by the stage's code and the nominee's key


def marks(recap: Recap) -> Marks:
    """What the numbers of this recap come from, for all nominees: read once."""
    return {stage.code: stage.what.marks(stage) for stage in recap.stages}


def parts(recap: Recap, row: Row, known: Marks) -> list[Part]:
    """The parts that the nominee's score is made of, as far as this recap shows them."""
    return [
        _part(recap, row, stage, known[stage.code][row.nominee.pk])
        for stage in recap.stages
        if stage.code in row.scores
    ]


def _part(recap: Recap, row: Row, stage: Stage, marks: Sheets | Votes) -> Part:
    score, points = row.scores[stage.code], row.points[stage.code]
    if isinstance(marks, Votes):
        return Part(stage, score, points, _source(recap, row.nominee, stage, marks), votes=marks)
    sheets = _sheets(recap, row.nominee, stage, marks)
    return Part(stage, score, points, _source(recap, row.nominee, stage, marks), sheets)


def _source(recap: Recap, nominee: Nominee, stage: Stage, marks: Sheets | Votes) -> str:
    """The page of the count, of the proposal or of the sheets, for those who may open it."""
    if isinstance(marks, Votes):
        return reverse("voting:box", args=[stage.round_id])
    if not recap.knows_names:
        return ""
    if stage.what.is_nominating:
        return reverse("nominations:proposal", args=[stage.round_id, nominee.proposal.unit_id])
    return reverse("scoring:sheet", args=[stage.round_id, stage.code, nominee.pk])


def _sheets(recap: Recap, nominee: Nominee, stage: Stage, marks: Sheets) -> list[SheetLine]:
    written = list(zip(marks.authors or [None] * len(marks.sheets), marks.sheets, strict=True))
    hides = stage.what.hides_authors and not recap.knows_names
    if hides:
        written.sort(key=lambda pair: shuffled(nominee, pair[0]))
    return [
        SheetLine(
            author=_("Assessor %(number)s") % {"number": number} if hides else str(author or nominee.unit),
            score=results.sheet_score(scores, stage.spec),
            scores=[(item, scores[item.code]) for item in stage.spec.criteria] if recap.knows_criteria else [],
        )
        for number, (author, scores) in enumerate(written, 1)
    ]


def shuffled(nominee: Nominee, author: Employee) -> str:
    """Puts the pseudonyms into an order that follows no name, and is another one for each nominee."""
    return salted_hmac("scoring.explain", f"{nominee.pk}/{author.pk}").hexdigest()
