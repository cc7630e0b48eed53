"""Files that people send: told by their content, never by their name; stored privately."""

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePath
from typing import TypeVar

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from anas.refused import Refused
from nominations.models import Evidence, Nominee

Found = TypeVar("Found")
PHOTO_SIZE = (900, 900)
MAX_PIXELS = 50_000_000
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}  # MPO: what some phones call a JPEG
PHOTO_TYPES = "image/jpeg,image/png,image/webp"  # for the browser's file picker
EVIDENCE_TYPES = ".pdf,.jpg,.jpeg,.png"


def clean_photo(upload: File) -> ContentFile:
    """The picture at most 900 × 900 pixels large, upright, as JPEG, without the place and time that a phone writes
    into it, and named by its content. Raises Refused where it is no picture, or too large a one."""
    _check_size(upload)
    content = _decoded(upload, _as_clean_jpeg)
    if content is None:
        raise Refused(
            _("%(name)s is not a photo that can be read: please send a JPEG, PNG or WebP file.") % {"name": upload.name}
        )
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:32]}.jpg")


def checked_evidence(nominee: Nominee, upload: File) -> Evidence:
    """Unsaved evidence with its type read from the content; the file is stored when the evidence is saved. Raises
    Refused for anything but PDF, JPEG and PNG."""
    _check_size(upload)
    content_type = _content_type(upload)
    if content_type is None:
        raise Refused(_("%(name)s is not a PDF, JPEG or PNG file, whatever its name says.") % {"name": upload.name})
    upload.seek(0)
    content = upload.read()
    ending = ENDINGS[content_type]
    return Evidence(
        nominee=nominee,
        file=ContentFile(content, name=f"evidence{ending}"),
        name=safe_name(upload.name or "") + ending,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def safe_name(name: str) -> str:
    """What a file is called without its ending: letters, digits, blanks and a few signs, at most 100 of them."""
    stem = PurePath(name.replace("\\", "/")).stem
    kept = "".join(sign if sign.isalnum() or sign in "-_.,()" else " " for sign in stem)
    return " ".join(kept.split())[:100].strip(" .") or "file"


def reasons_not_to_attach(evidence: Evidence) -> Iterator[str]:
    others = list(evidence.nominee.evidence.all())
    if len(others) >= settings.EVIDENCE_MAX_FILES:
        yield _("At most %(count)s files can be attached.") % {"count": settings.EVIDENCE_MAX_FILES}
    elif any(other.sha256 == evidence.sha256 for other in others):
        yield _("%(name)s is attached already.") % {"name": evidence.name}


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
    return "application/pdf" if _is_pdf(upload) else _decoded(upload, lambda image: PICTURES.get(image.format))


def _is_pdf(upload: File) -> bool:
    """Begins and ends like one: a page of HTML that has the letters %PDF somewhere does not."""
    upload.seek(0)
    content = upload.read()
    return content.lstrip().startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _decoded(upload: File, use: Callable[[Image.Image], Found]) -> Found | None:
    """What `use` makes of the picture, fully decoded, so that a file that only begins like one is found out; None
    where it is none, or too large a one to decode."""
    upload.seek(0)
    try:
        image = Image.open(upload, formats=["JPEG", "PNG", "WEBP"])
        if image.width * image.height > MAX_PIXELS:
            return None
        image.draft("RGB", PHOTO_SIZE)
        image.load()
        return use(image)
    except Exception:  # Pillow raises whatever the broken decoder raises
        return None


def _as_clean_jpeg(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail(PHOTO_SIZE)
    on_white = Image.new("RGBA", upright.size, "white")
    on_white.alpha_composite(upright)
    clean = BytesIO()
    on_white.convert("RGB").save(clean, "JPEG", quality=85)
    return clean.getvalue()
