"""What the papers of a unit look like, found by going up the tree."""

from itertools import accumulate

from anas.documents.models import Letterhead
from anas.people.models import Unit

# DOMAIN section 4: paper and margins; the form of a number differs by region.
DEFAULTS = {
    "paper": Letterhead.Paper.F4,
    "margin_top": 25,
    "margin_bottom": 25,
    "margin_left": 30,
    "margin_right": 20,
    "decree_number": "188/{nomor}/{kode}/{tahun}",
    "certificate_number": "{nomor}/PIAGAM/{kode}/{tahun}",
    "minutes_number": "{nomor}/BA/{kode}/{tahun}",
}
# What the government's own letterhead hands down to its offices. The rest is each office's own.
FROM_GOVERNMENT = ("government", "crest", "place", *DEFAULTS)
FIELDS = (*FROM_GOVERNMENT, "office", "head_title", "address", "phone", "email", "website")
PAPERS = {"F4": (215, 330), "A4": (210, 297)}  # mm


def letterhead_for(unit: Unit) -> Letterhead:
    """An unsaved letterhead with every field filled in: from the nearest unit that has set it, else from the units'
    names, else the usual one. One query."""
    paths = accumulate(unit.path.strip("/").split("/"), lambda path, code: f"{path}{code}/", initial="/")
    line = list(Unit.objects.filter(path__in=list(paths)).select_related("letterhead").order_by("path"))
    found = Letterhead(unit=unit, **{name: _inherited(line, name) for name in FIELDS})
    return _derived(found, line)


def _inherited(line: list[Unit], name: str) -> object:
    """The value of the nearest unit, seen from the end of the line of units, that has one."""
    asked = line if name in FROM_GOVERNMENT else line[1:] or line
    values = (getattr(unit.letterhead, name) for unit in reversed(asked) if hasattr(unit, "letterhead"))
    empty = None if name == "crest" or name.startswith("margin") else ""
    return next((value for value in values if value), DEFAULTS.get(name, empty))


def _derived(letterhead: Letterhead, line: list[Unit]) -> Letterhead:
    """Fills in what follows from the names of the government (the root), the office below it and the unit itself."""
    letterhead.government = letterhead.government or (line[0].name if len(line) > 1 else "")
    letterhead.office = letterhead.office or line[:2][-1].name
    area = region(letterhead)
    letterhead.place = letterhead.place or area.removeprefix("Kota ").removeprefix("Kabupaten ")
    letterhead.head_title = letterhead.head_title or head_title(line[-1].head_title, letterhead.office, area)
    return letterhead


def region(letterhead: Letterhead) -> str:
    """ "Pemerintah Kota Batu" → "Kota Batu"."""
    return (letterhead.government or letterhead.office).removeprefix("Pemerintah ").strip()


def head_title(title: str, office: str, area: str) -> str:
    """("Kepala Dinas", "Dinas Kesehatan", "Kota Batu") → "Kepala Dinas Kesehatan Kota Batu"."""
    if area in office or area in title:
        return title or f"Kepala {office}"
    if office in title:
        return f"{title} {area}"
    return f"{(title or 'Kepala').split()[0]} {office} {area}"


def code_of(unit: Unit) -> str:
    """What stands for {kode} in the number of a document."""
    return unit.code.upper()
