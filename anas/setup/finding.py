"""Whose office the assistant is about, and which round."""

from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from anas.people.models import Unit
from anas.rounds.models import Round
from anas.rounds.people import access, roles

OVER = [Round.State.ANNOUNCED, Round.State.CANCELLED]


def offices(request: HttpRequest) -> list[Unit]:
    """Those of the visitor's committee; 404 for who is in none."""
    found = roles.offices(access.find_units(request).select_related("head", "parent"))
    if not found:
        raise Http404
    return found


def office_of(request: HttpRequest, some: list[Unit]) -> Unit:
    """?kantor=12, or the first one."""
    asked = request.GET.get("kantor", "")
    return next((unit for unit in some if str(unit.pk) == asked), some[0])


def find_office(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(access.find_units(request).select_related("head", "parent"), pk=pk)


def round_of(office: Unit) -> Round | None:
    """What is being prepared: the newest draft; else the newest round that is under way. No rehearsal."""
    drafts_first = Case(When(state=Round.State.DRAFT, then=Value(0)), default=Value(1))
    found = Round.objects.real().filter(scope=office).exclude(state__in=OVER).prefetch_related("stages")
    round = found.order_by(drafts_first, "-created_at", "-pk").first()
    if round:
        round.scope = office
    return round
