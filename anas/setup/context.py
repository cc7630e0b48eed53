"""The way back to the assistant from the pages that it leads to."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from anas.rounds.models import Round

KEY = "setup"  # in the session: the office that is being set up


def way_back(request: HttpRequest) -> dict[str, object]:
    """The address of the assistant for whoever came from there, until the round is open; asks the database of such
    people alone."""
    return {"setup_url": SimpleLazyObject(lambda: _address(request))}


def _address(request: HttpRequest) -> str:
    session, match = getattr(request, "session", None), getattr(request, "resolver_match", None)
    if session is None or KEY not in session or (match and match.namespace == "setup"):
        return ""
    rounds = Round.objects.real().filter(scope=session[KEY]).exclude(state=Round.State.CANCELLED)
    states = set(rounds.order_by().values_list("state", flat=True).distinct())
    if states and Round.State.DRAFT not in states:
        del session[KEY]
        return ""
    return f"{reverse('setup:overview')}?kantor={session[KEY]}"
