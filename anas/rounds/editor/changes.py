"""What differs between two versions of a scheme."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.rounds.editor.forms import SECTIONS, place_in_words
from anas.rounds.scheme import Scheme, as_data
from anas.rounds.scheme_file import DECIMALS
from anas.rounds.tables import plain

LONGEST = 120  # letters of a text that are told
SCALE = {"scale": gettext_lazy("How it is scored"), "source": gettext_lazy("Register that suggests the score")}


@dataclass(frozen=True)
class Change:
    """`place`: "title", or "stages.tim.weight" with the code of the row; `what`: the same in words. An empty text:
    there was, or is, nothing."""

    place: str
    what: str
    before: str
    after: str

    @property
    def was(self) -> str:
        return self._shown(self.before)

    @property
    def becomes(self) -> str:
        return self._shown(self.after)

    def _shown(self, text: str) -> str:
        """A number as the language of the page writes it."""
        is_number = self.place.rpartition(".")[2] in DECIMALS and text
        return number_format(plain(Decimal(text))) if is_number else text

    def __str__(self) -> str:
        return f"{self.place}: {self.before or '-'} → {self.after or '-'}"


def changes(before: Scheme, after: Scheme) -> list[Change]:
    """What the second says otherwise, in the order of the file. Rows are known by their codes."""
    old, new = _flat(as_data(before)), _flat(as_data(after))
    names = _names(before) | _names(after)
    return [
        Change(place, _in_words(place, names), _short(old.get(place, "")), _short(new.get(place, "")))
        for place in dict.fromkeys([*new, *old])
        if old.get(place, "") != new.get(place, "")
    ]


def _flat(data: dict[str, Any]) -> dict[str, str]:
    found = {}
    for key, value in data.items():
        if key in SECTIONS:
            found[key] = ", ".join(row["code"] for row in value)
            for row in value:
                found |= {f"{key}.{row['code']}.{name}": _text(cell) for name, cell in row.items() if name != "code"}
        elif isinstance(value, dict):
            found |= {f"{key}.{name}": _text(cell) for name, cell in value.items()}
        else:
            found[key] = _text(value)
    return found


def _text(value: Any) -> str:
    if value is True:
        return _("yes")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _names(scheme: Scheme) -> dict[tuple[str, str], str]:
    rows = {"classifications": scheme.classifications, "criteria": scheme.criteria, "stages": scheme.stages}
    return {(section, row.code): row.name for section, some in rows.items() for row in some}


def _in_words(place: str, names: dict[tuple[str, str], str]) -> str:
    section, *rest = place.split(".")
    if len(rest) < 2:
        return place_in_words(place)
    label = SCALE.get(rest[1]) or place_in_words(f"{section}.{rest[1]}").partition(": ")[2]
    return f"{names[section, rest[0]]}: {label}"
