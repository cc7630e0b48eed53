"""How far the sheets for the nominees lie apart, in numbers and as a picture."""

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
    def yes(self) -> int:
        """How many say yes, where that is the question."""
        return sum(score > 0 for score in self.scores)

    @property
    def no(self) -> int:
        return len(self.scores) - self.yes

    @property
    def middle(self) -> int:
        """The number in the middle of the picture."""
        return (self.start + 100) // 2

    @property
    def places(self) -> dict[str, object]:
        """Where things stand in the picture, 0 to 100 from left to right: a ring for each score that somebody gave,
        with who gave it; what many gave lies on top."""
        return {
            "low": self._place(self.low),
            "mean": self._place(self.mean),
            "high": self._place(self.high),
            "rings": sorted(
                ((self._place(score), score, self._who_gave(score)) for score in set(self.scores)),
                key=lambda ring: (len(ring[2]), ring[0]),
            ),
        }

    def _who_gave(self, wanted: Decimal) -> list[str]:
        return [assessor.name for assessor, score in self.pairs if score == wanted]

    def _place(self, score: Decimal) -> Decimal:
        return arithmetic.half_up((score - self.start) * 100 / (100 - self.start))


@dataclass(frozen=True)
class Spread:
    """The sheets for one nominee side by side: a line per criterion, and one for what the sheets come to."""

    nominee: Nominee
    assessors: list[Employee]
    lines: list[Line]
    total: Line

    @property
    def widest(self) -> Line | None:
        """Where the sheets lie furthest apart; None where they are all alike."""
        line = max(self.lines, key=lambda line: line.width)
        return line if line.width else None


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


@dataclass(frozen=True)
class Dispute:
    """How far the sheets lie apart on one indicator: on average over the nominees, and for whom the furthest."""

    label: str
    apart: Decimal
    widest: Spread
    line: Line  # of the widest


def disputes(spreads: Iterable[Spread]) -> list[Dispute]:
    """One per indicator, the most disputed first. Empty where no sheets are shown."""
    by_indicator = zip(*([(item, line) for line in item.lines] for item in spreads), strict=True)
    found = []
    for pairs in by_indicator:
        widest, line = max(pairs, key=lambda pair: pair[1].width)
        found.append(Dispute(line.label, arithmetic.mean([one.width for _item, one in pairs]), widest, line))
    return sorted(found, key=lambda dispute: (-dispute.apart, -dispute.line.width))
