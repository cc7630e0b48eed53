"""Voter cards, for the committee that hands them out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from anas.documents import cards
from anas.documents.card_forms import CardsForm
from anas.documents.views import find_for_committee, pdf_response
from anas.refused import Refused
from anas.rounds import pages
from voting import services
from voting.views import find_poll


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables()
def voter_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for whom; POST makes new cards and answers with them as a PDF, which exists in this answer alone."""
    round = find_for_committee(request, pk)
    poll = find_poll(round)
    form = CardsForm(request.POST if request.method == "POST" else None, poll=poll)
    if request.method == "POST" and form.is_valid():
        try:
            made = cards.draw(poll, **form.options(), by=request.user, site=request.build_absolute_uri("/"))
            return pdf_response(made, "kartu-pemilih.pdf")
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
    reason = services.reason_not_accepting(poll)
    page = pages.context(request, round, form=form, poll=poll, reasons=[reason] if reason else [])
    return render(request, "documents/voter_cards.html", page)
