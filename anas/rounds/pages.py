"""What the views of every app share: find the round and authorise in one call, and say no in words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from anas.refused import Refused
from anas.rounds import rules
from anas.rounds.models import Round, Stage


def find_round(request: HttpRequest, pk: int) -> Round:
    """The round, for whoever has a part in it. An outsider gets 404, not 403: he does not learn that it exists. Of a
    rehearsal every page then says that it is one."""
    return marked(request, get_object_or_404(Round.objects.visible_to(request.user), pk=pk))


def marked(request: HttpRequest, round: Round) -> Round:
    """Lets the page say that it is one of a rehearsal (base.html), where it is."""
    request.rehearsal = round if round.is_rehearsal else None
    return round


def find_stage(round: Round, *, code: str | None = None, kind: str | None = None) -> Stage:
    """The stage of this code or this kind. 404 where the round's scheme has none."""
    for stage in round.stage_list:
        if stage.code == code or stage.kind == kind:
            return stage
    raise Http404


def only(reason: str | None) -> None:
    """404 where a rule answers with a reason: for pages that the person has no part in."""
    if reason:
        raise Http404(reason)


def still(request: HttpRequest, reason: str | None) -> None:
    """404 where the page is not there any more; whoever sends its form, which was open meanwhile, gets the reason:
    Refused, which is 409."""
    if request.method == "POST" and reason:
        raise Refused(reason)
    only(reason)


def context(request: HttpRequest, round: Round, **more: Any) -> dict[str, Any]:
    """What every page of a round needs."""
    return {"round": round, "steps": steps(round), "roles": rules.roles_in(request.user, round), **more}


def steps(round: Round) -> list[dict[str, Any]]:
    """The round as a line of stages, for components/stage_line.html."""
    line = [
        {
            "label": str(stage),
            "state": _stage_step(round, stage),
            "opens_at": stage.opens_at,
            "closes_at": stage.closes_at,
        }
        for stage in round.stage_list
    ]
    return [*line, _last_step(round)]


def _stage_step(round: Round, stage: Stage) -> str:
    if round.is_running and stage == round.current_stage:
        return "current"
    if stage.is_settled:
        return "done"
    return "cancelled" if round.state == Round.State.CANCELLED else "upcoming"


def _last_step(round: Round) -> dict[str, Any]:
    """What comes after the stages: the result on its way to the announcement."""
    state = "current" if round.has_result else "upcoming"
    if round.state in (Round.State.ANNOUNCED, Round.State.CANCELLED):
        state = "done" if round.state == Round.State.ANNOUNCED else "cancelled"
    label = round.get_state_display() if round.has_result else Round.State.ANNOUNCED.label
    if round.is_open_to_objections:
        opened = round.objections_until - timedelta(days=round.scheme.objection_days or 0)
        return {
            "label": _("Objection period"),
            "state": state,
            "opens_at": opened,
            "closes_at": round.objections_until,
        }
    return {"label": capfirst(label), "state": state, "opens_at": None, "closes_at": None}


def attempt(request: HttpRequest, act: Callable[..., Any], *args: Any, done: str = "", **kwargs: Any) -> bool:
    """Calls a service. Says `done` where it went well, else every reason why it did not; answers which."""
    try:
        act(*args, **kwargs)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return False
    if done:
        messages.success(request, done)
    return True


def confirm(
    request: HttpRequest,
    act: Callable[..., Any],
    *args: Any,
    page: dict[str, Any],
    pk: int,
    to: str = "rounds:detail",
    done: str = "",
    form: Form | None = None,
    template: str = "confirm.html",
    **kwargs: Any,
) -> HttpResponse:
    """A page that asks once more before an act, and does it on POST; then on to the round's page `to`, or to the
    address that `to` is.

    `page`: title, text, items, submit, danger, reasons (why it cannot be done yet: then nothing can be pressed).
    `form`: its cleaned data, or what its `options()` says, go to the act too.
    `template`: one that extends confirm.html.

    An act that is refused shows the page once more, with every reason: 409.
    """
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        data = getattr(form, "options", lambda: form.cleaned_data)() if form else {}
        if attempt(request, act, *args, done=done, **kwargs, **data):
            return redirect(to, pk)
        status = 409
    return render(request, template, {**page, "form": form, "cancel_url": resolve_url(to, pk)}, status=status)


def current_stage(request: HttpRequest, round: Round) -> Stage:
    """The stage that the round is in. Where it is not running there is nothing to do on this page: 404, or 409."""
    still(request, None if round.current_stage else _("%(round)s is in no stage any more.") % {"round": round})
    return round.current_stage
