"""Certificates that are made in the background: how far they are, and how to stop it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anas.documents import batches
from anas.documents.views import find_for_committee
from anas.rounds import pages


@require_safe
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the certificates are. The page brings itself up to date while they are being made."""
    round = find_for_committee(request, pk)
    batch = batches.last_of(round)
    if batch is None:
        return redirect("documents:list", pk)
    return render(request, "documents/batch.html", pages.context(request, round, batch=batch))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, and stops what is being made."""
    round = find_for_committee(request, pk)
    batch = batches.last_of(round)
    if batch is None or not batch.is_running:
        return redirect("documents:batch" if batch else "documents:list", pk)
    return pages.confirm(
        request,
        batches.cancel,
        batch,
        by=request.user,
        to="documents:batch",
        pk=pk,
        page={
            "title": _("Stop making certificates?"),
            "text": _("Those that have been issued stay issued; the others can be issued later."),
            "submit": _("Stop"),
            "danger": True,
        },
    )
