"""The settings of an office, for its committee: what its papers look like and usually say."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anas.documents import crests, previews, services, versions
from anas.documents.letterhead_forms import LetterheadForm
from anas.documents.letterheads import letterhead_for
from anas.documents.models import Crest, Letterhead
from anas.documents.views import pdf_response
from anas.people import limits
from anas.people.models import Unit
from anas.people.rules import is_committee_of
from anas.refused import Refused, require
from anas.rounds import pages

PER_PAGE = 25
SAMPLE = "contoh.pdf"


def _find_unit(request: HttpRequest, code: str) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("head"), code=code)
    if not is_committee_of(request.user, unit):
        raise Http404
    return unit


def _form(request: HttpRequest, unit: Unit) -> LetterheadForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return LetterheadForm(*sent, unit=unit)


def _page(request: HttpRequest, unit: Unit, form: LetterheadForm, **more: object) -> HttpResponse:
    page = {"unit": unit, "form": form, "letterhead": letterhead_for(unit), "version": form.instance.number}
    return render(request, "documents/letterhead.html", page | more)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The settings, and how they look on paper: kept as a new version, or only shown (`act=preview`)."""
    unit = _find_unit(request, code)
    form = _form(request, unit)
    if not form.is_valid():
        return _page(request, unit, form)
    if request.POST.get("act") == "preview":
        return _shown(request, unit, form)
    done = _("The settings are kept as a new version. Documents that have been issued stay as they are.")
    if pages.attempt(request, services.set_letterhead, unit, values=form.values, by=request.user, done=done):
        return redirect("documents:letterhead", code)
    return _page(request, unit, form)


def _shown(request: HttpRequest, unit: Unit, form: LetterheadForm) -> HttpResponse:
    try:
        _be_patient(request)
        return _page(request, unit, form, pictures=previews.pictures(unit, own=form.instance))
    except Refused as refused:
        return _page(request, unit, form, reasons=refused.reasons)


def _be_patient(request: HttpRequest) -> None:
    """Raises Refused where this address has had many previews drawn in the last minute."""
    if seconds := limits.seconds_to_wait(request, "preview"):
        again = ngettext(
            "Too many previews in one minute. Wait %(seconds)s second.",
            "Too many previews in one minute. Wait %(seconds)s seconds.",
            seconds,
        )
        require(again % {"seconds": seconds})


@require_POST
def preview(request: HttpRequest, code: str) -> JsonResponse:
    """For the page's script: the pictures of the paper as the form has it now, or the reasons why there are none, and
    the clean picture of a crest that was just chosen. Nothing is kept."""
    unit = _find_unit(request, code)
    form = _form(request, unit)
    if not form.is_valid():
        return JsonResponse({"reasons": form.faults()})
    try:
        _be_patient(request)
        pictures = previews.pictures(unit, own=form.instance)
    except Refused as refused:
        return JsonResponse({"reasons": refused.reasons})
    return JsonResponse({"pictures": pictures, "crest": form.data["crest_kept"]})


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """A decree with invented contents on the unit's letterhead, as a PDF; by POST as the form has it."""
    unit = _find_unit(request, code)
    form = _form(request, unit) if request.method == "POST" else None
    if form and not form.is_valid():
        return _page(request, unit, form)
    return _sample(request, unit, form.instance if form else None)


def _sample(request: HttpRequest, unit: Unit, own: Letterhead | None) -> HttpResponse:
    try:
        _be_patient(request)
        return pdf_response(previews.pdf(unit, own=own), SAMPLE, inline=True)
    except Refused as refused:
        return render(request, "documents/no_preview.html", {"unit": unit, "reasons": refused.reasons}, status=503)


@require_safe
def version_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who changed what and when, newest first."""
    unit = _find_unit(request, code)
    kept = Paginator(unit.letterheads.select_related("by").order_by("-number"), PER_PAGE)
    page = kept.get_page(request.GET.get("page"))
    rows = [(version, versions.labels(version)) for version in page]
    return render(request, "documents/versions.html", {"unit": unit, "page_obj": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version: what it changed. POST brings it back."""
    unit = _find_unit(request, code)
    found = get_object_or_404(unit.letterheads.select_related("by"), number=number)
    if request.method == "POST":
        done = _("Version %(number)s is in use again, as a new version.") % {"number": number}
        pages.attempt(request, services.bring_back_letterhead, unit, number=number, by=request.user, done=done)
        return redirect("documents:versions", code)
    before = unit.letterheads.filter(number=number - 1).first() or Letterhead(unit=unit)
    page = {"unit": unit, "version": found, "changes": versions.changes(found, before)}
    return render(request, "documents/version.html", page)


@require_safe
def version_sample(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sample as this version would have it."""
    unit = _find_unit(request, code)
    own = get_object_or_404(unit.letterheads.select_related("crest"), number=number)
    return _sample(request, unit, own)


@login_not_required
@require_safe
def crest(request: HttpRequest, digest: str) -> HttpResponse:
    """A crest by its digest, so that it may be remembered for ever: it stands, small, at the head of all pages."""
    found = get_object_or_404(Crest, digest=digest)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(crests.small(bytes(found.png)), content_type="image/png", headers=headers)
