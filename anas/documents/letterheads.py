"""What the papers of a unit look like and usually say, found by going up the tree."""

from itertools import accumulate

from django.db.models import CharField, ExpressionWrapper, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from anas.documents.letterhead_models import SETTINGS
from anas.documents.models import Letterhead
from anas.documents.wording import TEXTS
from anas.people.models import Unit

# DOMAIN section 4: paper, margins and letters; the form of a number differs by region.
DEFAULTS = {
    "paper": Letterhead.Paper.F4,
    "margin_top": 25,
    "margin_bottom": 25,
    "margin_left": 30,
    "margin_right": 20,
    "font": Letterhead.Font.BONUM,
    "font_size": Letterhead.FontSize.TWELVE,
    "shows_rank": True,
    "shows_nip": True,
    "decree_number": "188/{nomor}/{kode}/{tahun}",
    "certificate_number": "{nomor}/PIAGAM/{kode}/{tahun}",
    "minutes_number": "{nomor}/BA/{kode}/{tahun}",
    "announcement_number": "{nomor}/PENG/{kode}/{tahun}",
    "recap_number": "{nomor}/REKAP/{kode}/{tahun}",
    **{name: "\n".join(points) for name, points in TEXTS.items()},
}
# What the government's own letterhead hands down to its offices. The rest is each office's own.
FROM_GOVERNMENT = ("government", "crest", "place", *DEFAULTS)
PAPERS = {"F4": (215, 330), "A4": (210, 297), "LGL": (216, 356)}  # mm
# Debian's fonts-texgyre first, then what a desk computer may have. Without quotes: they stand in a style sheet as text.
FONTS = {
    "bonum": "TeX Gyre Bonum, Bookman Old Style, URW Bookman, serif",
    "termes": "TeX Gyre Termes, Times New Roman, Nimbus Roman, serif",
    "heros": "TeX Gyre Heros, Arial, Nimbus Sans, sans-serif",
    "pagella": "TeX Gyre Pagella, Book Antiqua, Palatino Linotype, serif",
}
# Millimetres that are left for the text at least: the parts of a decree are indented by 38.
SMALLEST_WIDTH, SMALLEST_HEIGHT = 120, 160


def letterhead_for(unit: Unit, *, own: Letterhead | None = None) -> Letterhead:
    """An unsaved letterhead with every field filled in: from the nearest unit that has set it, else from the units'
    names, else the usual one. One query. `own`: the unit's settings, where those that are kept are not meant."""
    paths = accumulate(unit.path.strip("/").split("/"), lambda path, code: f"{path}{code}/", initial="/")
    current = FilteredRelation("letterheads", condition=Q(letterheads__is_current=True))
    units = Unit.objects.filter(path__in=list(paths)).annotate(current=current)
    line = [(each, _current(each)) for each in units.select_related("current__crest").order_by("path")]
    if own:
        line[-1] = (line[-1][0], own)
    found = Letterhead(unit=unit, **{name: _inherited(line, name) for name in SETTINGS})
    return _derived(found, [each for each, _settings in line])


def _current(unit: Unit) -> Letterhead | None:
    return getattr(unit, "current", None)


def _inherited(line: list[tuple[Unit, Letterhead | None]], name: str) -> object:
    """The value of the nearest unit, seen from the end of the line of units, that has one."""
    asked = line if name in FROM_GOVERNMENT else line[1:] or line
    values = (getattr(settings, name) for _unit, settings in reversed(asked) if settings)
    default = DEFAULTS.get(name, None if name == "crest" else "")
    return next((value for value in values if value not in (None, "")), default)


def _derived(letterhead: Letterhead, line: list[Unit]) -> Letterhead:
    """Fills in what follows from the names of the government (the root), the office below it and the unit itself."""
    letterhead.government = letterhead.government or (line[0].name if len(line) > 1 else "")
    letterhead.office = letterhead.office or line[:2][-1].name
    area = region(letterhead)
    letterhead.place = letterhead.place or area.removeprefix("Kota ").removeprefix("Kabupaten ")
    letterhead.head_title = letterhead.head_title or head_title(line[-1].head_title, letterhead.office, area)
    return letterhead


def with_crest(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The units, each with the digest of the crest on its papers as `crest`: its own, or the nearest above."""
    path = ExpressionWrapper(OuterRef("path"), CharField())
    above = Letterhead.objects.filter(is_current=True, crest__isnull=False).annotate(path=path)
    nearest = above.filter(path__startswith=F("unit__path")).order_by("-unit__path")
    return units.annotate(crest=Subquery(nearest.values("crest")[:1]))


def room(letterhead: Letterhead) -> tuple[int, int]:
    """The width and height in millimetres that the margins leave for the text."""
    width, height = PAPERS[letterhead.paper]
    return (
        width - letterhead.margin_left - letterhead.margin_right,
        height - letterhead.margin_top - letterhead.margin_bottom,
    )


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
