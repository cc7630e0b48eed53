"""What the views of every app share: find the round and authorise in one call, and say no in words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from anas.refused import Refused
from anas.rounds import rules
from anas.rounds.models import Round, Stage


def find_round(request: HttpRequest, pk: int) -> Round:
    """The round, for whoever has a part in it. An outsider gets 404, not 403: he does not learn that it exists."""
    return get_object_or_404(Round.objects.visible_to(request.user), pk=pk)


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


def context(request: HttpRequest, round: Round, **more: Any) -> dict[str, Any]:
    """What every page of a round needs."""
    return {"round": round, "steps": steps(round), "roles": rules.roles_in(request.user, round), **more}


def steps(round: Round) -> list[dict[str, Any]]:
    """The round as a line of stages, for components/stage_line.html."""
    line = []
    for stage in round.stage_list:
        state = "done" if stage.is_settled else "upcoming" if stage.state == Stage.State.PENDING else "current"
        if round.state == Round.State.CANCELLED and state != "done":
            state = "cancelled"
        line.append({"label": str(stage), "state": state, "opens_at": stage.opens_at, "closes_at": stage.closes_at})
    for state, following in ((Round.State.RESULT, "decreed"), (Round.State.DECREED, "announced")):
        label = Round.State(following).label if state == Round.State.DECREED else Round.State.RESULT.label
        reached = {Round.State.RESULT: round.has_result, Round.State.DECREED: round.state == Round.State.ANNOUNCED}[
            state
        ]
        line.append({"label": label, "state": "done" if reached else "upcoming", "opens_at": None, "closes_at": None})
    return line


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
    to: str,
    done: str = "",
    form=None,
    **kwargs,
) -> HttpResponse:
    """A page that asks once more before an act, and does it on POST. `page`: title, text, items, submit, danger,
    reasons (why it cannot be done yet: then nothing can be pressed). `form`: its cleaned data go to the act too."""
    if request.method == "POST" and (form is None or form.is_valid()):
        data = form.cleaned_data if form else {}
        if attempt(request, act, *args, done=done, **kwargs, **data):
            return redirect(to)
    return render(request, "confirm.html", {**page, "form": form, "cancel_url": to})
