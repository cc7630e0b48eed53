"""Who can head the units of an office, and whom the positions suggest."""

import re
from dataclasses import dataclass

from anas.people.models import Employee, Unit

# Positions of those who head a unit that proposes, or an office.
LEADING = re.compile(
    r"(?:pl[th]\.?\s*)?(kepala (?:dinas|badan|kantor|satuan|bidang|bagian|unit|upt)|sekretaris|direktur|inspektur|camat"
    r"|lurah)\b",
    re.IGNORECASE,
)
OF_AN_OFFICE = ("kepala dinas", "kepala badan", "kepala kantor", "kepala satuan", "direktur", "inspektur", "camat")


@dataclass(frozen=True)
class HeadsOf:
    """A unit with everybody who works in it."""

    unit: Unit
    people: list[Employee]
    is_office: bool

    @property
    def suggested(self) -> Employee | None:
        """The only one whose position says so."""
        found = [person for person in self.people if self._leads(person)]
        return found[0] if len(found) == 1 else None

    @property
    def is_suggestion(self) -> bool:
        return self.unit.head is None and self.suggested is not None

    @property
    def title(self) -> str:
        """As it stands, or as the suggested head's position begins."""
        if self.unit.head_title or not self.is_suggestion:
            return self.unit.head_title
        words = LEADING.match(self.suggested.position)
        return words[1].title() if words else ""

    def person(self, key: str) -> Employee:
        return next(person for person in self.people if str(person.pk) == key)

    def _leads(self, person: Employee) -> bool:
        words = LEADING.match(person.position)
        return bool(words) and (words[1].lower() in OF_AN_OFFICE) == self.is_office


def places(office: Unit, by: Employee) -> list[HeadsOf]:
    """The office and the units right under it, in two queries. Nobody makes himself a head, so whoever acts is in no
    list, but for the unit that he heads already."""
    units = list(office.children.select_related("head").order_by("position", "name"))
    people = list(Employee.objects.below(office).select_related("unit"))
    found = [HeadsOf(office, _with_head(people, office, by), is_office=True)]
    for unit in units:
        own = [person for person in people if unit.contains(person.unit)]
        found.append(HeadsOf(unit, _with_head(own, unit, by), is_office=False))
    return found


def _with_head(people: list[Employee], unit: Unit, by: Employee) -> list[Employee]:
    """The present head too, wherever he works."""
    others = [person for person in people if person not in (by, unit.head)]
    return sorted([*others, unit.head] if unit.head else others, key=lambda person: (person.name, person.pk))


def label(person: Employee) -> str:
    return ", ".join(filter(None, [person.full_name, person.position]))
