"""Private files, for those who may see them. The web server never sees them."""

from pathlib import PurePath

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from anas.rounds import pages
from nominations import rules
from nominations.finding import find_nominee, tell
from nominations.models import Evidence

PHOTO_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@require_safe
def evidence(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """Always a download, never opened by the browser: what somebody sent must not run in our name."""
    found = get_object_or_404(Evidence, pk=evidence)
    nominee = find_nominee(request, pk, found.nominee_id)
    pages.only(rules.may_see_evidence(request.user, nominee))
    if not rules.is_for_everybody(nominee):
        tell(request, nominee.proposal.round, [nominee], kind="evidence")
    return _answer(
        found.file,
        found.content_type,
        {"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"},
        as_attachment=True,
        filename=found.name,
    )


@require_safe
def photo(request: HttpRequest, pk: int, nominee: int) -> FileResponse:
    """The photo that the unit sent, else the one of the employee."""
    found = find_nominee(request, pk, nominee)
    pages.only(rules.may_see(request.user, found))
    file = found.photo_file
    content_type = PHOTO_TYPES.get(PurePath(file.name).suffix.lower()) if file else None
    if content_type is None:
        raise Http404
    return _answer(file, content_type, {"Cache-Control": "private, max-age=86400"}, filename="photo")


def _answer(file: File, content_type: str, headers: dict[str, str], **how) -> FileResponse:
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    safe = {"X-Content-Type-Options": "nosniff", **headers}
    return FileResponse(opened, content_type=content_type, headers=safe, **how)
