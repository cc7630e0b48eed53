"""How far the sheets for one nominee lie apart."""

from dataclasses import dataclass
from decimal import Decimal

from anas.people.models import Employee
from nominations.models import Nominee
from scoring import arithmetic, results
from scoring.panel import Panel


@dataclass(frozen=True)
class Line:
    """What the assessors gave for one thing."""

    label: str
    assessors: list[Employee]
    scores: list[Decimal]  # in the order of the assessors

    @property
    def pairs(self) -> list[tuple[Employee, Decimal]]:
        return list(zip(self.assessors, self.scores, strict=True))

    @property
    def low(self) -> Decimal:
        return min(self.scores)

    @property
    def high(self) -> Decimal:
        return max(self.scores)

    @property
    def mean(self) -> Decimal:
        return arithmetic.mean(self.scores)

    @property
    def width(self) -> Decimal:
        return self.high - self.low


@dataclass(frozen=True)
class Spread:
    """The sheets for one nominee side by side: a line per criterion, and one for what the sheets come to."""

    nominee: Nominee
    assessors: list[Employee]
    lines: list[Line]
    total: Line


def spread(whole: Panel, nominee: Nominee) -> Spread | None:
    """None where no sheet is in."""
    sheets, spec = whole.counted(nominee), whole.stage.spec
    if not sheets:
        return None
    assessors, values = [sheet.assessor for sheet in sheets], [sheet.score_values for sheet in sheets]
    lines = [Line(item.name, assessors, [scores[item.code] for scores in values]) for item in spec.criteria]
    total = Line("", assessors, [results.sheet_score(scores, spec) for scores in values])
    return Spread(nominee, assessors, lines, total)
