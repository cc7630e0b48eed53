from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from anas.people.models import Employee, Unit


@dataclass(frozen=True)
class Office:
    """What stands at the head of a page."""

    name: str
    government: str = ""
    crest_url: str | None = None


def office(request: HttpRequest) -> dict[str, object]:
    """What every page may ask for: whether this is the demo, how one can log in, and the office whose name stands at
    the head of the page, found in one query, and only where a page asks for it."""
    return {
        "demo": settings.DEMO,
        "sso_name": settings.OIDC_NAME,
        "has_second_factor": settings.HAS_SSO,
        "office": SimpleLazyObject(lambda: _office(request)),
    }


def _office(request: HttpRequest) -> Office | None:
    user = getattr(request, "user", None)
    unit = office_of(user) if user and user.is_authenticated else the_only_office()
    return Office(unit.name, unit.parent.name if unit.parent else "") if unit else None


def office_of(employee: Employee) -> Unit | None:
    """The child of the root under which the employee works; the root itself for its own people."""
    own_path = Unit.objects.filter(pk=employee.unit_id).values("path")
    above = Unit.objects.annotate(own=Subquery(own_path)).filter(own__startswith=F("path"))
    first_two = above.select_related("parent").order_by("path")[:2]
    return list(first_two)[-1] if first_two else None


def the_only_office() -> Unit | None:
    """Where one unit alone has a committee, the installation is that unit's."""
    offices = list(Unit.objects.filter(committee__isnull=False).distinct().select_related("parent")[:2])
    return offices[0] if len(offices) == 1 else None
