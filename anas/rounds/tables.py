"""Reading tables of a file that somebody wrote: every error names its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.IGNORECASE)


class BadData(ValueError):
    """Data from outside that break a rule; `place` is a path into the file such as `stages[2].weight`."""

    def __init__(self, place: str, reason: str):
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


MISSING = object()


class Table:
    """A table of a file with typed readers that know where they stand; `done` refuses keys that nobody read."""

    def __init__(self, data: Any, place: str):
        if not isinstance(data, dict):
            raise BadData(place or "file", "must be a table of keys and values")
        self.data, self.place, self.read = data, place, set()

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _value(self, key: str, default: Any, ok: Callable[[Any], bool], wanted: str) -> Any:
        self.read.add(key)
        if key not in self.data:
            if default is MISSING:
                raise BadData(self.at(key), "is missing")
            return default
        if not ok(self.data[key]):
            raise BadData(self.at(key), f"must be {wanted}")
        return self.data[key]

    def value(self, key: str, default: Any = MISSING) -> Any:
        """Whatever stands there."""
        return self._value(key, default, lambda value: True, "anything")

    def mapping(self, key: str) -> dict[str, Any]:
        return self._value(key, MISSING, lambda value: isinstance(value, dict), "a table of keys and values")

    def text(self, key: str, default: Any = MISSING) -> str:
        return self._value(key, default, lambda value: isinstance(value, str) and value.strip() != "", "a text")

    def code(self) -> str:
        return self._value(
            "code",
            MISSING,
            lambda value: isinstance(value, str) and CODE.fullmatch(value) is not None,
            "a code of letters, digits, - and _, at most 40 of them",
        )

    def choice(self, key: str, choices: tuple[str, ...], default: Any = MISSING) -> str:
        return self._value(
            key, default, lambda value: isinstance(value, str) and value in choices, f"one of {', '.join(choices)}"
        )

    def codes(self, key: str, default: Any = ()) -> tuple[str, ...]:
        def ok(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)

        return tuple(self._value(key, default, ok, "a list of texts"))

    def tables(self, key: str, default: Any = MISSING) -> list[Table]:
        rows = self._value(key, default, lambda value: isinstance(value, list), "a list of tables")
        return [Table(row, f"{self.at(key)}[{index}]") for index, row in enumerate(rows)]

    def whole(self, key: str, default: int | None) -> int | None:
        return self._value(
            key, default, lambda value: type(value) is int and 1 <= value <= 1000, "a whole number from 1"
        )

    def flag(self, key: str) -> bool:
        return self._value(key, False, lambda value: type(value) is bool, "true or false")

    def table(self, key: str) -> Table | None:
        """The table that stands there, if any."""
        data = self._value(key, None, lambda value: isinstance(value, dict), "a table of keys and values")
        return None if data is None else Table(data, self.at(key))

    def decimal(self, key: str, default: Any = MISSING) -> Decimal:
        raw = self._value(
            key, default, lambda value: type(value) in (int, float, str, Decimal), "a number with at most two decimals"
        )
        if raw is None:
            return None
        try:
            value = Decimal(str(raw))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value < 0 or value > 10000 or value != round(value, 2):
            raise BadData(self.at(key), f"{raw} is not a number from 0 with at most two decimals")
        return value

    def done(self) -> None:
        for key in self.data:
            if key not in self.read:
                raise BadData(self.at(key), "is not a key that is known here")
