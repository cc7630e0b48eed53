"""Putting tied people into an order, where the rule leaves them equal."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anas.rounds import pages
from anas.rounds.models import Round
from anas.rounds.rules import may_read_everything
from scoring import results, rules, services
from scoring.forms import TieForm
from scoring.results import Row, Tie
from scoring.views.writing import sent


def tie(request: HttpRequest, pk: int, stage: str, classification: str) -> HttpResponse:
    """The tied people, the numbers that do not separate them, and the form for whoever decides."""
    round = pages.find_round(request, pk)
    pages.only(may_read_everything(request.user, round))
    found = _open_tie(round, stage, classification)
    decided = round.decisions.filter(stage=stage, classification=classification).select_related("decided_by")
    if not found and not decided:
        raise Http404
    form = _form(request, round, found) if found and not rules.may_decide(request.user, round, found) else None
    if form and request.method == "POST" and form.is_valid():
        act = {"stage": stage, "classification": classification, **form.cleaned_data, "by": request.user}
        if pages.attempt(request, services.decide, round, **act, done=_("Decided. It stands in the minutes.")):
            return redirect("scoring:results", pk)
    context = {"tie": found, "form": form, "decided": _in_words(round, decided), "classification": classification}
    return render(request, "scoring/tie.html", pages.context(request, round, **context, **_facts(round, found)))


def _open_tie(round: Round, stage: str, classification: str) -> Tie | None:
    now = round.current_stage
    if now is None or not now.is_settled:
        return None
    ties = results.open_ties(now)
    return next((tie for tie in ties if (tie.stage, tie.classification) == (stage, classification)), None)


def _form(request: HttpRequest, round: Round, tie: Tie) -> TieForm:
    goes_on = None if tie.is_final else round.scheme.stage(tie.stage).advance
    return TieForm(sent(request), tie=tie, goes_on=goes_on)


def _facts(round: Round, tie: Tie | None) -> dict[str, object]:
    """The numbers that the rule has compared, in its order: stage names with the tied people's scores."""
    if tie is None:
        return {}
    rows = {row.nominee.pk: row for row in results.rows(round)[tie.classification]}
    tied = [rows[nominee.pk] for nominee in tie.nominees]
    return {
        "decider": rules.decider(round, tie),
        "advance": None if tie.is_final else round.scheme.stage(tie.stage).advance,
        "compared": list(_compared(round, tie, tied)),
        "rule": [round.scheme.stage(code).name for code in round.scheme.tie_break],
    }


def _compared(round: Round, tie: Tie, tied: list[Row]):
    first = _("Final score") if tie.is_final else round.scheme.stage(tie.stage).name
    yield first, [(row, row.final if tie.is_final else row.scores[tie.stage]) for row in tied]
    for code in round.scheme.tie_break:
        if code != tie.stage and all(code in row.scores for row in tied):
            yield round.scheme.stage(code).name, [(row, row.scores[code]) for row in tied]


def _in_words(round: Round, decisions) -> list[dict[str, object]]:
    names = {row.nominee.pk: row.nominee.name for some in results.rows(round).values() for row in some}
    return [{"decision": item, "names": [names[key] for key in item.order if key in names]} for item in decisions]
