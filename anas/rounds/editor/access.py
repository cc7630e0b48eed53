"""Which schemes somebody sees and changes as a committee. For everybody else it is as if there were none."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from anas.people.models import Employee, Unit
from anas.people.rules import is_committee_of
from anas.rounds import scheme as schemes
from anas.rounds.models import Round
from anas.rounds.own_schemes import OwnScheme


def only_committee(request: HttpRequest) -> None:
    if not request.user.is_committee:
        raise Http404


def find_own(request: HttpRequest, pk: int) -> OwnScheme:
    """To read it, to copy it, to choose it for a round."""
    return get_object_or_404(OwnScheme.objects.visible_to(request.user), pk=pk)


def find_own_to_change(request: HttpRequest, pk: int) -> OwnScheme:
    """The committee of an office reads what an office above it has made, and does not change it."""
    own = find_own(request, pk)
    if not is_committee_of(request.user, own.unit):
        raise Http404
    return own


def find_preset(request: HttpRequest, code: str) -> schemes.Scheme:
    only_committee(request)
    if code not in schemes.preset_codes():
        raise Http404
    return schemes.preset(code)


def offices_of(employee: Employee) -> QuerySet[Unit]:
    """The units that can have a scheme of this committee: those that it sets up rounds in, or sits in."""
    allowed = [
        unit.pk for unit in Unit.objects.filter(children__isnull=False).distinct() if is_committee_of(employee, unit)
    ]
    own = Unit.objects.filter(path__in=employee.committee_paths)
    return Unit.objects.filter(pk__in=allowed) | own


def uses_of_presets(employee: Employee) -> Counter[str]:
    """How many of the rounds that the person sees follow each shipped scheme, by its code."""
    rows = Round.objects.visible_to(employee).filter(own_scheme=None).order_by()
    found: Counter[str] = Counter()
    for frozen, count in rows.values_list("frozen_scheme").annotate(Count("pk")):
        found[schemes.thaw(frozen).code] += count
    return found


def uses_of(some: Iterable[OwnScheme], employee: Employee) -> Counter[int]:
    """The same for schemes of offices, by their keys."""
    rows = Round.objects.visible_to(employee).filter(own_scheme__in=list(some)).order_by()
    return Counter(dict(rows.values_list("own_scheme").annotate(Count("pk"))))
