"""Reading tables of a file that somebody wrote: every error names its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.IGNORECASE)
LARGEST = 10000
SHOWN = 40  # letters of a wrong value that are repeated to whoever wrote it


class BadData(ValueError):
    """Data from outside that break a rule; `place` is a path into the file such as `stages[2].weight`, `reason` says
    in the language of the moment what is wrong there."""

    def __init__(self, place: str, reason: str):
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


MISSING = object()


class Table:
    """A table of a file with typed readers that know where they stand; `done` refuses keys that nobody read.

    What is wrong raises BadData; or it is appended to `faults`, where there is such a list, and the reader goes on with
    the default or None.
    """

    def __init__(self, data: Any, place: str, faults: list[BadData] | None = None):
        self.data, self.place, self.read, self.faults = data, place, set(), faults
        if not isinstance(data, dict):
            self.data = {}
            self.fault(place or "file", _("must be a table of keys and values"))

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def fault(self, place: str, reason: str) -> None:
        """Something is wrong at this place."""
        bad = BadData(place, reason)
        if self.faults is None:
            raise bad
        self.faults.append(bad)

    def _value(self, key: str, default: Any, ok: Callable[[Any], bool], reason: str) -> Any:
        self.read.add(key)
        fallback = None if default is MISSING else default
        if key not in self.data:
            if default is MISSING:
                self.fault(self.at(key), _("is missing"))
            return fallback
        if not ok(self.data[key]):
            self.fault(self.at(key), reason)
            return fallback
        return self.data[key]

    def value(self, key: str, default: Any = MISSING) -> Any:
        """Whatever stands there."""
        return self._value(key, default, lambda value: True, "")

    def mapping(self, key: str) -> dict[str, Any]:
        reason = _("must be a table of keys and values")
        return self._value(key, MISSING, lambda value: isinstance(value, dict), reason)

    def text(self, key: str, default: Any = MISSING, *, longest: int | None = None, lines: bool = False) -> str:
        """`longest`: so many letters at most, and none that nobody can see; `lines`: it may have several lines."""
        reason = _("must be a text")
        found = self._value(key, default, lambda value: isinstance(value, str) and value.strip() != "", reason)
        if longest and found and key in self.data:
            for reason in _reasons_text(found.replace("\n", "") if lines else found, longest):
                self.fault(self.at(key), reason)
        return found

    def code(self) -> str:
        return self._value(
            "code",
            MISSING,
            lambda value: isinstance(value, str) and CODE.fullmatch(value) is not None,
            _("must be a code of letters, digits, - and _, at most 40 of them"),
        )

    def choice(self, key: str, choices: tuple[str, ...], default: Any = MISSING) -> str:
        reason = _("must be one of %(choices)s") % {"choices": ", ".join(choices)}
        return self._value(key, default, lambda value: isinstance(value, str) and value in choices, reason)

    def codes(self, key: str, default: Any = ()) -> tuple[str, ...]:
        def ok(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)

        return tuple(self._value(key, default, ok, _("must be a list of texts")) or ())

    def tables(self, key: str, default: Any = MISSING, *, most: int | None = None) -> list[Table]:
        """The tables of a list; none of a list that is longer than `most`."""
        rows = self._value(key, default, lambda value: isinstance(value, list), _("must be a list of tables")) or []
        if most and len(rows) > most:
            self.fault(
                self.at(key), _("has %(count)s rows, at most %(most)s can be") % {"count": len(rows), "most": most}
            )
            return []
        tables = [Table(row, f"{self.at(key)}[{index}]", self.faults) for index, row in enumerate(rows)]
        return [table for table, row in zip(tables, rows, strict=True) if isinstance(row, dict)]

    def whole(self, key: str, default: int | None) -> int | None:
        reason = _("must be a whole number from 1 to 1000")
        return self._value(key, default, lambda value: type(value) is int and 1 <= value <= 1000, reason)

    def flag(self, key: str) -> bool:
        return self._value(key, False, lambda value: type(value) is bool, _("must be true or false"))

    def table(self, key: str) -> Table | None:
        """The table that stands there, if any."""
        reason = _("must be a table of keys and values")
        data = self._value(key, None, lambda value: isinstance(value, dict), reason)
        return None if data is None else Table(data, self.at(key), self.faults)

    def decimal(self, key: str, default: Any = MISSING) -> Decimal | None:
        reason = _("must be a number with at most two decimals")
        raw = self._value(key, default, lambda value: type(value) in (int, float, str, Decimal), reason)
        if raw is None:
            return None
        try:
            value = Decimal(str(raw))
        except (InvalidOperation, ValueError):  # ValueError: a whole number of thousands of digits
            value = Decimal("NaN")
        if value.is_finite() and value > LARGEST:
            self.fault(self.at(key), _("must be at most %(largest)s") % {"largest": LARGEST})
        elif not value.is_finite() or value < 0 or value != round(value, 2):
            reason = _("%(raw)s is not a number from 0 with at most two decimals")
            self.fault(self.at(key), reason % {"raw": _shown(raw)})
        else:
            return value
        return None

    def done(self) -> None:
        for key in self.data:
            if key not in self.read:
                self.fault(self.at(key), _("is not a key that is known here"))


def _reasons_text(text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield _("has %(count)s letters, at most %(longest)s can be") % {"count": len(text), "longest": longest}
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        yield _("has letters that nobody can see")


def _shown(raw: Any) -> str:
    try:
        text = str(raw)
    except ValueError:
        return _("This")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def plain(number: Decimal) -> str:
    """12.50 → "12.5", 100.00 → "100"."""
    return str(int(number)) if number == int(number) else f"{number.normalize():f}"
