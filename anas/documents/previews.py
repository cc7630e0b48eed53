"""How the papers of a unit would look: the sample decree itself, with settings that need not have been kept, as a PDF
or as pictures of its pages. Nothing is stored."""

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from anas.documents import facts, papers, texts
from anas.documents import pdf as pdf_files
from anas.documents.letterheads import letterhead_for
from anas.documents.models import Letterhead
from anas.people.models import Unit
from anas.refused import Refused

PAGES = 3  # the head with the reasons, the rulings, the signature and who gets copies
SHARPNESS = 110 / 72  # dots per point
PATIENCE = 5  # seconds
# A paper costs some tenths of a second of one processor; neither library draws two at once.
_one_at_a_time = threading.Lock()


def pdf(unit: Unit, *, own: Letterhead | None = None) -> bytes:
    """The sample with KONSEP across it. `own`: settings of the unit that have not been kept. Raises Refused while
    others are being drawn, and where the server cannot make PDF files."""
    with _turn():
        return _sample(unit, own)


def pictures(unit: Unit, *, own: Letterhead | None = None) -> list[str]:
    """The first pages of the sample as PNG in `data:` addresses. Raises Refused as `pdf` does."""
    with _turn():
        drawn = pdf_files.pictures(_sample(unit, own), scale=SHARPNESS, pages=PAGES)
    return [f"data:image/png;base64,{b64encode(png).decode()}" for png in drawn]


@contextmanager
def _turn() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Refused(_("Other previews are being drawn. Try again in a moment."))
    try:
        yield
    finally:
        _one_at_a_time.release()


def _sample(unit: Unit, own: Letterhead | None) -> bytes:
    letterhead, today = letterhead_for(unit, own=own), timezone.localdate()
    shown = facts.sample(unit, today, letterhead=letterhead)
    named = {"penghargaan": shown["award"], "penerima": "penerima penghargaan", "periode": f"Contoh {today.year}"}
    usual = texts.filled(letterhead, shown["title"], named | {"tahapan": "seluruh tahapan penilaian"}, when=today)
    if unit.head:
        shown["signatory"] |= facts.signature(unit.head, letterhead)
    return papers.render("decree", {**shown, "texts": usual.as_data()}, is_draft=True)
