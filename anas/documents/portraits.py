"""Photos for paper: small, upright, and kept within the document, which reads no file."""

import base64
from io import BytesIO

from django.core.files.base import File
from PIL import Image, ImageOps

SIZE = (600, 800)  # pixels: 60 × 80 mm at 254 dots per inch
FACE = (0.5, 0.3)  # what is cut away is rather below


def small(file: File | None) -> str:
    """The picture as a JPEG of 3 : 4 in base64; empty where there is none, or where it can no longer be read: then the
    paper shows initials."""
    if not file:
        return ""
    try:
        with file.open("rb") as opened, Image.open(opened, formats=["JPEG", "PNG", "WEBP"]) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return ""
    written = BytesIO()
    ImageOps.fit(upright, SIZE, centering=FACE).save(written, "JPEG", quality=82, optimize=True)
    return base64.b64encode(written.getvalue()).decode()
