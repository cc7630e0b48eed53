"""Faces for the screen: small enough that a ballot full of them comes over a slow line."""

from functools import lru_cache
from io import BytesIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

SIZE = (192, 192)  # pixels: twice the largest circle that a page shows
FACE = (0.5, 0.3)  # what is cut away is rather below
MOST = 4000  # bytes of one face
QUALITIES = (80, 70, 60, 50, 40, 30, 20, 10)


def small(file: File) -> bytes:
    """The photo as a square JPEG of at most about MOST bytes, upright, without anything that a phone wrote into it.
    Raises FileNotFoundError where it is gone, and OSError or ValueError where it is no picture any more."""
    return _made(file.name, default_storage.size(file.name))


@lru_cache(maxsize=512)
def _made(name: str, size: int) -> bytes:
    """Made once in a process and held in its memory alone: no second copy of a face lies on the disk when the photo is
    deleted. Another photo has another name (`uploads.clean_photo`)."""
    with default_storage.open(name) as opened, Image.open(opened, formats=["JPEG", "PNG", "WEBP"]) as image:
        image.draft("RGB", SIZE)
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    on_white = Image.new("RGBA", upright.size, "white")
    on_white.alpha_composite(upright)
    face = ImageOps.fit(on_white.convert("RGB"), SIZE, centering=FACE)
    for quality in QUALITIES:
        jpeg = _jpeg(face, quality)
        if len(jpeg) <= MOST:
            break
    return jpeg


def _jpeg(image: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
