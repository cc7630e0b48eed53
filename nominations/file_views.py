"""Private files, for those who may see them. The web server never sees them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from PIL import Image

from anas.rounds import pages
from nominations import rules, thumbnails
from nominations.finding import find_nominee, tell
from nominations.models import Evidence

# Another photo has another address. On a phone that is shared the next person asks anew: the answer is kept for one
# session alone (`Vary: Cookie`, from the session).
KEPT = "private, max-age=86400, immutable"


@require_safe
def evidence(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """Always a download, never opened by the browser: what somebody sent must not run in our name."""
    found = get_object_or_404(Evidence, pk=evidence)
    nominee = find_nominee(request, pk, found.nominee_id)
    pages.only(rules.may_see_evidence(request.user, nominee))
    if not rules.is_for_everybody(nominee):
        tell(request, nominee.proposal.round, [nominee], kind="evidence")
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        opened,
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
        headers={
            "Content-Security-Policy": "sandbox",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def photo(request: HttpRequest, pk: int, nominee: int) -> HttpResponse:
    """The photo that the unit sent, else the one of the employee; small, as all pages show it."""
    found = find_nominee(request, pk, nominee)
    pages.only(rules.may_see(request.user, found))
    try:
        face = thumbnails.small(found.photo_file) if found.photo_file else None
    except (OSError, ValueError, Image.DecompressionBombError):
        face = None
    if face is None:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": KEPT}
    return HttpResponse(face, content_type="image/jpeg", headers=headers)
