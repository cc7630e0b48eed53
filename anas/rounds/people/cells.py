"""What a cell of a list of people says about somebody. Every function answers the value, or raises Refused with why
the cell cannot be so; `present` is what is known about the person so far."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from anas.people.columns import COLUMNS, STATUS_NAMES, grade_of, plain, status_of
from anas.people.days import day_of
from anas.people.models import Employee, Unit
from anas.people.ranks import CONTRACT_GRADES, RANKS
from anas.refused import Refused, require
from anas.rounds.people import guards
from anas.rounds.people.forms import classifications

NEW_UNITS = 100  # more are a column that has no units in it


@dataclass
class Units:
    """The units that a list may name, by name and by code. Where `adds` is on, those that are missing come right under
    the topmost."""

    top: Unit
    adds: bool
    known: dict[str, list[Unit]] = field(default_factory=dict)
    new: list[Unit] = field(default_factory=list)

    def __post_init__(self) -> None:
        for unit in Unit.objects.below(self.top):
            for word in {unit.code.lower(), unit.name.lower()}:
                self.known.setdefault(word, []).append(unit)

    def called(self, text: str) -> Unit:
        found = self.known.get(text.lower(), [])
        if len(found) > 1:
            raise Refused(
                _("There are several units “%(name)s”; write the code instead: %(codes)s.")
                % {"name": text, "codes": ", ".join(unit.code for unit in found)}
            )
        return found[0] if found else self._new(text)

    def _new(self, name: str) -> Unit:
        if not self.adds:
            raise Refused(_("There is no unit “%(name)s” under %(top)s.") % {"name": name, "top": self.top})
        if len(self.new) >= NEW_UNITS:
            raise Refused(_("More than %(limit)s new units: is this the right column?") % {"limit": NEW_UNITS})
        _check_length(name, Unit._meta.get_field("name").max_length)
        unit = Unit(parent=self.top, name=name)
        self.new.append(unit)
        self.known[name.lower()] = [unit]
        return unit


@dataclass
class Cells:
    units: Units
    classes: dict[str, str] = field(default_factory=dict)  # codes by code and by name

    def __post_init__(self) -> None:
        for code, name in classifications(Unit.objects.below(self.units.top)).items():
            self.classes |= {plain(code): code, plain(name): code}

    def value(self, name: str, text: str, present: Employee | None) -> object:
        """What the field becomes; None where an empty cell leaves it as it is. A hyphen alone is an empty cell."""
        if text == "-" and getattr(present, name, "") != "-":
            text = ""
        if reader := getattr(self, f"_{name}", None):
            return reader(text, present)
        _check_length(text, Employee._meta.get_field(name).max_length)
        return text

    def _name(self, text: str, present: Employee | None) -> str:
        if not text:
            raise Refused(_("A name is needed."))
        _check_length(text, Employee._meta.get_field("name").max_length)
        return text

    def _unit(self, text: str, present: Employee | None) -> Unit:
        if not text:
            raise Refused(_("A unit is needed."))
        return self.units.called(text)

    def _status(self, text: str, present: Employee | None) -> str | None:
        if text and status_of(text) is None:
            raise Refused(
                _("“%(text)s” is no status; there are %(known)s.")
                % {"text": text, "known": ", ".join(STATUS_NAMES.values())}
            )
        return status_of(text)

    def _grade(self, text: str, present: Employee | None) -> str:
        grade = grade_of(text)
        if grade in ("", *RANKS, *CONTRACT_GRADES) or (present and text == present.grade):
            return text if present and text == present.grade else grade
        raise Refused(_("“%(text)s” is no grade; there are I/a to IV/e, and for PPPK I to XVII.") % {"text": text})

    def _rank(self, text: str, present: Employee | None) -> str | None:
        _check_length(text, Employee._meta.get_field("rank").max_length)
        return text or None

    def _classification(self, text: str, present: Employee | None) -> str:
        if not text or (present and text == present.classification):
            return text
        if code := self.classes.get(plain(text)):
            return code
        raise Refused(
            _("“%(text)s” is no classification; there are %(known)s.")
            % {"text": text, "known": ", ".join(sorted(set(self.classes.values())))}
        )

    def _in_unit_since(self, text: str, present: Employee | None) -> date | None:
        if not text:
            return None
        if (day := day_of(text)) is None:
            raise Refused(_("“%(text)s” is no date; write it as 2026-12-31 or 31/12/2026.") % {"text": text})
        require(guards.reason_since_ahead(day))
        return day

    def _email(self, text: str, present: Employee | None) -> str:
        try:
            if text and not (present and text == present.email):
                validate_email(text)
        except ValidationError:
            raise Refused(_("“%(text)s” is no e-mail address.") % {"text": text}) from None
        _check_length(text, Employee._meta.get_field("email").max_length)
        return text


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Refused(_("At most %(limit)s signs; here are %(count)s.") % {"limit": longest, "count": len(text)})


def column_name(name: str) -> str:
    """What the field is called in a file: "nip"."""
    return COLUMNS[name][0] if name in COLUMNS else ""
