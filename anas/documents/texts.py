"""The words of a decree that the committee may change, and what stands there before it does."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from anas.documents import words
from anas.documents.letterheads import region
from anas.documents.models import Letterhead
from anas.documents.wording import TEXTS
from anas.rounds.models import Round


@dataclass(frozen=True)
class DecreeTexts:
    """Lists hold one item per point, without its letter or number."""

    title: str
    considering: list[str]  # Menimbang
    basis: list[str]  # Mengingat
    noting: list[str] = field(default_factory=list)  # Memperhatikan
    rulings: list[str] = field(default_factory=list)  # KESATU, KEDUA, …
    copies: list[str] = field(default_factory=list)  # Tembusan

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def default_texts(round: Round, letterhead: Letterhead, *, when: date) -> DecreeTexts:
    """A decree that could be signed as it stands, in the office's own words where it has set them; `when` says which
    year's budget pays."""
    award = f"{round.scheme.title} {round}"
    title = f"Penetapan {award} di Lingkungan {office_in_region(letterhead)}"
    stages = words.enumeration([words.lowered(spec.name) for spec in round.scheme.stages])
    values = {"penghargaan": award, "penerima": words.lowered(round.scheme.title), "periode": str(round)}
    return filled(letterhead, title, values | {"tahapan": stages}, when=when)


def filled(letterhead: Letterhead, title: str, values: dict[str, str], *, when: date) -> DecreeTexts:
    """The office's usual texts for a decree of this title. `values`: what stands for the fields that only the round
    knows."""
    more = {
        "judul": title,
        "jabatan": letterhead.head_title,
        "kantor": office_in_region(letterhead),
        "daerah": region(letterhead),
        "tahun": str(when.year),
    }
    points = {name: getattr(letterhead, name).splitlines() for name in TEXTS}
    return DecreeTexts(title, **{name: [words.fill(line, values | more) for line in points[name]] for name in TEXTS})


def office_in_region(letterhead: Letterhead) -> str:
    area = region(letterhead)
    return letterhead.office if area in letterhead.office else f"{letterhead.office} {area}"
