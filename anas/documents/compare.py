"""Whether a file is a document of ours. The bytes are looked at as they come in, and kept nowhere, on disk neither.

An altered document is recognised by the identifier in the trailer of its PDF: ours is the code of the document, and
whoever edits and saves a PDF leaves its first identifier as it is (ISO 32000-1, 14.4). A scan, a print and a PDF that
is made anew have lost it; nothing is claimed about these."""

import hashlib
import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Q

from anas.documents.models import CODE_LENGTH, Document

MEGABYTES = 20
MOST_CODES = 8  # in one file; whatever holds more is none of ours
AS_LETTERS = rb"\(([2-9a-z]{%d})\)" % CODE_LENGTH
AS_HEX = rb"<([0-9A-Fa-f]{%d})>" % (2 * CODE_LENGTH)
IDENTIFIER = re.compile(rb"/ID\s{0,9}\[\s{0,9}(?:" + AS_LETTERS + rb"|" + AS_HEX + rb")")
OF_A_SIGNATURE = b"/ByteRange"
LONGEST = 80  # bytes of an identifier, which may lie across two pieces


class Fingerprint(UploadedFile):
    """What is left of an uploaded file: its name, its size, its SHA-256, the codes that it bears, and whether it bears
    an electronic signature."""

    def __init__(self, name: str, size: int, sha256: str, codes: set[str], *, is_signed: bool = False):
        super().__init__(BytesIO(), name, size=size)
        self.sha256, self.codes, self.is_signed = sha256, codes, is_signed


class Reader(FileUploadHandler):
    """Takes the fingerprint of a file piece by piece; of a too large one, of its beginning."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest, self.codes, self.before, self.is_signed = hashlib.sha256(), set(), b"", False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start > MEGABYTES * 1024 * 1024:
            return
        self.digest.update(raw_data)
        if len(self.codes) < MOST_CODES:
            self.codes |= codes_in(self.before + raw_data)
        self.is_signed = self.is_signed or OF_A_SIGNATURE in self.before + raw_data
        self.before = raw_data[-LONGEST:]

    def file_complete(self, file_size: int) -> Fingerprint:
        return Fingerprint(self.file_name, file_size, self.digest.hexdigest(), self.codes, is_signed=self.is_signed)


def codes_in(piece: bytes) -> set[str]:
    """The codes that stand as identifiers in a piece of a PDF, written in letters or in hexadecimal."""
    found = (plain or bytes.fromhex(coded.decode()) for plain, coded in IDENTIFIER.findall(piece))
    return {code.decode() for code in found if code.isascii()}


def verdict(document: Document, file: Fingerprint) -> dict[str, object]:
    """What the file is, seen from this document: the "same", the same but "unsigned", as it was before it was signed,
    "altered", "other", "other-altered" or "unknown"; with the `other` document of ours that it is, or was made from."""
    ours = Q(sha256=file.sha256) | Q(signature__sha256=file.sha256) | Q(code__in=file.codes)
    known = list(Document.objects.published().filter(ours).light())
    same = next((item for item in known if file.sha256 in (item.sha256, item.handed_out.sha256)), None)
    found = same or next((item for item in known if item == document), None) or (known[0] if known else None)
    about = {"sha256": file.sha256, "is_signed": file.is_signed}
    if found and found != document:
        return {"verdict": "other" if same else "other-altered", "other": found, **about}
    if same:
        return {"verdict": "same" if file.sha256 == same.handed_out.sha256 else "unsigned", **about}
    return {"verdict": "altered" if found else "unknown", **about}
