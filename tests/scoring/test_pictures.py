"""What the pictures say: how the parts add up, and where the sheets lie apart. No database."""

from decimal import Decimal
from types import SimpleNamespace

from anas.people.models import Employee
from scoring import adding_up, spread
from scoring.models import Standing
from scoring.results import Row
from scoring.spread import Line, Spread

STAGES = [SimpleNamespace(code=code) for code in ("usulan", "tim", "polling", "kepala")]


def row(rank: int | None, *points: str) -> Row:
    found = {stage.code: Decimal(number) for stage, number in zip(STAGES, points, strict=False)}
    standing = Standing(rank=rank, final=sum(found.values())) if rank else None
    return Row(SimpleNamespace(name=str(rank)), points=found, standing=standing)


FIRST, SECOND = row(1, "9.29", "26.81", "27.15", "7.79"), row(2, "8.66", "26.89", "1.00", "0.50")


def test_each_part_begins_where_the_one_before_it_ends():
    bar, other = adding_up.bars(STAGES, [FIRST, SECOND, row(None, "8.00")])

    assert [piece.start for piece in bar.pieces] == [Decimal(n) for n in ("0", "9.29", "36.10", "63.25")]
    assert bar.pieces[-1].end == FIRST.final == Decimal("71.04")
    assert (bar.best, other.best) == (None, Decimal("71.04"))


def test_a_number_without_room_gives_way_to_the_one_before_it():
    bar, other = adding_up.bars(STAGES, [FIRST, SECOND])

    assert [piece.room for piece in bar.pieces] == ["", "", "", ""]
    assert [piece.room for piece in other.pieces] == ["", "", "", "tiny"]


def test_the_lead_is_between_the_first_two():
    lead = adding_up.lead([SECOND, FIRST, row(3, "1.00")])

    assert (lead.first, lead.second, lead.by) == (FIRST, SECOND, Decimal("33.99"))
    assert adding_up.lead([FIRST, row(None, "8.00")]) is None


def given(name: str, **scores: list[int]) -> Spread:
    team = [Employee(name=f"Penilai {n}") for n in range(3)]
    lines = [Line(label, team, [Decimal(n) for n in some], 50) for label, some in scores.items()]
    return Spread(SimpleNamespace(name=name), team, lines, lines[0])


ALIKE = given("Agus", kinerja=[80, 80, 80], inovasi=[70, 75, 80])
APART = given("Budi", kinerja=[60, 80, 80], inovasi=[60, 90, 100])


def test_the_most_disputed_indicator_stands_first():
    first, second = spread.disputes([ALIKE, APART])

    assert (first.label, first.apart, first.widest) == ("inovasi", Decimal("25.00"), APART)
    assert (second.label, second.apart, second.line.width) == ("kinerja", Decimal("10.00"), Decimal(20))
    assert spread.disputes([]) == []


def test_the_widest_line_of_a_nominee_is_marked_unless_all_are_alike():
    assert APART.widest.label == "inovasi"
    assert given("Citra", kinerja=[80, 80, 80]).widest is None


def test_equal_scores_share_a_ring_that_says_whose_they_are():
    rings = APART.lines[0].places["rings"]

    assert rings == [
        (Decimal("20.00"), Decimal(60), ["Penilai 0"]),
        (Decimal("60.00"), Decimal(80), ["Penilai 1", "Penilai 2"]),
    ]
