"""Help that everybody may read: nothing personal stands on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from anas.documents.context import letterhead_of_visitor
from anas.documents.letterheads import letterhead_for
from anas.help import guides, standard
from anas.rounds import scheme as schemes
from anas.rounds.models import Round
from anas.rounds.scheme import Scheme
from anas.rounds.stage import kind


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """What ANAS is, how a round goes, who does what; the visitor's own roles first."""
    employee = request.user if request.user.is_authenticated else None
    flows = [_flow(schemes.preset(code)) for code in schemes.preset_codes()]
    return render(request, "help/index.html", {"entries": guides.entries(employee), "flows": flows})


def _flow(scheme: Scheme) -> dict[str, object]:
    """A scheme as a line of stages, and who acts in them."""
    names = [*(spec.name for spec in scheme.stages), capfirst(Round.State.ANNOUNCED.label)]
    stages = [{"spec": spec, "kind": kind(spec.kind)} for spec in scheme.stages]
    return {"scheme": scheme, "stages": stages, "steps": [{"label": name, "state": "upcoming"} for name in names]}


@require_safe
@login_not_required
def role(request: HttpRequest, role: str) -> HttpResponse:
    """What somebody with this role does, when, and what to do when something goes wrong."""
    if role not in guides.GUIDES:
        raise Http404
    return render(request, "help/role.html", {"guide": guides.GUIDES[role]()})


@require_safe
@login_not_required
def service_standard(request: HttpRequest, scheme: str) -> HttpResponse:
    """The standard service sheet of an award, with the office's name where it is clear which office is meant."""
    found, unit = standard.find_scheme(scheme)
    office = letterhead_for(unit) if unit else letterhead_of_visitor(request)
    page = {"scheme": found, "letterhead": office}
    page["parts"] = [standard.delivery(found, office), standard.management(office)]
    return render(request, "help/standard.html", page)
