"""The documents of a round, for those who take part in it."""

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from anas.documents import batches, guards, services, waiting
from anas.documents import minutes as minuting
from anas.documents.forms import CertificatesForm, DecreeForm, IssueForm, MinutesForm
from anas.documents.models import Document
from anas.documents.rules import visible_documents
from anas.documents.signing import services as signing
from anas.refused import Refused
from anas.rounds import pages, rules
from anas.rounds.models import Round
from scoring import results

MINUTES_TITLES = {
    Document.Kind.ASSESSMENT: gettext_lazy("Issue the minutes of the assessment?"),
    Document.Kind.CLOSING: gettext_lazy("Issue the minutes of the closing?"),
    Document.Kind.COUNT: gettext_lazy("Issue the minutes of the count?"),
}


def find_for_committee(request: HttpRequest, pk: int) -> Round:
    """The round, for its committee. 404 for everybody else."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    return round


def pdf_response(pdf: bytes, filename: str, *, inline: bool = False) -> FileResponse:
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(
        BytesIO(pdf), as_attachment=not inline, filename=filename, content_type="application/pdf", headers=headers
    )


@require_safe
def document_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been issued, and for the committee what there is to do next. Employees see the documents once the
    result is announced."""
    round = pages.find_round(request, pk)
    documents = list(visible_documents(request.user, round))
    decree = next((item for item in documents if item.is_decree and item.is_in_force), None)
    page = pages.context(request, round, documents=documents, decree=decree)
    if rules.COMMITTEE in page["roles"]:
        page |= {"papers": list(waiting.papers(round, documents)), "batch": batches.last_of(round)}
    if rules.HEAD in page["roles"]:
        page["to_sign"] = signing.signable(documents, round, request.user)
    if rules.may_read_everything(request.user, round) is None:
        page |= {"reads_everything": True} | _to_do(round, documents, decree)
    return render(request, "documents/list.html", page)


def _to_do(round: Round, documents: list[Document], decree: Document | None) -> dict[str, object]:
    """What is still to be issued, and what stands in the way; nothing where the decree has been revoked."""
    if decree:
        rows = guards.without_certificate(round, decree, finalists=True)
        return {"waiting": [row for row in rows if row.standing.is_winner], "others": len(rows)}
    if not round.has_result or any(document.is_decree for document in documents):
        return {}
    return {
        "to_decree": True,
        "draft": services.draft_of(round),
        "reasons": list(guards.reasons_not_to_issue_decree(round)),
    }


@require_safe
def download(request: HttpRequest, pk: int, document: int) -> FileResponse:
    """The kept bytes, always as a file, with the electronic signature where there is one: what is printed and signed is
    exactly what has this hash."""
    round = pages.find_round(request, pk)
    documents = visible_documents(request.user, round).select_related(None).select_related("signature")
    found = get_object_or_404(documents.defer(None), pk=document)
    return pdf_response(bytes(found.handed_out.pdf), found.filename)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts of the decree, kept as a draft."""
    round = find_for_committee(request, pk)
    reasons = list(guards.reasons_not_to_draft(round))
    if reasons:
        return redirect("documents:list", pk)
    form = DecreeForm(request.POST or None, initial=services.texts_of(round).as_data())
    if request.method == "POST" and form.is_valid():
        done = _("The draft is kept. Read it as a PDF before you issue it.")
        if pages.attempt(request, services.save_draft, round, texts=form.texts, by=request.user, done=done):
            return redirect("documents:list", pk)
    return render(request, "documents/prepare.html", pages.context(request, round, form=form))


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The decree as it would be now, with KONSEP across it, for those who may read everything."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round))
    if any(guards.reasons_not_to_draft(round)):
        return redirect("documents:list", pk)
    return draft_response(request, pk, lambda: services.draft_pdf(round), "keputusan-konsep.pdf")


def draft_response(request: HttpRequest, pk: int, draw: Callable[[], bytes], filename: str) -> HttpResponse:
    """A draft to be read in the browser; where it cannot be drawn, the list of documents says why."""
    try:
        return pdf_response(draw(), filename, inline=True)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
        return redirect("documents:list", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for number and date, says what follows, and issues the decree."""
    round = find_for_committee(request, pk)
    winners = [f"{row.nominee} · {_classification(round, row)}" for row in results.winners(round)]
    return pages.confirm(
        request,
        services.issue_decree,
        round,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=IssueForm(request.POST or None, round=round),
        to="documents:list",
        pk=pk,
        done=_("The decree is issued. Print it and have it signed; then issue the certificates."),
        page={
            "title": _("Issue the decree?"),
            "text": _("It gets its number, is kept as it is, and cannot be changed or deleted any more."),
            "items": winners,
            "submit": _("Issue the decree"),
            "reasons": list(guards.reasons_not_to_issue_decree(round)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues a certificate for every winner who has none yet, and for the other finalists if so wished."""
    round = find_for_committee(request, pk)
    decree = services.decree_of(round)
    rows = guards.without_certificate(round, decree, finalists=True) if decree else []
    many = len(rows) > batches.AT_ONCE
    return pages.confirm(
        request,
        batches.start if many else services.issue_certificates,
        round,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=CertificatesForm(request.POST or None, round=round, decree=decree),
        to="documents:batch" if many else "documents:list",
        pk=pk,
        done="" if many else _("The certificates are issued. Print them and have them signed."),
        page={
            "title": _("Issue the certificates?"),
            "text": _("One for each of these, numbered in this order, with the date of the decree."),
            "items": [_honour(round, row) for row in rows],
            "submit": _("Issue the certificates"),
            "reasons": list(guards.reasons_not_to_issue_certificates(round, decree)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Asks for number, day and place, and issues a Berita Acara."""
    round = find_for_committee(request, pk)
    day = minuting.day_of(round, kind)
    return pages.confirm(
        request,
        services.issue_minutes,
        round,
        kind=kind,
        by=request.user,
        site=request.build_absolute_uri("/"),
        form=MinutesForm(request.POST or None, round=round, kind=kind, day=day),
        to="documents:list",
        pk=pk,
        done=_("The minutes are issued. Print them and have them signed by everybody who is named in them."),
        page={
            "title": MINUTES_TITLES[kind],
            "text": _("They get their number, are kept as they are, and cannot be changed or deleted any more."),
            "items": [_("To be signed by: %(name)s") % {"name": name} for name in minuting.signer_names(round, kind)],
            "submit": _("Issue the minutes"),
            "reasons": list(guards.reasons_not_to_issue_minutes(round, kind)),
        },
    )


def _honour(round: Round, row: results.Row) -> str:
    line = f"{row.nominee} · {_classification(round, row)}"
    return line if row.standing.is_winner else _("%(finalist)s · finalist, if wished") % {"finalist": line}


def _classification(round: Round, row: results.Row) -> str:
    return round.scheme.classification(row.nominee.classification).name
