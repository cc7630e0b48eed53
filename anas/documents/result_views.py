"""The papers that tell others of the result, and the drafts of all papers that have no texts of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anas.documents import drafts, guards, publishing, services
from anas.documents.forms import IssueForm
from anas.documents.models import FILE_NAMES, Document
from anas.documents.result_forms import AnnouncementForm, PosterForm
from anas.documents.views import draft_response, find_for_committee
from anas.rounds import pages, rules
from scoring import results

Kind = Document.Kind


@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for number, day and the way to object, and issues the Pengumuman."""
    round = find_for_committee(request, pk)
    decree = services.decree_of(round)
    return pages.confirm(
        request,
        publishing.issue_announcement,
        round,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=AnnouncementForm(request.POST or None, round=round, decree=decree),
        to="documents:list",
        pk=pk,
        done=_("The announcement is issued. Print it and have it signed; the poster can follow."),
        page={
            "title": _("Issue the announcement?"),
            "text": _("The paper gets its number, is kept as it is, and cannot be changed or deleted any more."),
            "items": [winner["name"] for winner in decree.data["winners"]] if decree else [],
            "submit": _("Issue the announcement"),
            "reasons": list(guards.reasons_not_to_issue_announcement(round, decree)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether with photos, and issues the poster of the announcement."""
    round = find_for_committee(request, pk)
    announcement = services.in_force(round, Kind.ANNOUNCEMENT)
    return pages.confirm(
        request,
        publishing.issue_poster,
        round,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=PosterForm(request.POST if request.method == "POST" else None),
        to="documents:list",
        pk=pk,
        done=_("The poster is issued. Print it on A3."),
        page={
            "title": _("Issue the poster?"),
            "text": _("It bears the number of the announcement. A poster that was issued before is replaced by it."),
            "submit": _("Issue the poster"),
            "reasons": list(guards.reasons_not_to_issue_poster(announcement)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recap(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for number and day, and issues the Rekapitulasi."""
    round = find_for_committee(request, pk)
    return pages.confirm(
        request,
        publishing.issue_recap,
        round,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=IssueForm(request.POST or None, round=round, kind=Kind.RECAP),
        to="documents:list",
        pk=pk,
        done=_("The recapitulation is issued. Print it and have it signed."),
        page={
            "title": _("Issue the recapitulation?"),
            "text": _("The paper gets its number, is kept as it is, and cannot be changed or deleted any more."),
            "items": [f"{row.nominee}" for row in results.finalists(round)],
            "submit": _("Issue the recapitulation"),
            "reasons": list(guards.reasons_not_to_issue_recap(round)),
        },
    )


@require_safe
def draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A paper as it would be now, with KONSEP across it, for those who may read everything. 404 where it cannot be
    issued now."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round))
    if kind not in Document.ONCE or any(drafts.reasons_not_to_read(round, kind)):
        raise Http404
    name = f"{FILE_NAMES.get(kind, 'berita-acara')}-konsep.pdf"
    return draft_response(request, pk, lambda: drafts.pdf(round, kind), name)
