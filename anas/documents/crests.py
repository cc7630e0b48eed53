"""The crest of an office: told by its content, made small, written anew."""

from io import BytesIO

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from anas.refused import Refused

MEGABYTES = 5
MAX_PIXELS = 40_000_000
SIZE = (480, 560)  # enough for 23 mm at 500 dots per inch


def clean(upload: File) -> bytes:
    """The picture as a PNG of at most 480 × 560 pixels, with nothing in it but its pixels.

    Raises Refused where it is no PNG or JPEG, or larger than 5 MB or 40 million pixels.
    """
    if upload.size > MEGABYTES * 1024 * 1024:
        raise Refused(_("%(name)s is larger than %(limit)s MB.") % {"name": upload.name, "limit": MEGABYTES})
    image = _picture(upload)
    if image is None:
        raise Refused(_("%(name)s is not a PNG or JPEG picture, or a far too large one.") % {"name": upload.name})
    image = ImageOps.exif_transpose(image).convert("RGBA")
    image.thumbnail(SIZE)
    pixels = Image.new("RGBA", image.size)
    pixels.paste(image)
    clean = BytesIO()
    pixels.save(clean, "PNG", optimize=True)
    return clean.getvalue()


def _picture(upload: File) -> Image.Image | None:
    """The decoded picture; its size is looked at before it is decoded."""
    upload.seek(0)
    try:
        image = Image.open(upload, formats=["PNG", "JPEG"])
        if image.width * image.height > MAX_PIXELS:
            return None
        image.load()
    except Exception:  # Pillow raises whatever the broken decoder raises
        return None
    return image
