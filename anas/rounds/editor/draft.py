"""A scheme while somebody writes it: everything as it was typed, right or wrong. A place in it is the place in the file
(`stages[1].weight`), and the name of the field on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify

from anas.rounds import stage as stages
from anas.rounds.scheme_parts import COMPLAINTS, Scheme
from anas.rounds.scheme_rules import MOST
from anas.rounds.tables import plain

TEXTS = ("code", "name", "title", "subject", "note")
WHOLE = ("minimum_votes", "objection_days")
MONTHS, FLAGS = ("months_in_unit", "rounds_since_win"), ("no_penalty", "no_complaint")
ROWS = {
    "classifications": ("code", "name"),
    "criteria": ("code", "name", "scale", "weight"),
    "stages": ("code", "name", "kind", "weight", "quota", "advance", "tie", "asked"),
}
PLACE = re.compile(r"(classifications|criteria|stages)\[(\d{1,4})\]\.(\w+)")
ACT = re.compile(r"(up|down|remove)\.(classifications|criteria|stages)\[(\d{1,4})\]|(add)\.(\w+)")
Row = dict[str, Any]  # a text for each field; for a stage also "criteria": the rows that are ticked


class Draft:
    """`top`: the texts by their places; `rows`: those of each section, in their order."""

    def __init__(self, top: dict[str, str], rows: dict[str, list[Row]]):
        self.top, self.rows = top, rows

    @classmethod
    def of(cls, scheme: Scheme) -> Draft:
        """As the form shows a scheme that holds."""
        top = {key: str(getattr(scheme, key)) for key in TEXTS}
        top |= {key: _shown(getattr(scheme, key)) for key in (*WHOLE, "quorum")}
        for key in (*MONTHS, *FLAGS):
            top[f"eligibility.{key}"] = _shown(getattr(scheme.eligibility, key))
        criteria = [
            {
                "code": item.code,
                "name": item.name,
                "scale": item.source or item.scale,
                "weight": _shown(item.weight),
            }
            for item in scheme.criteria
        ]
        return cls(
            top,
            {
                "classifications": [{"code": item.code, "name": item.name} for item in scheme.classifications],
                "criteria": criteria,
                "stages": list(_stage_rows(scheme, criteria)),
            },
        )

    @classmethod
    def empty(cls) -> Draft:
        """For an award that is like no other."""
        rows = {"classifications": [{}], "criteria": [{}], "stages": [{"kind": "proposal", "quota": "1"}, {}]}
        return cls({"minimum_votes": "5"}, rows)

    @classmethod
    def sent(cls, data: QueryDict) -> Draft:
        """What was typed."""
        top = {key: _clean(data.get(key, "")) for key in (*TEXTS, *WHOLE, "quorum")}
        for key in (*MONTHS, *FLAGS):
            top[f"eligibility.{key}"] = _clean(data.get(f"eligibility.{key}", ""))
        found: dict[str, dict[int, Row]] = {section: {} for section in ROWS}
        for place in data:
            if (match := PLACE.fullmatch(place)) and match[3] in ROWS[match[1]]:
                found[match[1]].setdefault(int(match[2]), {})[match[3]] = _clean(data[place])
        rows = {name: [some[n] for n in sorted(some)][: MOST[name] + 1] for name, some in found.items()}
        ticked = dict(zip(map(str, sorted(found["criteria"])), rows["criteria"], strict=False))
        for number, row in zip(sorted(found["stages"]), rows["stages"], strict=False):
            row["criteria"] = [ticked[n] for n in data.getlist(f"stages[{number}].criteria") if n in ticked]
        return cls(top, rows)

    def act(self, act: str) -> str | None:
        """Adds, removes or moves a row, and says where that row is now; None where this is no such act."""
        match = ACT.fullmatch(act)
        if not match:
            return None
        if match[4]:
            return self._add(match[5]) if match[5] in ROWS else None
        verb, rows, index = match[1], self.rows[match[2]], int(match[3])
        if index < len(rows):
            row = rows.pop(index)
            index = {"up": max(index - 1, 0), "down": index + 1, "remove": index}[verb]
            if verb != "remove":
                rows.insert(index, row)
        return f"{match[2]}[{min(index, max(len(rows) - 1, 0))}]"

    def _add(self, section: str) -> str:
        rows, row = self.rows[section], {}
        if len(rows) < MOST[section]:
            rows.append(row)
        if section == "criteria":  # a stage that looks at all of them looks at the new one too
            for stage in self.rows["stages"]:
                if len(stage.get("criteria", [])) == len(rows) - 1:
                    stage.setdefault("criteria", []).append(row)
        return f"{section}[{len(rows) - 1}]"

    def fill_codes(self) -> None:
        """A code for what has a name and no code yet."""
        self.top["code"] = self.top.get("code") or _code_of(self.top.get("name", ""), set())
        for rows in self.rows.values():
            taken = {row["code"] for row in rows if row.get("code")}
            for row in rows:
                row["code"] = row.get("code") or _code_of(row.get("name", ""), taken)
                taken.add(row["code"])

    def data(self) -> dict[str, Any]:
        """The keys of a file that says the same. What is left empty is left out."""
        top = {key: self.top.get(key) for key in TEXTS}
        top |= {key: _whole(self.top.get(key, "")) for key in WHOLE}
        top["quorum"] = _number(self.top.get("quorum", ""))
        rules = {key: _whole(self.top.get(f"eligibility.{key}", "")) for key in MONTHS}
        rules |= {key: bool(self.top.get(f"eligibility.{key}")) for key in FLAGS}
        return _without_gaps(top) | {
            "eligibility": _without_gaps(rules),
            "tie_break": [row["code"] for _place, row in sorted(self._ties(), key=lambda tie: tie[0]) if row["code"]],
            "classifications": [_without_gaps(row) for row in self.rows["classifications"]],
            "criteria": [_criterion_data(row) for row in self.rows["criteria"]],
            "stages": [self._stage_data(row) for row in self.rows["stages"]],
        }

    def _ties(self) -> Iterator[tuple[int, Row]]:
        for row in self.rows["stages"]:
            if isinstance(place := _whole(row.get("tie", "")), int):
                yield place, row

    def twice_in_ties(self) -> list[int]:
        """The stages that say the same place in the order of ties as one before them."""
        places = [_whole(row.get("tie", "")) for row in self.rows["stages"]]
        return [n for n, place in enumerate(places) if isinstance(place, int) and place in places[:n]]

    def _stage_data(self, row: Row) -> dict[str, Any]:
        kind = stages.kinds().get(row.get("kind", ""))
        found = {key: row.get(key) for key in ("code", "name", "kind")}
        found |= {"weight": _number(row.get("weight", "")), "advance": _whole(row.get("advance", ""))}
        if kind and kind.is_nominating:
            found["quota"] = _whole(row.get("quota", ""))
        if kind and kind.uses_criteria and row.get("asked"):
            ticked = row.get("criteria", [])
            found["criteria"] = [
                item["code"] for item in self.rows["criteria"] if _is_in(item, ticked) and item["code"]
            ]
        return {key: value for key, value in found.items() if value not in (None, "")}

    @property
    def total(self) -> Decimal:
        """What the weights add up to, of those that are numbers."""
        weights = (_decimal(row.get("weight", "")) for row in self.rows["stages"])
        return sum((weight for weight in weights if weight is not None), Decimal(0))

    def flat(self) -> MultiValueDict:
        """Everything by the names of the fields."""
        found = MultiValueDict({key: [value] for key, value in self.top.items()})
        for section, rows in self.rows.items():
            for index, row in enumerate(rows):
                for key in ROWS[section]:
                    found[f"{section}[{index}].{key}"] = row.get(key, "")
                if section == "stages":
                    some = row.get("criteria", [])
                    ticks = [str(n) for n, item in enumerate(self.rows["criteria"]) if _is_in(item, some)]
                    found.setlist(f"stages[{index}].criteria", ticks)
        return found


def _stage_rows(scheme: Scheme, criteria: list[Row]) -> Iterator[Row]:
    row_of = {row["code"]: row for row in criteria}
    for spec in scheme.stages:
        yield {
            "code": spec.code,
            "name": spec.name,
            "kind": spec.kind,
            "weight": _shown(spec.weight),
            "quota": _shown(spec.quota if spec.what.is_nominating else None),
            "advance": _shown(spec.advance),
            "tie": str(scheme.tie_break.index(spec.code) + 1) if spec.code in scheme.tie_break else "",
            "asked": "1" if spec.what.uses_criteria else "",
            "criteria": [row_of[item.code] for item in spec.criteria],
        }


def _is_in(row: Row, some: list[Row]) -> bool:
    """Whether this very row is among them; another may say the same."""
    return any(row is each for each in some)


def _criterion_data(row: Row) -> dict[str, Any]:
    found = {"code": row.get("code"), "name": row.get("name"), "weight": _number(row.get("weight", ""))}
    found["scale"] = "yes-no" if row.get("scale") == COMPLAINTS else row.get("scale")
    found["source"] = COMPLAINTS if row.get("scale") == COMPLAINTS else None
    return _without_gaps(found)


def _without_gaps(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None and value is not False and value != ""}


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _shown(value: Any) -> str:
    """A stored value as a field has it: 12.5 and not 12.50."""
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None or value is False else str(value)


def _whole(text: str) -> int | str | None:
    """A number where it is one, else what was typed: the rules say what is wrong with it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text or None


def _number(text: str) -> str | None:
    """With the decimal point, whichever was typed."""
    return text.replace(",", ".") or None


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= 10000 else None


def _code_of(name: str, taken: set[str]) -> str:
    """A code made from a name, unlike those taken; empty where the name has no letter for one."""
    code = slugify(name)[:36].strip("-_")
    others = (f"{code}-{number}" for number in range(2, 1000))
    return code if code not in taken or not code else next(other for other in others if other not in taken)
