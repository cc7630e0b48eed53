"""What the papers of a unit look like, for its committee."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anas.documents import facts, papers, services
from anas.documents.forms import LetterheadForm
from anas.documents.letterheads import letterhead_for
from anas.documents.models import Letterhead
from anas.documents.views import pdf_response
from anas.people.models import Unit
from anas.people.rules import is_committee_of
from anas.rounds import pages


def _find_unit(request: HttpRequest, code: str) -> Unit:
    unit = get_object_or_404(Unit, code=code)
    if not is_committee_of(request.user, unit):
        raise Http404
    return unit


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The fields of the letterhead, and how they look on paper."""
    unit = _find_unit(request, code)
    own = Letterhead.objects.filter(unit=unit).first() or Letterhead(unit=unit)
    form = LetterheadForm(request.POST or None, request.FILES or None, instance=own, unit=unit)
    if request.method == "POST" and form.is_valid():
        done = _("The letterhead is kept. Documents that have been issued stay as they are.")
        pages.attempt(request, services.set_letterhead, unit, values=form.values, by=request.user, done=done)
        return redirect("documents:letterhead", code)
    page = {"unit": unit, "form": form, "letterhead": letterhead_for(unit)}
    return render(request, "documents/letterhead.html", page)


@require_safe
def sample(request: HttpRequest, code: str) -> FileResponse:
    """A decree with invented contents on the unit's letterhead."""
    unit = _find_unit(request, code)
    pdf = papers.render("decree", facts.sample(unit, timezone.localdate()), is_draft=True)
    return pdf_response(pdf, "contoh.pdf", inline=True)


@login_not_required
@require_safe
def crest(request: HttpRequest, code: str) -> HttpResponse:
    """The crest on the unit's papers, its own or an inherited one: it stands at the head of public pages too."""
    picture = letterhead_for(get_object_or_404(Unit, code=code)).crest
    if not picture:
        raise Http404
    headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(picture), content_type="image/png", headers=headers)
