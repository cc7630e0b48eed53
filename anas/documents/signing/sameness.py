"""Whether two PDF files show the same: every page, its contents, fonts and pictures, and what the file does when it is
opened. That the original stands unchanged at the beginning of a file is not enough, since whatever follows it may put
other pages in its place. Left out is only what a signature brings: its field, its rights, its proofs of validity.

What a tool that writes the file anew may do differently, such as packing the same words in another way, makes no
difference."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

OF_A_SIGNATURE = {"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Version", "/Metadata"}
# Pages are compared one by one; the structure tree and the order of tabs grow with the field of a signature.
OF_THE_FILE = OF_A_SIGNATURE | {"/Type", "/Pages", "/StructTreeRoot"}
OF_A_PAGE = {"/Type", "/Parent", "/Annots", "/Contents", "/Tabs", "/StructParents", "/LastModified"}
LENGTHS = {"/Length", "/DL"}
OF_A_STREAM = LENGTHS | {"/Filter", "/DecodeParms"}
BACKWARDS = {"/Parent", "/Prev", "/Last"}  # of an outline: the way forwards says the same
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
MOST_PAGES = 5000


def same(original: PdfFileReader, other: PdfFileReader) -> bool:
    """Whether the other file shows what the original shows and has no form but fields of signatures."""
    return has_only_signature_fields(other) and Content(original).digest() == Content(other).digest()


def has_only_signature_fields(reader: PdfFileReader) -> bool:
    form = at(reader.root, "/AcroForm", {})
    return "/XFA" not in form and all(at(field, "/FT") == "/Sig" for field in _each(at(form, "/Fields", [])))


class Content:
    """What a file shows, as a digest. Each object is read once, however many pages share it."""

    def __init__(self, reader: PdfFileReader):
        self.root = reader.root
        self.pages = list(pages(reader))
        self.places = {ref: place for place, (ref, _page, _inherited) in enumerate(self.pages)}
        self.known: dict[Any, bytes] = {}

    def digest(self) -> bytes:
        whole = [self._dictionary(self.root, OF_THE_FILE)]
        whole += [self._page(page, inherited) for _ref, page, inherited in self.pages]
        return _hash("file", whole)

    def _page(self, page: generic.DictionaryObject, inherited: dict[str, Any]) -> bytes:
        own = self._dictionary(page, OF_A_PAGE | set(INHERITED))
        handed_down = [self.of(inherited[name]) if name in inherited else b"" for name in INHERITED]
        notes = [self.of(note) for note in _each(at(page, "/Annots", [])) if not _is_of_a_signature(note)]
        return _hash("page", [own, *handed_down, hashlib.sha256(_contents(page)).digest(), *notes])

    def of(self, thing: Any) -> bytes:
        """The digest of an object, references followed; a page is named by its place."""
        if not isinstance(thing, generic.IndirectObject):
            return self._direct(thing)
        ref = thing.reference
        if ref in self.places:
            return _hash("place", [str(self.places[ref]).encode()])
        if ref not in self.known:
            self.known[ref] = b"round in circles"
            self.known[ref] = self._direct(thing.get_object())
        return self.known[ref]

    def _direct(self, thing: Any) -> bytes:
        if isinstance(thing, generic.StreamObject):
            return self._stream(thing)
        if isinstance(thing, generic.DictionaryObject):
            return self._dictionary(thing, BACKWARDS)
        if isinstance(thing, generic.ArrayObject):
            return _hash("array", [self.of(thing.raw_get(place)) for place in range(len(thing))])
        return _hash("value", [_value(thing)])

    def _stream(self, thing: generic.StreamObject) -> bytes:
        """Pictures are compared as they are packed, since pyHanko unpacks few of them; all else unpacked."""
        is_plain = "/DecodeParms" not in thing and thing.get("/Filter", "/FlateDecode") == "/FlateDecode"
        without, content = (OF_A_STREAM, thing.data) if is_plain else (LENGTHS, thing.encoded_data)
        return _hash("stream", [self._dictionary(thing, without), hashlib.sha256(content).digest()])

    def _dictionary(self, thing: generic.DictionaryObject, without: set[str]) -> bytes:
        parts = []
        for name in sorted(set(thing) - without):
            parts += [name.encode(), self.of(thing.raw_get(name))]
        return _hash("dictionary", parts)


def pages(reader: PdfFileReader) -> Iterable[tuple]:
    """Each page in its order: its reference, the page, and what it inherits."""
    return _pages_below(reader.root["/Pages"], {})


def _pages_below(node: generic.DictionaryObject, inherited: dict[str, Any], depth: int = 0) -> Iterable[tuple]:
    """Raises ValueError for a tree that is none."""
    if depth > 50:
        raise ValueError("The tree of pages has no end.")
    for place, kid in enumerate(_each(node["/Kids"])):
        if place > MOST_PAGES:
            raise ValueError("Too many pages.")
        handed_down = inherited | {name: kid.raw_get(name) for name in INHERITED if name in kid}
        if "/Kids" in kid:
            yield from _pages_below(kid, handed_down, depth + 1)
        else:
            yield node["/Kids"].raw_get(place).reference, kid, handed_down


def at(thing: dict, name: str, otherwise: Any = None) -> Any:
    """What stands under a name, a reference followed: `get` does not do that."""
    return thing[name] if name in thing else otherwise  # noqa: SIM401


def _each(array: list) -> list:
    """What stands in an array, references followed: looking it up does that, walking through it does not."""
    return [array[place] for place in range(len(array))]


def _contents(page: generic.DictionaryObject) -> bytes:
    found = at(page, "/Contents", [])
    streams = [found] if isinstance(found, generic.StreamObject) else _each(found)
    return b"\n".join(stream.data for stream in streams)


def _is_of_a_signature(note: generic.DictionaryObject) -> bool:
    kind = at(note, "/FT") or at(at(note, "/Parent", {}), "/FT")
    return at(note, "/Subtype") == "/Widget" and kind == "/Sig"


def _value(thing: Any) -> bytes:
    """A number, a name, a text, true, false or nothing, however it was spelt."""
    if isinstance(thing, int | Decimal) and not isinstance(thing, bool):
        return f"{Decimal(thing).normalize():f}".encode()
    if isinstance(thing, generic.TextStringObject):
        return b"(" + thing.original_bytes
    if isinstance(thing, generic.ByteStringObject):
        return b"(" + bytes(thing)
    return b"null" if isinstance(thing, generic.NullObject) else f"{thing!s}".encode()


def _hash(kind: str, parts: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256(kind.encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
