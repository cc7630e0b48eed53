"""The head of the office scores the finalists, seeing what they have so far."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anas.rounds.forms import ScoresForm
from anas.rounds.models import Stage
from anas.rounds.scheme import Classification
from anas.rounds.stage import Votes
from nominations.finding import tell
from nominations.models import Nominee
from scoring import results, rules
from scoring.desk import Desk, find_desk
from scoring.forms import Grid
from scoring.models import ScoreSheet
from scoring.views.sheets import stage_context
from scoring.views.writing import sent, write


@dataclass(frozen=True)
class Finalist:
    nominee: Nominee
    votes: Votes | None
    scores: list[tuple[Stage, Decimal]]  # of the stages before this one, in the order of play
    form: ScoresForm | None
    sheet: ScoreSheet | None
    not_writing: str | None


def head(request: HttpRequest, pk: int) -> HttpResponse:
    """All finalists on one page, by classification, those with the most votes first."""
    desk = find_desk(request, pk, kind="head")
    open_to = [nominee for nominee in desk.owed if not desk.reason_not_writing(nominee)]
    grid = Grid(desk, open_to, desk.stage.spec.criteria, sent(request))
    if request.method == "POST":
        answer = write(request, grid, to=request.path)
        if answer:
            return answer
    context = stage_context(request, desk)
    reads = bool(desk.seat) or desk.stage.is_settled
    groups = _finalists(desk, grid) if reads else []
    tell(request, desk.stage.round, desk.order if reads else [], kind="scores")
    return render(request, "scoring/head.html", context | {"groups": groups, "grid": grid, "reads": reads})


def _finalists(desk: Desk, grid: Grid) -> list[tuple[Classification, list[Finalist]]]:
    rows = {row.nominee.pk: row for some in results.rows(desk.stage.round).values() for row in some}
    before = [stage for stage in desk.stage.round.stage_list[: desk.stage.position] if stage.is_settled]
    votes = _votes(before)
    found = {
        nominee: Finalist(
            nominee=nominee,
            votes=votes.get(nominee.pk),
            scores=[(stage, rows[nominee.pk].scores[stage.code]) for stage in before],
            form=grid.forms.get(nominee),
            sheet=_sheet(desk, nominee),
            not_writing=desk.seat and desk.reason_not_writing(nominee),
        )
        for nominee in desk.order
    }
    return [(item, sorted((found[one] for one in some), key=_most_votes)) for item, some in desk.groups]


def _most_votes(finalist: Finalist) -> tuple[int, str, int]:
    votes = finalist.votes.votes if finalist.votes else 0
    return -votes, finalist.nominee.name, finalist.nominee.pk


def _sheet(desk: Desk, nominee: Nominee) -> ScoreSheet | None:
    if rules.may_see_sheets(desk.by, desk.whole, nominee):
        return None
    return next(iter(desk.whole.counted(nominee)), None)


def _votes(stages: list[Stage]) -> dict[int, Votes]:
    """What the polls gave, by nominee: only counted ones are finished."""
    return {
        nominee: marks
        for stage in stages
        if not stage.what.uses_criteria
        for nominee, marks in stage.what.marks(stage).items()
        if isinstance(marks, Votes)
    }
