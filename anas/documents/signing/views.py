"""Where the head of the office signs: one document, or all that wait in a round."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from anas.documents.models import Document
from anas.documents.rules import visible_documents
from anas.documents.signature import Signature
from anas.documents.signing import services, ways
from anas.documents.signing.forms import FORMS, SigningForm
from anas.documents.signing.uploads import InMemory
from anas.people.again import decisive
from anas.rounds import pages, rules
from anas.rounds.models import Round

# No page waits for a batch: a request ends after so many seconds and says how many are left. A browser that goes on by
# itself asks for short steps, so that there is something to see and to stop.
SECONDS, SECONDS_OF_A_STEP = 15, 2
WAYS = {
    Signature.Way.BSRE: _("With BSrE"),
    Signature.Way.LOCAL: _("With a certificate file"),
    Signature.Way.UPLOAD: _("Upload a signed file"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # until the form is read, in _sign: by the reader set here, and by nobody else
@decisive
def sign(request: HttpRequest, pk: int, document: int | None = None) -> HttpResponse:
    """For the head of the office and today's deputy; 404 for everybody else, before anything that was sent is read."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.HEAD, request.user, round))
    request.upload_handlers = [InMemory(request)]
    return _sign(request, round, document)


@csrf_protect
@sensitive_post_parameters()
def _sign(request: HttpRequest, round: Round, document: int | None) -> HttpResponse:
    one = get_object_or_404(visible_documents(request.user, round), pk=document) if document else None
    waiting, way = _waiting(request, round, one), _way(request)
    form = FORMS[way](request.POST or None, request.FILES or None, waiting=waiting) if way and waiting else None
    if request.method == "POST" and form and form.is_valid():
        if response := _done(request, form, round.pk):
            return response
        form.offer(_waiting(request, round, one))
    page = {"form": form, "way": way, "ways": [(item, WAYS[item]) for item in ways.offered()], "one": one}
    page |= {"reasons": _reasons(request, round, one), "install": ways.INSTALL}
    return render(request, "documents/sign.html", pages.context(request, round, **page))


def _waiting(request: HttpRequest, round: Round, one: Document | None) -> list[Document]:
    return [item for item in services.waiting(round, request.user) if one in (None, item)]


def _way(request: HttpRequest) -> Signature.Way | None:
    """The way that was asked for, else the first that is offered."""
    offered, asked = ways.offered(), request.GET.get("cara")
    return next((way for way in offered if way == asked), offered[0] if offered else None)


def _done(request: HttpRequest, form: SigningForm, pk: int) -> HttpResponse | None:
    """Signs what was chosen and goes on; nothing where the form has to say why not."""
    seconds = SECONDS_OF_A_STEP if "step" in request.POST else SECONDS
    report = services.sign_some(form.chosen, way=form.way, by=request.user, seconds=seconds)
    if report.signed:
        said = ngettext("%(number)s document is signed.", "%(number)s documents are signed.", report.signed)
        messages.success(request, said % {"number": report.signed})
    if report.reasons:
        form.add_error(None, report.reasons)
        return None
    return redirect(request.get_full_path()) if report.left else redirect("documents:list", pk)


def _reasons(request: HttpRequest, round: Round, one: Document | None) -> list[str]:
    """Why this person, or this document, is not to be signed here."""
    found = [services.reason_not_signatory(round, request.user), one and services.reason_not_signable(one)]
    return [reason for reason in found if reason]
