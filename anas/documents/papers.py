"""From frozen facts to the paper: which template, which code, and the bytes."""

from base64 import b64encode
from functools import cache
from typing import Any

import segno
from django.template.loader import render_to_string

from anas.documents import pdf, words

TEMPLATES = {
    "decree": "documents/decree.html",
    "certificate": "documents/certificate.html",
    "closing": "documents/closing.html",
    "count": "documents/count.html",
    "assessment": "documents/assessment.html",
    "announcement": "documents/announcement_paper.html",
    "poster": "documents/poster.html",
    "recap": "documents/recap.html",
}
# Millimetres, for titles in balanced lines: a capital letter of 12 pt in the mean, a bold one of 16 pt, the crest.
CAPITAL, CAPITAL_OF_OFFICE, CREST = 3.1, 4.5, 24
# The list of envelopes: letters of a hash, the width of a letter in ems, points to which the letters are limited.
HASH, EM, SMALLEST, LARGEST = 64, 0.6, 5, 7
LINES, GAP = 5, 3  # lines that stand together; blanks between two columns
POINT = 25.4 / 72  # mm
TILE = 14  # mm, the side of a flower in a certificate's band
DRAWN = ("mark", "flower")
COLUMNS, MOST_COLUMNS = [(3, 1), (8, 2), (15, 3)], 4  # of a poster: up to so many winners in so many
POSTER_LETTERS = 36  # in a line of its title


def render(kind: str, facts: dict[str, Any], *, is_draft: bool = False) -> bytes:
    """The PDF of a document. The same facts give the same bytes. A draft bears KONSEP on every page and no code, and
    may show a sign as an empty box; for any other paper that is Refused."""
    page = html(kind, facts, is_draft=is_draft)
    return pdf.write(page, identifier=facts["code"] or "konsep", whole=not is_draft)


def html(kind: str, facts: dict[str, Any], *, is_draft: bool = False) -> str:
    """The paper as a page. In Indonesian whatever the language of the interface: its templates translate nothing."""
    return render_to_string(TEMPLATES[kind], {**facts, **_drawn(kind, facts), "is_draft": is_draft})


def _drawn(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """What is drawn from the facts: pictures as `data:`, titles in balanced lines, the code in readable groups."""
    crest, code = facts["letterhead"]["crest"], facts["code"]
    drawn = {
        "crest": f"data:image/png;base64,{crest}" if crest else "",
        "qr": segno.make(facts["link"], error="m", boost_error=False).svg_data_uri(border=0),
        "groups": [code[start : start + 4].upper() for start in range(0, len(code), 4)],
        "check_at": facts["link"].rpartition("://")[2].removesuffix(f"/{code}/"),
    }
    return {**drawn, **MORE[kind](facts)}


def _width(letterhead: dict[str, Any]) -> int:
    return letterhead["paper"]["width"] - letterhead["margins"]["left"] - letterhead["margins"]["right"]


def _office_lines(letterhead: dict[str, Any]) -> list[str]:
    room = _width(letterhead) - (CREST if letterhead["crest"] else 0)
    return words.balanced(letterhead["office"].upper(), int(room / CAPITAL_OF_OFFICE))


def _decree(facts: dict[str, Any]) -> dict[str, Any]:
    letterhead = facts["letterhead"]
    width, head = _width(letterhead), letterhead["head_title"].upper()
    return {
        "office_lines": _office_lines(letterhead),
        "heading": words.balanced(f"KEPUTUSAN {head}", int(width / CAPITAL)),
        "title_lines": words.balanced(facts["texts"]["title"].upper(), int(width / CAPITAL)),
        "head_lines": words.balanced(f"{head},", int(width / CAPITAL)),
        "rulings": [(words.ordinal(place), text) for place, text in enumerate(_rulings(facts), 1)],
    }


def _rulings(facts: dict[str, Any]) -> list[str]:
    """A decree that replaces another one says so before its last ruling, which says from when it holds."""
    rulings = facts["texts"]["rulings"]
    if "replaces" not in facts:
        return rulings
    before = max(len(rulings) - 1, 1)
    return [*rulings[:before], facts["replaces"]["sentence"], *rulings[before:]]


def _minutes(facts: dict[str, Any]) -> dict[str, Any]:
    letters = int(_width(facts["letterhead"]) / CAPITAL)
    about = (facts["award"], f"{facts['scheme']} {facts['round']}")
    return {
        "office_lines": _office_lines(facts["letterhead"]),
        "title_lines": [line for part in about for line in words.balanced(part.upper(), letters)],
    }


def _closing(facts: dict[str, Any]) -> dict[str, Any]:
    columns, size = hash_columns(_width(facts["letterhead"]), len(facts["hashes"]))
    lines = numbered(facts["hashes"], columns)
    groups = ["\n".join(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]
    return {**_minutes(facts), "hash_size": f"{size:.2f}", "hash_groups": groups}


def hash_columns(width: float, count: int) -> tuple[int, float]:
    """(165 mm, 8000 hashes) → (2, 5.5): how many columns of numbered hashes stand side by side, and their letters in
    points; one column where two would be too small to be read."""
    entry = len(str(count)) + 1 + HASH
    sizes = {columns: width / POINT / EM / (entry * columns + GAP * (columns - 1)) for columns in (2, 1)}
    columns = 2 if sizes[2] >= SMALLEST else 1
    return columns, min(int(sizes[columns] * 100) / 100, LARGEST)


def numbered(hashes: list[str], columns: int) -> list[str]:
    """Lines of so many hashes side by side, each with its number, to be read line by line."""
    wide = len(str(len(hashes)))
    entries = [f"{place:>{wide}} {one}" for place, one in enumerate(hashes, 1)]
    return [(" " * GAP).join(entries[start : start + columns]) for start in range(0, len(entries), columns)]


def _certificate(facts: dict[str, Any]) -> dict[str, Any]:
    return {"kawung": tile("documents/kawung.svg"), **{name: picture(f"documents/{name}.svg") for name in DRAWN}}


def _poster(facts: dict[str, Any]) -> dict[str, Any]:
    """More winners stand in more columns, each of them smaller."""
    count = len(facts["winners"])
    columns = next((columns for most, columns in COLUMNS if count <= most), MOST_COLUMNS)
    title = words.balanced(f"{facts['scheme']} {facts['round']}", POSTER_LETTERS)
    drawn = {name: picture(f"documents/{name}.svg") for name in ("kawung", *DRAWN)}
    return {**drawn, "columns": columns, "title_lines": title}


MORE = {
    "decree": _decree,
    "certificate": _certificate,
    "closing": _closing,
    "count": _minutes,
    "assessment": _minutes,
    "announcement": _minutes,
    "poster": _poster,
    "recap": _minutes,
}


def picture(template: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(render_to_string(template).encode()).decode()


@cache
def tile(template: str) -> str:
    """A picture as dots, fine enough for print: a certificate lays it out seven times, and WeasyPrint draws lines anew
    each time, which took a quarter of all its time."""
    return "data:image/png;base64," + b64encode(pdf.dots(picture(template), side=TILE)).decode()
