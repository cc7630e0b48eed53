"""The pages of a stage with sheets: what is owed, and the sheets by nominee and by indicator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anas.rounds import guards, pages
from anas.rounds.forms import ReasonForm
from anas.rounds.scheme import Criterion
from nominations.finding import tell
from nominations.models import Nominee
from scoring import rules, services
from scoring.desk import Desk, find_desk
from scoring.forms import Grid, RecusalForm
from scoring.models import ScoreSheet
from scoring.spread import beginning, disputes, spread
from scoring.views.writing import sent, write


def stage(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An assessor's own progress; for those who may read everything, who still owes what."""
    desk = find_desk(request, pk, code=code)
    if desk.stage.what.url(desk.stage) != request.path:
        return redirect(desk.stage.what.url(desk.stage))
    return render(request, "scoring/stage.html", stage_context(request, desk))


def stage_context(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """What the pages of a stage say about the work in it."""
    stage, context = desk.stage, pages.context(request, desk.stage.round)
    closes = stage.is_open and stage.what.closed_by in context["roles"]
    return context | {
        "stage": stage,
        "desk": desk,
        "writing": desk.seat and not stage.reason_not_accepting(),
        "progress": [(one, desk.whole.due(one), desk.whole.owed(one)) for one in desk.whole.assessors],
        "closes": closes,
        "reasons": guards.reasons_not_to_close(stage) if closes else [],
        "mine": [(item, [(one, desk.state(one)) for one in some]) for item, some in desk.groups],
        "matrix": [(item, [(one, _row(desk, one)) for one in some]) for item, some in desk.groups],
    }


def _row(desk: Desk, nominee: Nominee) -> list[tuple[object, str]]:
    return [(one, desk.whole.state(nominee, one)) for one in desk.whole.assessors]


def sheet(request: HttpRequest, pk: int, code: str, nominee: int) -> HttpResponse:
    """The score sheet for one nominee: to write, or, once it is in, to read beside those of the others."""
    desk = find_desk(request, pk, code=code)
    person = desk.nominee(nominee)
    grid = Grid(desk, [person], desk.stage.spec.criteria, sent(request))
    reason_form = ReasonForm(request.POST if request.POST.get("act") == "supersede" else None)
    if request.method == "POST":
        if reason_form.is_bound:
            answer = _supersede(request, grid, reason_form)
        else:
            answer = write(request, grid, to=_after(request, desk, person))
        if answer:
            return answer
    return render(request, "scoring/sheet.html", _sheet_context(request, desk, person, grid, reason_form))


def _supersede(request: HttpRequest, grid: Grid, reason_form: ReasonForm) -> HttpResponse | None:
    grid.require_all()
    if not all([grid.is_valid(), reason_form.is_valid()]):
        return None
    act = {"reason": reason_form.cleaned_data["reason"], "by": request.user}
    return redirect(request.path) if pages.attempt(request, grid.supersede, **act, done=_("Superseded.")) else None


def _after(request: HttpRequest, desk: Desk, nominee: Nominee) -> str:
    """Where a sent sheet leads: with "next" to the next nominee, else back to itself."""
    following = desk.neighbours(nominee)[1]
    if request.POST.get("act") == "next" and following:
        return _sheet_url(desk, following)
    return _sheet_url(desk, nominee)


def _sheet_url(desk: Desk, nominee: Nominee | None) -> str:
    return nominee and reverse("scoring:sheet", args=[desk.stage.round_id, desk.stage.code, nominee.pk])


def _sheet_context(
    request: HttpRequest, desk: Desk, nominee: Nominee, grid: Grid, reason_form: ReasonForm
) -> dict[str, object]:
    before, following = desk.neighbours(nominee)
    hidden = rules.may_see_sheets(request.user, desk.whole, nominee)
    if not hidden and any(one.assessor_id != request.user.pk for one in desk.whole.counted(nominee)):
        tell(request, desk.stage.round, [nominee], kind="sheets")
    superseded = desk.stage.sheets.filter(nominee=nominee, state=ScoreSheet.State.SUPERSEDED)
    return pages.context(
        request,
        desk.stage.round,
        stage=desk.stage,
        desk=desk,
        nominee=nominee,
        classification=desk.stage.round.scheme.classification(nominee.classification),
        proposal=desk.stage.round.stage_list[0],
        grid=grid,
        form=grid.forms[nominee],
        reason_form=reason_form,
        sheet=desk.sheet(nominee),
        not_writing=desk.reason_not_writing(nominee) if desk.seat else "",
        recusals=[item for item in desk.whole.recusals if item.covers(nominee)],
        hidden=hidden,
        spread=None if hidden else spread(desk.whole, nominee),
        superseded=[] if hidden else superseded.select_related("assessor"),
        previous_url=_sheet_url(desk, before),
        previous=before,
        next_url=_sheet_url(desk, following),
        next=following,
    )


def column(request: HttpRequest, pk: int, code: str, criterion: str) -> HttpResponse:
    """One indicator for all nominees whom the assessor has still to score, so that they are scored alike."""
    desk = find_desk(request, pk, code=code)
    pages.only(rules.may_score(request.user, desk.stage))
    indicator = desk.criterion(criterion)
    open_to = [nominee for nominee in desk.owed if not desk.reason_not_writing(nominee)]
    grid = Grid(desk, open_to, [indicator], sent(request))
    codes = [item.code for item in desk.stage.spec.criteria]
    following = codes[(codes.index(criterion) + 1) % len(codes)]
    to = following if request.POST.get("act") == "next" else criterion
    if request.method == "POST":
        answer = write(request, grid, to=reverse("scoring:column", args=[pk, code, to]))
        if answer:
            return answer
    context = {"stage": desk.stage, "desk": desk, "criterion": indicator, "grid": grid}
    rows = [(item, [_column_row(desk, grid, one, indicator) for one in some]) for item, some in desk.groups]
    return render(request, "scoring/column.html", pages.context(request, desk.stage.round, rows=rows, **context))


def _column_row(desk: Desk, grid: Grid, nominee: Nominee, criterion: Criterion) -> tuple:
    """A nominee with the field, or with the score that has been handed in."""
    sheet = desk.sheet(nominee)
    return nominee, grid.forms.get(nominee), sheet.score_values[criterion.code] if sheet else None


def recuse(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An assessor declares a conflict of interest."""
    desk = find_desk(request, pk, code=code)
    pages.only(rules.may_step_back(request.user, desk.stage))
    form = RecusalForm(sent(request), desk=desk, initial={"whom": request.GET.get("whom")})
    page = {
        "title": _("Step back from scoring"),
        "text": _("Whoever is related to a nominee, or has a stake in the result, does not score."),
        "items": [
            _("You hand in no sheet for this person or classification; what you have handed in no longer counts."),
            _("The score is the mean of the sheets of the others."),
            _("Your name and your reason stand in the minutes. It cannot be taken back."),
        ],
        "submit": _("Step back"),
        "danger": True,
        "reasons": list(filter(None, [desk.stage.reason_not_accepting()])),
    }
    return pages.confirm(
        request,
        services.recuse,
        desk.stage.round,
        page=pages.context(request, desk.stage.round, **page),
        pk=pk,
        to=desk.stage.what.url(desk.stage),
        form=form,
        assessor=request.user,
        by=request.user,
        done=_("You have stepped back."),
    )


def discussion(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """After all sheets are in: how far they lie apart, and what each assessor gave."""
    desk = find_desk(request, pk, code=code)
    start = beginning(desk.whole, desk.order)
    groups = [
        (item, [found for one in some if _may_see(desk, one) and (found := spread(desk.whole, one, start))])
        for item, some in desk.groups
    ]
    shown = [found for _item, some in groups for found in some if set(found.assessors) - {request.user}]
    tell(request, desk.stage.round, [found.nominee for found in shown], kind="sheets")
    told = disputes(found for _item, some in groups for found in some)
    context = stage_context(request, desk) | {"groups": groups, "disputes": told, "owing": _owing(desk)}
    return render(request, "scoring/discussion.html", context)


def _may_see(desk: Desk, nominee: Nominee) -> bool:
    return rules.may_see_sheets(desk.by, desk.whole, nominee) is None


def _owing(desk: Desk) -> list[str]:
    return [] if desk.whole.is_complete else desk.stage.what.reasons_not_to_close(desk.stage)
