"""Everything that a round has issued, in one ZIP for the office's archive: the papers as they were kept, with
their electronic signatures, an index to be
read, and their hashes to be checked with `sha256sum -c`."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anas.documents.models import Document, DocumentQuerySet
from anas.people.models import Employee
from anas.refused import require
from anas.rounds import rules
from anas.rounds import services as rounds
from anas.rounds.models import Round

INDEX, HASHES = "daftar-dokumen.html", "sha256.txt"
STEM = 80  # letters of a file's name: a path on Windows has 260
AT_ONCE = 20  # documents in memory


def reason_no_documents(round: Round) -> str | None:
    return None if _issued(round).exists() else _("No document has been issued yet.")


def filename(round: Round) -> str:
    return f"{slugify(f'dokumen {round}')[:STEM]}.zip"


@transaction.atomic
def hand_out(round: Round, *, by: Employee) -> IO[bytes]:
    """The archive for somebody who may read everything, in a temporary file at its beginning; the audit trail says who
    took it."""
    require(rules.may_read_everything(by, round), reason_no_documents(round))
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    hashes = write(round, packed)
    rounds.note(round, by, "documents.archived", f"SHA-256 {hashlib.sha256(hashes).hexdigest()}")
    packed.seek(0)
    return packed


def write(round: Round, file: IO[bytes]) -> bytes:
    """Writes the ZIP and answers with its list of hashes. Nothing is compressed, since PDFs are; no time is written:
    the same documents in the same states give the same bytes, whoever takes them in whatever language."""
    entries = list(_entries(round))
    index = _index(round, entries)
    lines = [(hashlib.sha256(index).hexdigest(), INDEX), *((item.handed_out.sha256, name) for name, item in entries)]
    hashes = "".join(f"{digest}  {name}\n" for digest, name in lines).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, INDEX, index)
        _add(archive, HASHES, hashes)
        for name, pdf in _papers(entries):
            _add(archive, name, pdf)
    return hashes


def _issued(round: Round) -> DocumentQuerySet:
    return Document.objects.published().filter(round=round).order_by("pk")


def _entries(round: Round) -> Iterator[tuple[str, Document]]:
    """Each document with its file's name: small letters, digits and hyphens, after its place among them."""
    documents = list(_issued(round).listed())
    wide = max(2, len(str(len(documents))))
    for place, document in enumerate(documents, 1):
        stem = document.filename.removesuffix(".pdf")[:STEM].strip("-")
        yield f"{place:0{wide}d}-{stem}.pdf", document


def _papers(entries: list[tuple[str, Document]]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(entries), AT_ONCE):
        some = entries[start : start + AT_ONCE]
        kept = Document.objects.filter(pk__in=[item.pk for _name, item in some]).select_related("signature").in_bulk()
        yield from ((name, bytes(kept[item.pk].handed_out.pdf)) for name, item in some)


def _index(round: Round, entries: list[tuple[str, Document]]) -> bytes:
    page = {"round": round, "entries": entries, "hashes": HASHES}
    with translation.override("id"):
        return render_to_string("documents/archive.html", page).encode()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o644 << 16
    archive.writestr(info, content)
