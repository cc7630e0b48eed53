"""What becomes of issued documents: replaced, revoked, taken away for the archive."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anas.documents import archive as archives
from anas.documents import facts, guards, life
from anas.documents.life_forms import PublicReasonForm, supersede_form
from anas.documents.models import Document
from anas.documents.rules import visible_documents
from anas.documents.views import find_for_committee
from anas.rounds import pages, rules


def find_document(request: HttpRequest, pk: int, document: int) -> Document:
    """An issued document of the round, for the round's committee. 404 for everybody else."""
    round = find_for_committee(request, pk)
    visible = visible_documents(request.user, round).select_related(None)
    found = get_object_or_404(visible.defer(None).defer("pdf"), pk=document)
    found.round = round
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def supersede(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Asks what is to be corrected, says what follows, and issues the corrected document."""
    found = find_document(request, pk, document)
    if found.kind == Document.Kind.POSTER:
        return redirect("documents:poster", pk)
    return pages.confirm(
        request,
        life.supersede,
        found,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=supersede_form(request.POST or None, found),
        to="documents:list",
        pk=pk,
        done=_("The corrected document is issued. Print it and have it signed."),
        page=_page_to_supersede(found),
    )


def _page_to_supersede(document: Document) -> dict[str, object]:
    items = [_("It will say: “%(sentence)s”") % {"sentence": facts.replaced(document)["sentence"]}]
    if others := life.resting_on(document):
        kinds = dict.fromkeys(str(other.get_kind_display()) for other in others)
        items.append(_("What rests on it, to be issued anew after it: %(papers)s.") % {"papers": ", ".join(kinds)})
    reason = guards.reason_not_in_force(document)
    return {
        "title": _("Replace %(document)s?") % {"document": document},
        "text": _("A corrected document is issued. The old one is kept and no longer in force; there is no way back."),
        "items": items,
        "submit": _("Replace it"),
        "reasons": [reason] if reason else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Asks for the reason, says what follows, and revokes the document."""
    found = find_document(request, pk, document)
    reason = guards.reason_not_to_revoke(found)
    return pages.confirm(
        request,
        life.revoke,
        found,
        by=request.user,
        form=PublicReasonForm(request.POST or None),
        to="documents:list",
        pk=pk,
        done=_("The document is revoked. Whoever checks it is told so."),
        page={
            "title": _("Revoke %(document)s?") % {"document": found},
            "text": _("It is kept and no longer in force; there is no way back. To correct a document, replace it."),
            "items": [
                _("Revoked with it: %(document)s")
                % {"document": " · ".join(str(name) for name in (other, other.nominee) if name)}
                for other in life.resting_on(found)
            ],
            "submit": _("Revoke it"),
            "danger": True,
            "reasons": [reason] if reason else [],
        },
    )


@require_GET
def archive(request: HttpRequest, pk: int) -> FileResponse:
    """All documents of the round as a ZIP, for those who may read everything; 404 where there are none."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round) or archives.reason_no_documents(round))
    packed = archives.hand_out(round, by=request.user)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    name = archives.filename(round)
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip", headers=headers)
