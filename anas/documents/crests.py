"""The crest of an office: told by its content, made small, written anew."""

import base64
import binascii
from functools import lru_cache
from io import BytesIO

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from anas.refused import Refused

MEGABYTES = 5
MAX_PIXELS = 25_000_000
SIZE = (480, 560)  # enough for 23 mm at 500 dots per inch
ON_SCREEN = (96, 112)  # twice as large as at the head of a page
HEAD = 1024  # bytes in which an SVG says what it is


def clean(upload: File) -> bytes:
    """The picture as a PNG of at most 480 × 560 pixels, with nothing in it but its pixels.

    Raises Refused where it is no still PNG or JPEG, is damaged, or larger than 5 MB or 25 million pixels.
    """
    if upload.size > MEGABYTES * 1024 * 1024:
        raise Refused(_("%(name)s is larger than %(limit)s MB.") % {"name": upload.name, "limit": MEGABYTES})
    image = _opened(upload)
    try:
        small = _small(image)
    except Exception:  # Pillow raises whatever the broken decoder raises
        raise Refused(_("%(name)s is damaged or not complete.") % {"name": upload.name}) from None
    pixels = Image.new("RGBA", small.size)
    pixels.paste(small)
    clean = BytesIO()
    pixels.save(clean, "PNG", optimize=True)
    return clean.getvalue()


@lru_cache(maxsize=64)
def small(png: bytes) -> bytes:
    """The crest for screens, in the 256 colours that it needs most; made once in a process."""
    with Image.open(BytesIO(png)) as image:
        image.thumbnail(ON_SCREEN)
        written = BytesIO()
        image.convert("RGBA").quantize(method=Image.Quantize.FASTOCTREE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _opened(upload: File) -> Image.Image:
    """The picture, not decoded yet: its format, its size and its number of frames are looked at first."""
    upload.seek(0)
    if b"<svg" in upload.read(HEAD).lower():
        raise Refused(_("%(name)s is an SVG drawing. Save it as a PNG picture first.") % {"name": upload.name})
    upload.seek(0)
    try:
        image = Image.open(upload, formats=["PNG", "JPEG"])
    except Image.DecompressionBombError:
        raise Refused(_too_many_pixels(upload)) from None
    except Exception:  # Pillow raises whatever the broken decoder raises
        raise Refused(_("%(name)s is not a PNG or JPEG picture.") % {"name": upload.name}) from None
    if image.width * image.height > MAX_PIXELS:
        raise Refused(_too_many_pixels(upload))
    if getattr(image, "n_frames", 1) > 1:
        raise Refused(_("%(name)s is a moving picture. Choose one that stands still.") % {"name": upload.name})
    return image


def _too_many_pixels(upload: File) -> str:
    return _("%(name)s has more than %(limit)s million pixels. Make it smaller: %(size)s pixels are enough.") % {
        "name": upload.name,
        "limit": MAX_PIXELS // 1_000_000,
        "size": " × ".join(map(str, SIZE)),
    }


def _small(image: Image.Image) -> Image.Image:
    image.draft("RGB", SIZE)  # a JPEG is decoded at about the size that is needed
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # grey in 16 bits
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode not in ("RGBA", "LA", "PA", "P", "L"):  # CMYK among others
        image = image.convert("RGB")
    image = image.convert("RGBA")
    image.thumbnail(SIZE)
    return image


def as_text(png: bytes) -> str:
    """For a hidden field: a chosen picture is not to be chosen again after another field was wrong."""
    return base64.b64encode(png).decode()


def from_text(text: str) -> bytes:
    """The picture that a hidden field bears, looked at as strictly as one that was just sent. Raises Refused."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(_("The picture was lost on its way. Choose it once more.")) from None
    return clean(ContentFile(content, name=_("The picture")))
