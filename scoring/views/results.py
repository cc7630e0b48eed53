"""The numbers of a round, and how each came about."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from anas.rounds import pages, rules
from anas.rounds.models import Round
from nominations.finding import tell
from scoring import adding_up, export, results, workbook
from scoring import explain as explaining
from scoring.recap import Recap
from scoring.recap import recap as recap_for
from scoring.results import Row

FORMATS = {
    "csv": (lambda recap: export.as_csv(export.whole(recap)), "text/csv; charset=utf-8"),
    "xlsx": (workbook.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def find_recap(request: HttpRequest, pk: int) -> Recap:
    """The numbers that this person may see. 404 where there are none."""
    found = recap_for(pages.find_round(request, pk), request.user)
    if found is None:
        raise Http404
    return found


def _tell(request: HttpRequest, recap: Recap, rows: list[Row], *, kind: str) -> None:
    """For the access log, where the visitor sees more than everybody does after the announcement."""
    if recap.knows_criteria:
        tell(request, recap.round, [row.nominee for row in rows], kind=kind)


def recap(request: HttpRequest, pk: int) -> HttpResponse:
    """Every nominee with the score and the points of each stage, the final score and the rank."""
    recap = find_recap(request, pk)
    _tell(request, recap, [row for _item, rows in recap.groups for row in rows], kind="scores")
    round = recap.round
    context = pages.context(request, round, recap=recap, groups=_groups(recap), decisions=round.decisions.all())
    reads = rules.may_read_everything(request.user, round) is None
    decides = reads and round.state == Round.State.RESULT and not round.is_approved
    return render(
        request,
        "scoring/results.html",
        context
        | {
            "reads": reads,
            "decides": decides and rules.HEAD in context["roles"],
            "ties": results.open_ties(round.current_stage) if reads and _is_settled(round) else [],
        },
    )


def _is_settled(round: Round) -> bool:
    return bool(round.current_stage and round.current_stage.is_settled)


def _groups(recap: Recap) -> list[tuple]:
    """Per classification the rows, each with its cells in the order of the columns and its total; and of a result the
    picture of how the parts add up, and who leads."""
    return [
        (
            item,
            [(row, _cells(recap, row), recap.total(row)) for row in rows],
            adding_up.bars(recap.stages, rows),
            adding_up.lead(rows),
        )
        for item, rows in recap.groups
    ]


def _cells(recap: Recap, row: Row) -> list[tuple]:
    return [(stage, row.scores.get(stage.code), row.points.get(stage.code)) for stage in recap.stages]


def explain(request: HttpRequest, pk: int, nominee: int) -> HttpResponse:
    """How one nominee's numbers came about, down to the sheets and the votes."""
    recap = find_recap(request, pk)
    row = recap.row(nominee)
    if row is None:
        raise Http404
    _tell(request, recap, [row], kind="sheets")
    context = {
        "recap": recap,
        "row": row,
        "nominee": row.nominee,
        "parts": explaining.parts(recap, row, explaining.marks(recap)),
    }
    context["classification"] = recap.round.scheme.classification(row.nominee.classification)
    context["total"] = row.final if recap.is_final and row.standing else row.so_far(recap.stages)
    return render(request, "scoring/explain.html", pages.context(request, recap.round, **context))


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The recap as CSV or XLSX, for those who may read everything."""
    recap = find_recap(request, pk)
    pages.only(rules.may_read_everything(request.user, recap.round))
    if request.GET.get("format") not in FORMATS:
        raise Http404
    _tell(request, recap, [row for _item, rows in recap.groups for row in rows], kind="scores-file")
    ending = request.GET["format"]
    make, content_type = FORMATS[ending]
    name = slugify(f"rekapitulasi {recap.round}") or "rekapitulasi"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(make(recap), content_type=content_type, headers=headers)
