"""How far the sheets for one nominee lie apart, in numbers and as a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from anas.people.models import Employee
from nominations.models import Nominee
from scoring import arithmetic, results
from scoring.panel import Panel


@dataclass(frozen=True)
class Line:
    """What the assessors gave for one thing. The picture of it runs from `start` to 100; none where `start` is None."""

    label: str
    assessors: list[Employee]
    scores: list[Decimal]  # in the order of the assessors
    start: int | None

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

    @property
    def places(self) -> dict[str, object]:
        """Where things stand in the picture, 0 to 100 from left to right."""
        return {
            "low": self._place(self.low),
            "mean": self._place(self.mean),
            "high": self._place(self.high),
            "rings": [self._place(score) for score in self.scores],
        }

    def _place(self, score: Decimal) -> Decimal:
        return arithmetic.half_up((score - self.start) * 100 / (100 - self.start))


@dataclass(frozen=True)
class Spread:
    """The sheets for one nominee side by side: a line per criterion, and one for what the sheets come to."""

    nominee: Nominee
    assessors: list[Employee]
    lines: list[Line]
    total: Line


def spread(whole: Panel, nominee: Nominee, start: int | None = None) -> Spread | None:
    """None where no sheet is in. `start`: where the pictures begin, so that several can be compared; else they begin
    below the nominee's lowest score."""
    sheets, spec = whole.counted(nominee), whole.stage.spec
    if not sheets:
        return None
    start = beginning(whole, [nominee]) if start is None else start
    assessors, values = [sheet.assessor for sheet in sheets], [sheet.score_values for sheet in sheets]
    lines = [
        Line(item.name, assessors, [scores[item.code] for scores in values], None if item.is_yes_no else start)
        for item in spec.criteria
    ]
    return Spread(nominee, assessors, lines, Line("", assessors, _totals(whole, values), start))


def _totals(whole: Panel, values: list[dict[str, Decimal]]) -> list[Decimal]:
    return [results.sheet_score(scores, whole.stage.spec) for scores in values]


def beginning(whole: Panel, nominees: Iterable[Nominee]) -> int:
    """The full ten below everything that the pictures of these nominees show, at most 90."""
    values = [sheet.score_values for nominee in nominees for sheet in whole.counted(nominee)]
    graded = [item.code for item in whole.stage.spec.criteria if not item.is_yes_no]
    shown = [scores[code] for scores in values for code in graded] + _totals(whole, values)
    return min(int(min(shown)) // 10 * 10, 90) if shown else 0
