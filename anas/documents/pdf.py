"""From HTML to the bytes of a PDF. The only place that imports WeasyPrint."""

import threading
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from django.utils.translation import gettext as _
from PIL import ImageFile

from anas.documents.checks import PACKAGES
from anas.refused import Refused

# WeasyPrint's font configuration is not made for two renderings at once.
_one_at_a_time = threading.Lock()


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


def write(html: str, *, identifier: str) -> bytes:
    """The PDF of a page that brings everything it shows along as `data:`. The same page and identifier give the same
    bytes. Raises Refused where the machine lacks WeasyPrint's libraries."""
    try:
        tools = engine()
    except OSError:
        raise Refused(_("This server cannot make PDF files yet. Missing: %(names)s") % {"names": PACKAGES}) from None
    try:
        with _one_at_a_time:
            page = tools.weasyprint.HTML(string=html, url_fetcher=tools.fetcher, media_type="print")
            return page.write_pdf(font_config=tools.fonts, pdf_identifier=identifier.encode(), pdf_tags=True)
    except tools.refusal as refusal:  # not an Exception: it would end the worker
        raise ForbiddenAddress(str(refusal)) from refusal
