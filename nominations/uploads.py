"""Files that people send: told by their content, never by their name; stored privately."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from anas.refused import Refused
from nominations.models import Evidence, Nominee

PHOTO_SIZE = (900, 900)
MAX_PIXELS = 50_000_000
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def clean_photo(upload: File) -> ContentFile:
    """The picture at most 900 × 900 pixels large, upright, as JPEG, without the place and time that a phone writes
    into it. Raises Refused where it is no picture, or too large a one."""
    _check_size(upload)
    image = _picture(upload)
    if image is None:
        raise Refused(_("%(name)s is not a photo: please send a JPEG, PNG or WebP file.") % {"name": upload.name})
    image = ImageOps.exif_transpose(image).convert("RGB")
    image.thumbnail(PHOTO_SIZE)
    clean = BytesIO()
    image.save(clean, "JPEG", quality=85)
    return ContentFile(clean.getvalue())


def checked_evidence(nominee: Nominee, upload: File) -> Evidence:
    """Unsaved evidence with its type read from the content. Raises Refused for anything but PDF, JPEG and PNG."""
    _check_size(upload)
    content_type = _content_type(upload)
    if content_type is None:
        raise Refused(_("%(name)s is not a PDF, JPEG or PNG file, whatever its name says.") % {"name": upload.name})
    upload.seek(0)
    content = upload.read()
    name = PurePath(get_valid_filename(PurePath(upload.name or "bukti").stem or "bukti")[:120])
    evidence = Evidence(
        nominee=nominee,
        name=f"{name}{ENDINGS[content_type]}",
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    evidence.file.save(f"evidence{ENDINGS[content_type]}", ContentFile(content), save=False)
    return evidence


def reasons_too_many(nominee: Nominee) -> Iterator[str]:
    if nominee.evidence.count() >= settings.EVIDENCE_MAX_FILES:
        yield _("At most %(count)s files can be attached.") % {"count": settings.EVIDENCE_MAX_FILES}


def delete_after_commit(file: File) -> None:
    """The file goes only once the act that removes it has really happened."""
    if file:
        storage, stored_name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(stored_name))


def _check_size(upload: File) -> None:
    if upload.size > settings.EVIDENCE_MAX_MEGABYTES * 1024 * 1024:
        raise Refused(
            _("%(name)s is larger than %(limit)s MB.") % {"name": upload.name, "limit": settings.EVIDENCE_MAX_MEGABYTES}
        )
    if upload.size == 0:
        raise Refused(_("%(name)s is empty.") % {"name": upload.name})


def _content_type(upload: File) -> str | None:
    upload.seek(0)
    head = upload.read(1024)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    image = _picture(upload)
    found = Image.MIME.get(image.format) if image else None
    return found if found in ENDINGS else None


def _picture(upload: File) -> Image.Image | None:
    """The fully decoded picture, so that a file that only begins like one is found out."""
    upload.seek(0)
    try:
        image = Image.open(upload, formats=["JPEG", "PNG", "WEBP"])
        if image.width * image.height > MAX_PIXELS:
            return None
        image.load()
    except Exception:  # Pillow raises whatever the broken decoder raises
        return None
    return image
