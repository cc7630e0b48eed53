from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anas.rounds import pages, rules

SECONDS = 30


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The round on the wall of the meeting room: its stages, and how far the present one is, in numbers that name
    nobody. It is fetched anew every half minute, without a script."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round))
    stage = round.current_stage
    page = {"stage": stage, "progress": stage and stage.what.progress(stage)}
    response = render(request, "rounds/screen.html", pages.context(request, round, **page))
    response.headers["Refresh"] = str(SECONDS)
    return response
