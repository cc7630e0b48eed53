"""Voting at the office's computer with a voter card: a short login that opens the ballot and nothing else."""

from collections.abc import Callable

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from anas.refused import Refused
from anas.rounds import pages
from voting import cards, services
from voting.models import Poll

SESSION_KEY = "kiosk"  # the key of the round whose ballot this session is for
SECONDS = 10 * 60
BACKEND = "anas.people.backends.EmployeeBackend"


class BallotOnly:
    """Middleware: somebody who came with a voter card sees the ballot of that poll and its help, and no other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        round_pk = request.session.get(SESSION_KEY)
        if round_pk and not request.path.startswith(("/static/", *_on_the_ballot(round_pk))):
            allowed = [reverse("voting:ballot", args=[round_pk]), reverse("voting:kiosk", args=[round_pk])]
            if request.path not in [*allowed, reverse("help_role", args=["pegawai"]), reverse("set_language")]:
                return redirect(allowed[0])
        return self.get_response(request)


def _on_the_ballot(round_pk: int) -> tuple[str, ...]:
    """Where the addresses of what a ballot shows begin: faces and evidence of the round, the crest of the office."""
    files = [reverse(f"nominations:{name}", args=[round_pk, 0]).removesuffix("0/") for name in ("photo", "evidence")]
    return (*files, reverse("documents:crest", args=["-"]).removesuffix("-/"))


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def kiosk(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the code of a card. Coming here always ends the session before it: the next person starts afresh."""
    poll = Poll.objects.filter(stage__round=pk).select_related("stage__round__scope").first()
    if poll is None:
        raise Http404
    if request.user.is_authenticated and SESSION_KEY in request.session:
        logout(request)
    pages.marked(request, poll.round)
    error = services.reason_not_accepting(poll)
    typed = request.POST.get("code", "")
    if request.method == "POST" and typed and not error:
        try:
            employee = cards.voter_of(poll, typed)
        except Refused as refused:
            error = refused.reasons[0]
        else:
            login(request, employee, backend=BACKEND)
            request.session[SESSION_KEY] = pk
            request.session.set_expiry(SECONDS)
            return redirect("voting:ballot", pk)
    return render(request, "voting/kiosk.html", {"poll": poll, "typed": typed, "error": error, "kiosk": True})
