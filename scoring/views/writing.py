"""What every page with score fields does when it is sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anas.refused import Refused
from anas.rounds import pages
from scoring.forms import Grid


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, also where there are none."""
    return request.POST if request.method == "POST" else None


def write(request: HttpRequest, grid: Grid, *, to: str) -> HttpResponse | None:
    """Keeps the drafts or hands them in, and goes `to` an address. None where something is wrong: then the page shows
    what was typed, with each error beside its field; what can be saved is saved."""
    if "autosave" in request.GET:
        return autosave(request, grid)
    hands_in = request.POST.get("act") == "submit"
    if hands_in:
        grid.require_all()
    if grid.is_valid():
        act, done = (grid.hand_in, _("Handed in.")) if hands_in else (grid.keep, _("Saved."))
        return redirect(to) if pages.attempt(request, act, by=request.user, done=done) else None
    if pages.attempt(request, grid.keep, by=request.user):
        messages.error(request, _("Something is missing or cannot be: see the marked fields. The rest is saved."))
    return None


def autosave(request: HttpRequest, grid: Grid) -> JsonResponse:
    """200 with `errors` by field name, the rest is saved; 409 with `reasons` where nothing can be saved."""
    grid.is_valid()
    try:
        grid.keep(by=request.user)
    except Refused as refused:
        return JsonResponse({"reasons": refused.reasons}, status=409)
    return JsonResponse({"errors": grid.errors, "version": grid.version})
