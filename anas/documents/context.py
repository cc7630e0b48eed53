from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from anas.documents.letterheads import letterhead_for, with_crest
from anas.documents.models import Letterhead
from anas.people.context import office_of, the_only_office
from anas.people.models import Unit


@dataclass(frozen=True)
class Office:
    """What stands at the head of a page."""

    name: str
    government: str = ""
    crest_url: str | None = None


def office(request: HttpRequest) -> dict[str, object]:
    """What every page may ask for: whether this is the demo, how one can log in, and the office whose name and crest
    stand at the head of the page, found in one query, and only where a page asks for it."""
    return {
        "demo": settings.DEMO,
        "sso_name": settings.OIDC_NAME,
        "has_second_factor": settings.HAS_SSO,
        "office": SimpleLazyObject(lambda: _office(request)),
    }


def _office(request: HttpRequest) -> Office | None:
    user, units = getattr(request, "user", None), with_crest(Unit.objects.all())
    known = user if user and user.is_authenticated else None
    unit = office_of(known, units) if known else None
    if unit is None and (known is None or known.is_superuser):
        unit = the_only_office(units)
    if unit is None:
        return None
    crest_url = reverse("documents:crest", args=[unit.crest]) if unit.crest else None
    return Office(unit.name, unit.parent.name if unit.parent else "", crest_url)


def letterhead_of_visitor(request: HttpRequest) -> Letterhead | None:
    """The office's letterhead; None where nobody is logged in and it is not clear which office is meant."""
    unit = office_of(request.user) if request.user.is_authenticated else the_only_office()
    return letterhead_for(unit) if unit else None
