"""Pages for everybody, without a login: is this paper genuine, and who has won."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from anas.documents import compare, services
from anas.documents.forms import FileForm
from anas.documents.models import CODE_LENGTH, Document
from anas.people import limits
from anas.people.names import masked
from anas.rounds.models import Round
from scoring import results

LOBBY_WINNERS, LOBBY_SECONDS = 3, 15  # on one screen; until the next one
PHOTO_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@login_not_required
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is typed from paper."""
    if code := plain_code(request.GET.get("kode", "")):
        return redirect("documents:verify", code)
    return render(request, "documents/ask.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # until the form is read, in _verify: after the limit, and by the reader set here
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What is known about the document with this code, and whether a file is that document. "Not known" is a page of
    its own, with status 404; whoever asks too often gets 429."""
    seconds = limits.seconds_to_wait(request, "file" if request.method == "POST" else "code")
    if seconds:
        return limits.too_many(request, seconds)
    request.upload_handlers = [compare.Reader(request)]
    return _verify(request, code)


@csrf_protect
def _verify(request: HttpRequest, code: str) -> HttpResponse:
    known = Document.objects.published().select_related("scope", "round", "superseded_by", "signature")
    heavy = ("pdf", "superseded_by__pdf", "superseded_by__data", "signature__pdf")
    document = known.defer(*heavy).filter(code=plain_code(code)).first()
    if document is None:
        return render(request, "documents/unknown.html", {"code": code[:40]}, status=404)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    page = {"document": document, "form": form, "holder": holder(document)}
    if form.is_valid():
        page |= compare.verdict(document, form.cleaned_data["file"])
    return render(request, "documents/verify.html", page)


def plain_code(typed: str) -> str:
    """A code as it is kept: "ABCD-EFGH …" typed from paper loses its marks."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())[: CODE_LENGTH + 1]


def holder(document: Document) -> dict[str, str] | None:
    """Whom a certificate is for; of the number only what the public may see."""
    found = document.data.get("winner")
    return {**found, "number": masked(found["number"].replace(" ", ""))} if found else None


@login_not_required
@require_safe
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """The winners of an announced round. 404 before that, as if there were no such round."""
    round = _announced(pk)
    winners = [(round.scheme.classification(row.nominee.classification), row) for row in results.winners(round)]
    page = {"award_round": round, "winners": winners, "decree": services.last_decree_of(round)}
    return render(request, "documents/announcement.html", page)


@login_not_required
@require_safe
def lobby(request: HttpRequest, pk: int) -> HttpResponse:
    """The winners on a television, a few at a time. It turns over by itself and is up to date without a script: each
    screen names the next one."""
    round = _announced(pk)
    winners = [(round.scheme.classification(row.nominee.classification), row) for row in results.winners(round)]
    screens = [winners[start : start + LOBBY_WINNERS] for start in range(0, len(winners), LOBBY_WINNERS)] or [[]]
    asked = request.GET.get("layar", "")
    place = int(asked) % len(screens) if asked.isdecimal() and len(asked) < 4 else 0
    page = {"award_round": round, "winners": screens[place], "place": place + 1, "screens": len(screens)}
    page["decree"] = services.last_decree_of(round)
    following = f"{request.path}?layar={(place + 1) % len(screens)}"
    response = render(request, "documents/lobby.html", page)
    response.headers["Refresh"] = f"{LOBBY_SECONDS}; url={following}"
    return response


@login_not_required
@require_safe
def winner_photo(request: HttpRequest, pk: int, nominee: int) -> FileResponse:
    """The photo of a winner of an announced round, and of nobody else."""
    row = next((row for row in results.winners(_announced(pk)) if row.nominee.pk == nominee), None)
    file = row.nominee.photo_file if row else None
    content_type = PHOTO_TYPES.get(PurePath(file.name).suffix.lower()) if file else None
    if content_type is None:
        raise Http404
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return FileResponse(opened, content_type=content_type, headers=headers)


def _announced(pk: int) -> Round:
    """A rehearsal has no page for everybody, whatever its state."""
    return get_object_or_404(Round.objects.real().select_related("scope"), pk=pk, state=Round.State.ANNOUNCED)
