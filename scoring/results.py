"""From stored scores to ranks, ties and winners. Reads the database, writes nothing; every number in it comes from
`arithmetic`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from anas.rounds.models import Round, Stage
from anas.rounds.scheme import FINAL, StageSpec
from anas.rounds.stage import Sheets, Votes
from nominations.models import Nominee
from scoring import arithmetic
from scoring.models import Decision, StageScore, Standing


def sheet_score(sheet: dict[str, Decimal], spec: StageSpec) -> Decimal:
    """The score of one complete sheet of a stage (DOMAIN section 2)."""
    return arithmetic.sheet_score(sheet, {criterion.code: criterion.weight for criterion in spec.criteria})


def stage_score(marks: Sheets | Votes, spec: StageSpec) -> Decimal:
    """What a stage's input comes to: the mean of the sheets, or the share of the valid votes."""
    if isinstance(marks, Votes):
        return arithmetic.poll_score(marks.votes, marks.valid)
    return arithmetic.mean([sheet_score(sheet, spec) for sheet in marks.sheets])


@dataclass
class Row:
    """One nominee with everything that has been computed for him so far, by stage code."""

    nominee: Nominee
    scores: dict[str, Decimal] = field(default_factory=dict)
    points: dict[str, Decimal] = field(default_factory=dict)
    standing: Standing | None = None

    @property
    def final(self) -> Decimal:
        """The sum of the points so far; the final score once every stage is settled."""
        return self.standing.final if self.standing else arithmetic.final_score(self.points.values())

    def so_far(self, stages: Iterable[Stage]) -> Decimal:
        """The sum of the points of these stages, as far as the nominee came."""
        return arithmetic.final_score(self.points[stage.code] for stage in stages if stage.code in self.points)

    def known_after(self, stage: Stage) -> "Row":
        """The row as it was when this stage was settled: without the scores of later ones."""
        played = {item.code for item in stage.round.stage_list[: stage.position + 1]}
        return replace(self, scores={code: score for code, score in self.scores.items() if code in played})

    def key(self, first: Decimal, tie_break: Iterable[str]) -> tuple[Decimal, ...]:
        """What ranks this nominee: a number, then the printed scores of the tie-break stages already played."""
        return arithmetic.rank_key(first, self.scores, tie_break)


def rows(round: Round) -> dict[str, list[Row]]:
    """All nominees of the round by classification, in the scheme's order of classifications."""
    by_nominee = {nominee.pk: Row(nominee) for nominee in Nominee.objects.named(round)}
    for score in StageScore.objects.filter(stage__round=round).select_related("stage"):
        row = by_nominee[score.nominee_id]
        row.scores[score.stage.code], row.points[score.stage.code] = score.score, score.points
    for standing in Standing.objects.filter(round=round):
        by_nominee[standing.nominee_id].standing = standing
    sorted_rows: dict[str, list[Row]] = {code: [] for code in round.scheme.classification_codes}
    for row in by_nominee.values():
        sorted_rows[row.nominee.classification].append(row)
    return sorted_rows


@dataclass(frozen=True)
class Tie:
    """Nominees whom the rule leaves equal although it matters: somebody has to decide, with a reason."""

    stage: str
    classification: str
    nominees: list[Nominee]
    place: int  # the first of the places that they share

    @property
    def places(self) -> list[int]:
        return list(range(self.place, self.place + len(self.nominees)))

    @property
    def is_final(self) -> bool:
        return self.stage == FINAL


def decisions(round: Round, stage: str) -> dict[str, list[list[int]]]:
    """The recorded orders by classification."""
    found: dict[str, list[list[int]]] = defaultdict(list)
    for decision in Decision.objects.filter(round=round, stage=stage):
        found[decision.classification].append(decision.order)
    return found


def shortlist_groups(stage: Stage, in_play: list[Row], orders: list[list[int]]) -> list[list[int]]:
    """The nominees of one classification ranked by this stage's own score, then by the scheme's rule and the recorded
    decisions. A group of more than one is a tie."""
    tie_break = stage.round.scheme.tie_break
    keys = {row.nominee.pk: row.key(row.scores[stage.code], tie_break) for row in in_play}
    return arithmetic.decided(arithmetic.ranked(keys), orders)


def final_groups(round: Round, in_play: list[Row], orders: list[list[int]]) -> list[list[int]]:
    """The finalists of one classification ranked by final score, then by rule and decisions."""
    keys = {row.nominee.pk: row.key(row.final, round.scheme.tie_break) for row in in_play}
    return arithmetic.decided(arithmetic.ranked(keys), orders)


def shortlist_ties(stage: Stage) -> list[Tie]:
    """Undecided ties that cross the line below the places that go on."""
    if not stage.spec.advance:
        return []
    orders = decisions(stage.round, stage.code)
    found = []
    for code, in_play in in_play_at(stage).items():
        groups = shortlist_groups(stage, in_play, orders[code])
        tied = arithmetic.tie_across(groups, stage.spec.advance)
        if tied:
            found.append(Tie(stage.code, code, _nominees(in_play, tied), _place(groups, tied)))
    return found


def _place(groups: list[list[int]], tied: list[int]) -> int:
    """The first place that a group of tied nominees shares."""
    return 1 + sum(len(group) for group in groups[: groups.index(tied)])


def final_ties(round: Round) -> list[Tie]:
    """Undecided ties in the final ranking, once every stage is settled; before that there are none to speak of."""
    last = round.stage_list[-1]
    if not last.is_settled:
        return []
    orders = decisions(round, FINAL)
    found = []
    for code, finalists in finalist_rows(round).items():
        groups = final_groups(round, finalists, orders[code])
        for tied in arithmetic.ties(groups):
            found.append(Tie(FINAL, code, _nominees(finalists, tied), _place(groups, tied)))
    return found


def open_ties(stage: Stage) -> list[Tie]:
    """What has to be decided before the round can go on from a settled stage: first its shortlist, then, after the
    last stage, the final ranking."""
    return shortlist_ties(stage) or (final_ties(stage.round) if stage.next is None else [])


def advancing(stage: Stage) -> set[int]:
    """Keys of the nominees who go on from a settled stage without open ties."""
    orders = decisions(stage.round, stage.code)
    going_on: set[int] = set()
    for code, in_play in in_play_at(stage).items():
        placed = [key for group in shortlist_groups(stage, in_play, orders[code]) for key in group]
        going_on.update(placed[: stage.spec.advance] if stage.spec.advance else placed)
    return going_on


def finalist_rows(round: Round) -> dict[str, list[Row]]:
    """Who ends in the ranking. Where the last stage shortlists too, only those whom it lets go on."""
    last = round.stage_list[-1]
    going_on = advancing(last)
    return {code: [row for row in some if row.nominee.pk in going_on] for code, some in in_play_at(last).items()}


def in_play_at(stage: Stage) -> dict[str, list[Row]]:
    """Who was scored in this stage, by classification, with the scores that were known then: a shortlist is the same
    whenever it is asked for."""
    return {
        code: [row.known_after(stage) for row in some if stage.code in row.scores]
        for code, some in rows(stage.round).items()
    }


def _nominees(some: list[Row], keys: list[int]) -> list[Nominee]:
    found = {row.nominee.pk: row.nominee for row in some}
    return sorted((found[key] for key in keys), key=lambda nominee: (nominee.name, nominee.pk))


def in_rank_order(some: list[Row]) -> list[Row]:
    """Finalists by rank; after them those who were not shortlisted, by name."""
    return sorted(
        some,
        key=lambda row: (row.standing is None, row.standing.rank if row.standing else 0, row.nominee.name),
    )


def finalists(round: Round) -> list[Row]:
    """Who ended in the ranking: by classification in the scheme's order, then by rank. Empty before the result."""
    return [row for some in rows(round).values() for row in in_rank_order(some) if row.standing]


def winners(round: Round) -> list[Row]:
    """The best of each classification, in the scheme's order (mechanism, step 6)."""
    return [row for row in finalists(round) if row.standing.is_winner]
