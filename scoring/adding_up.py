"""How the parts add up, as a picture: one bar per finalist, all on one scale from 0 to 100."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from anas.rounds.models import Stage
from scoring import arithmetic
from scoring.results import Row

NARROW, TINY = 12, 6  # nearer to the number before it, one has no room on a phone, on any screen


@dataclass(frozen=True)
class Piece:
    """One part of a bar, from `start` on; nothing is printed of it but the points. `away`: how far its number stands
    from the one before it."""

    stage: Stage
    points: Decimal
    start: Decimal
    away: Decimal

    @property
    def end(self) -> Decimal:
        return self.start + self.points

    @property
    def middle(self) -> Decimal:
        return arithmetic.half_up(self.start + self.points / 2)

    @property
    def room(self) -> str:
        """How much room there is for the number: "", "narrow" or "tiny"."""
        return "tiny" if self.away < TINY else "narrow" if self.away < NARROW else ""


@dataclass(frozen=True)
class Bar:
    """One finalist: `best` is where the winner's bar ends, on the bars of the others."""

    row: Row
    pieces: list[Piece]
    best: Decimal | None


def bars(stages: Iterable[Stage], rows: list[Row]) -> list[Bar]:
    """The finalists among these rows, in their order."""
    finalists, stages = [row for row in rows if row.standing], list(stages)
    best = next((row.final for row in finalists if row.standing.is_winner), None)
    return [Bar(row, _pieces(stages, row), None if row.standing.is_winner else best) for row in finalists]


def _pieces(stages: list[Stage], row: Row) -> list[Piece]:
    scored, found = [stage for stage in stages if stage.code in row.points], []
    start, before = arithmetic.ZERO, Decimal(100)  # nothing stands before the first
    for stage in scored:
        points = row.points[stage.code]
        found.append(Piece(stage, points, start, away=(before + points) / 2))
        start, before = start + points, points
    return found


@dataclass(frozen=True)
class Lead:
    """The first two of a classification, and by how much the first is ahead; 0.00 where a tie was broken."""

    first: Row
    second: Row
    by: Decimal


def lead(rows: list[Row]) -> Lead | None:
    """None where fewer than two are in the ranking."""
    ranked = sorted((row for row in rows if row.standing), key=lambda row: row.standing.rank)
    if len(ranked) < 2:
        return None
    return Lead(ranked[0], ranked[1], by=ranked[0].final - ranked[1].final)
