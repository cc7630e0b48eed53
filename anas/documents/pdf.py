"""From HTML to the bytes of a PDF. The only place that imports WeasyPrint."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from types import ModuleType
from typing import Any

import pypdfium2
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import ImageFile
from PIL.Image import Image

from anas.documents.checks import PACKAGES
from anas.refused import Refused

# WeasyPrint's font configuration is not made for two renderings at once.
_one_at_a_time = threading.Lock()
DOTS = 300  # per inch
COLOURS = 64  # of a picture of a page: green, gold, ink, a crest, and what lies between them
STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)
END = b"</rdf:RDF>"
# A stream whose last byte is a carriage return, and the line end after it, read as one line end: the stream is then one
# byte shorter than it says, which PDF/A forbids (ISO 19005-2, section 6.1.7.1). The other line end leaves no doubt.
AMBIGUOUS, CLEAR = b"\r\nendstream", b"\r\rendstream"


class ForbiddenAddress(Exception):
    """A paper names an address outside of itself: a fault of ours, and no paper comes of it."""


@dataclass(frozen=True)
class Engine:
    weasyprint: ModuleType
    fonts: Any
    fetcher: Any
    refusal: type[BaseException]


@cache
def engine() -> Engine:
    """WeasyPrint, loaded with the first document (a second that no other page should wait for), fonts shared by all.

    Its fetcher opens `data:` and nothing else; any other address, of a file or of the net, ends the rendering.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    # WeasyPrint makes Pillow take torn pictures, in the whole process; uploads are to be refused for that.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
    return Engine(weasyprint, FontConfiguration(), fetcher, FatalURLFetchingError)


def write(html: str, *, identifier: str, whole: bool = False) -> bytes:
    """The PDF of a page that brings everything it shows along as `data:`; PDF/A-2a and PDF/UA-1 at once. The same page
    and identifier give the same bytes. Raises Refused where the machine lacks WeasyPrint's libraries, and, where the
    paper has to be `whole`, for a sign that no font of the machine has: it would be an empty box."""
    try:
        tools = engine()
    except OSError:
        raise Refused(_("This server cannot make PDF files yet. Missing: %(names)s") % {"names": PACKAGES}) from None
    try:
        with _one_at_a_time, _missing_signs() as missing:
            page = tools.weasyprint.HTML(string=STYLE.sub("", html), url_fetcher=tools.fetcher, media_type="print")
            written = page.write_pdf(
                stylesheets=[_style(css) for css in STYLE.findall(html)],
                font_config=tools.fonts,
                pdf_identifier=identifier.encode(),
                pdf_variant="pdf/a-2a",
                finisher=_say_accessible,
            )
    except tools.refusal as refusal:  # not an Exception: it would end the worker
        raise ForbiddenAddress(str(refusal)) from refusal
    if whole and missing:
        signs = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in sorted(missing))
        raise Refused(_("This server has no font with %(signs)s: write it otherwise.") % {"signs": signs})
    return written.replace(AMBIGUOUS, CLEAR)


@contextmanager
def _missing_signs() -> Iterator[set[str]]:
    """The signs that WeasyPrint finds in no font while it draws: it tells its log alone."""
    missing: set[str] = set()

    def look(record: logging.LogRecord) -> bool:
        if str(record.msg).startswith(".notdef"):
            missing.add(record.args[0])
        return True

    logger = logging.getLogger("weasyprint")
    logger.addFilter(look)
    try:
        yield missing
    finally:
        logger.removeFilter(look)


@lru_cache(maxsize=32)
def _style(css: str) -> Any:
    """The style of a paper: the same for hundreds of certificates; to read it for each took an eighth of their time."""
    tools = engine()
    return tools.weasyprint.CSS(string=css, font_config=tools.fonts, url_fetcher=tools.fetcher, media_type="print")


def dots(picture: str, *, side: int) -> bytes:
    """The PNG of a square picture (a `data:` address) of so many millimetres, in 300 dots per inch."""
    style = f"@page {{ size: {side}mm; margin: 0 }} body {{ margin: 0 }} img {{ display: block; width: {side}mm }}"
    page = write(f'<html lang="id"><title>-</title><style>{style}</style><img alt="-" src="{picture}">', identifier="-")
    return pictures(page, scale=DOTS / 72)[0]


def pictures(pdf: bytes, *, scale: float, pages: int = 1) -> list[bytes]:
    """The first pages as PNG; `scale`: dots for each point of 1/72 inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(document[number].render(scale=scale).to_pil()) for number in range(min(pages, len(document)))]
    finally:
        document.close()


def _png(picture: Image) -> bytes:
    stream = BytesIO()
    picture.quantize(COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _say_accessible(document: Any, pdf: Any) -> None:
    """WeasyPrint writes the metadata of one standard. That of PDF/UA-1 (ISO 14289-1, section 5) is added here, with the
    description that PDF/A wants of every property that it does not know (ISO 19005-2, section 6.6.2.3). The packet is
    left uncompressed for whatever looks for it without reading PDF."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (packet,) = metadata.stream
    metadata.stream = [packet.replace(END, render_to_string("documents/accessible.xml").encode() + END)]
    metadata.compress = False
