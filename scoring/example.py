"""A scheme explained by an example: three invented nominees of one classification, and every step from the scores on
the indicators to the winner. Pure, and always the same for the same scheme; every number comes from `arithmetic`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product

from anas.rounds.scheme import Classification, Criterion, Scheme, StageSpec
from scoring import arithmetic

FIRST, SECOND, THIRD = NAMES = ("A", "B", "C")
LEVELS = {FIRST: 78, SECOND: 80, THIRD: 66}
WAVE = (3, -2, 4, 0, -4, 2, -1)  # so that not every indicator gets the same
VOTES = {FIRST: 39, SECOND: 41, THIRD: 20}
ASSESSORS = {"panel": 2}  # sheets for each nominee; elsewhere one
LIFTS = range(-4, 17)  # of A's scores on all indicators, to make the example end in a tie
STEPS = sorted(range(-6, 7), key=abs)  # and of the first indicator alone


@dataclass(frozen=True)
class Sheet:
    scores: tuple[tuple[Criterion, Decimal], ...]
    score: Decimal


@dataclass(frozen=True)
class Part:
    """What one stage gives one nominee: of sheets, or of votes where there are none."""

    spec: StageSpec
    score: Decimal
    points: Decimal
    sheets: tuple[Sheet, ...] = ()
    votes: int = 0
    valid: int = 0

    @property
    def label(self) -> str:
        return self.spec.name

    @property
    def weight(self) -> Decimal:
        return self.spec.weight


@dataclass
class Nominee:
    name: str
    parts: list[Part] = field(default_factory=list)

    @property
    def final(self) -> Decimal:
        return arithmetic.final_score(part.points for part in self.parts)

    @property
    def scores(self) -> dict[str, Decimal]:
        return {part.spec.code: part.score for part in self.parts}

    def key(self, first: Decimal, scheme: Scheme) -> tuple[Decimal, ...]:
        return arithmetic.rank_key(first, self.scores, scheme.tie_break)


@dataclass(frozen=True)
class Played:
    """One stage as it was played: what each nominee got, who goes on, and who is left out."""

    spec: StageSpec
    parts: list[tuple[str, Part]]
    left_out: list[str]

    @property
    def lines(self) -> list[tuple[Criterion, list[tuple[str, int, Decimal]]]]:
        """The scores by indicator: whose, on which sheet, how much."""
        return [
            (
                criterion,
                [
                    (name, number, sheet.scores[place][1])
                    for name, part in self.parts
                    for number, sheet in enumerate(part.sheets, 1)
                ],
            )
            for place, criterion in enumerate(self.spec.criteria)
        ]

    @property
    def has_several_sheets(self) -> bool:
        return any(len(part.sheets) > 1 for _name, part in self.parts)

    @property
    def has_equal_weights(self) -> bool:
        return len({criterion.weight for criterion in self.spec.criteria}) == 1


@dataclass(frozen=True)
class Example:
    """`tie_break`: the names of the stages that decide between equals. `equal`: who shares the best final score, if
    anybody does; `decided_by`: the stage that then decides, None where the rule leaves it to somebody."""

    classification: Classification
    tie_break: list[str]
    stages: list[Played]
    nominees: list[Nominee]  # who came to the end, the best first
    equal: list[Nominee]
    decided_by: StageSpec | None

    @property
    def winner(self) -> Nominee | None:
        return self.nominees[0] if not self.equal or self.decided_by else None

    @property
    def deciding(self) -> list[tuple[str, Decimal]]:
        """The scores that decide between those who are equal."""
        return [(item.name, item.scores[self.decided_by.code]) for item in self.equal] if self.decided_by else []


@lru_cache(maxsize=32)
def example(scheme: Scheme) -> Example:
    """Two end equal where the scheme has a rule for that, so that the rule is seen at work."""
    return _played(scheme, _tilt(scheme))


def _played(scheme: Scheme, tilt: dict[str, tuple[int, int]]) -> Example:
    nominees, stages = [Nominee(name) for name in NAMES], []
    for spec in scheme.stages:
        names = [item.name for item in nominees]
        some = {name: _part(spec, name, names, tilt.get(spec.code, (0, 0))) for name in names}
        for item in nominees:
            item.parts.append(some[item.name])
        keys = {item.name: item.key(some[item.name].score, scheme) for item in nominees}
        order = [name for group in arithmetic.ranked(keys) for name in sorted(group)]
        left_out = order[spec.advance :] if spec.advance else []
        stages.append(Played(spec, list(some.items()), left_out))
        nominees = [item for item in nominees if item.name not in left_out]
    return _ended(scheme, stages, nominees)


def _ended(scheme: Scheme, stages: list[Played], nominees: list[Nominee]) -> Example:
    """Ranks who came to the end."""
    known = {item.name: item for item in nominees}
    groups = arithmetic.ranked({item.name: item.key(item.final, scheme) for item in nominees})
    ordered = [known[name] for group in groups for name in sorted(group)]
    best = [item for item in ordered if item.final == ordered[0].final]
    equal = best if len(best) > 1 else []
    deciding = (code for code in scheme.tie_break if len({item.scores[code] for item in equal}) > 1)
    decided_by = next((scheme.stage(code) for code in deciding), None) if len(groups[0]) == 1 else None
    names = [scheme.stage(code).name for code in scheme.tie_break]
    return Example(scheme.classifications[0], names, stages, ordered, equal, decided_by)


def _part(spec: StageSpec, name: str, in_play: Sequence[str] = NAMES, tilt: tuple[int, int] = (0, 0)) -> Part:
    if not spec.criteria:
        valid = sum(VOTES[other] for other in in_play)
        score = arithmetic.poll_score(VOTES[name], valid)
        return Part(spec, score, arithmetic.points(spec.weight, score), votes=VOTES[name], valid=valid)
    lift, step = tilt if name == FIRST else (0, 0)
    sheets = tuple(_sheet(spec, name, number, lift, step) for number in range(ASSESSORS.get(spec.kind, 1)))
    score = arithmetic.mean([sheet.score for sheet in sheets])
    return Part(spec, score, arithmetic.points(spec.weight, score), sheets=sheets)


def _sheet(spec: StageSpec, name: str, number: int, lift: int, step: int) -> Sheet:
    scores = tuple(
        (criterion, _score(criterion, name, place + 3 * number, lift + (step if place == number == 0 else 0)))
        for place, criterion in enumerate(spec.criteria)
    )
    weights = {criterion.code: criterion.weight for criterion in spec.criteria}
    return Sheet(scores, arithmetic.sheet_score({item.code: score for item, score in scores}, weights))


def _score(criterion: Criterion, name: str, place: int, lift: int) -> Decimal:
    if criterion.is_yes_no:
        return Decimal(0 if name == THIRD else 100)
    return Decimal(min(100, LEVELS[name] + WAVE[(place + NAMES.index(name)) % len(WAVE)] + lift))


def _tilt(scheme: Scheme) -> dict[str, tuple[int, int]]:
    """How A's scores have to be for A to end equal with B, who is ahead where the rule looks first; empty where that
    cannot be."""
    if not scheme.tie_break or any(spec.advance == 1 for spec in scheme.stages):
        return {}
    plain = _played(scheme, {})
    goal = next(item.final for item in plain.nominees if item.name == SECOND)
    fixed = [spec for spec in scheme.stages if not spec.criteria or spec.code == scheme.tie_break[0]]
    free = sorted((spec for spec in scheme.stages if spec not in fixed), key=lambda spec: -spec.weight)
    in_play = {played.spec.code: [name for name, _given in played.parts] for played in plain.stages}
    start = arithmetic.final_score(_part(spec, FIRST, in_play[spec.code]).points for spec in fixed)
    for tilts in _tilts(len(free)):
        some = (_points(spec, *tilt) for spec, tilt in zip(free, tilts, strict=True))
        if free and start + arithmetic.final_score(some) == goal:
            return _checked(scheme, {spec.code: tilt for spec, tilt in zip(free, tilts, strict=True)})
    return {}


def _tilts(stages: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All stages are lifted alike; of the first indicator the two heaviest stages have steps of their own."""
    for first, second, lift in product(STEPS, STEPS if stages > 1 else [0], LIFTS):
        yield tuple((lift, step) for step in (first, second, *[0] * stages)[:stages])


@lru_cache(maxsize=2048)
def _points(spec: StageSpec, lift: int, step: int) -> Decimal:
    return _part(spec, FIRST, tilt=(lift, step)).points


def _checked(scheme: Scheme, tilt: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Only where the two are the best, and the rule does decide."""
    ended = _played(scheme, tilt)
    return tilt if ended.decided_by and len(ended.equal) == 2 else {}
