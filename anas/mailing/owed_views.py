from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anas.mailing import owed
from anas.rounds import pages, rules


@require_safe
def owed_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the round waits for and by whom, with reminders; for the committee."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    site = f"{request.scheme}://{request.get_host()}"
    return render(request, "mailing/owed.html", pages.context(request, round, sections=owed.sections(round, site)))
