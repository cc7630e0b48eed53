"""A whole round as a file, `anas-scenario/1`: read and checked as far as that needs no round (`FORMATS.md` section 2).

Messages are English: they are part of the format.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from anas.rounds import scheme as schemes
from anas.rounds.scheme import FINAL, Scheme
from anas.rounds.tables import MISSING, BadData, Table

FORMAT = "anas-scenario/1"


@dataclass(frozen=True)
class UnitEntry:
    place: str
    code: str
    name: str
    head: str


@dataclass(frozen=True)
class EmployeeEntry:
    place: str
    id: str
    name: str
    unit: str
    classification: str  # empty: in none


@dataclass(frozen=True)
class ProposalEntry:
    place: str
    unit: str
    nominee: str
    classification: str
    scores: dict[str, Any]


@dataclass(frozen=True)
class SheetEntry:
    """A score sheet of the team, or, without an assessor, of the head."""

    place: str
    nominee: str
    scores: dict[str, Any]
    assessor: str = ""
    stage: str = ""


@dataclass(frozen=True)
class RecusalEntry:
    place: str
    assessor: str
    nominee: str


@dataclass(frozen=True)
class BallotEntry:
    place: str
    voter: str
    choices: dict[str, str | None]


@dataclass(frozen=True)
class DecisionEntry:
    place: str
    stage: str
    classification: str
    order: list[str]
    reason: str


@dataclass(frozen=True)
class Scenario:
    scheme: Scheme
    units: list[UnitEntry]
    employees: list[EmployeeEntry]
    team: list[str]
    head: str
    proposals: list[ProposalEntry]
    panel: list[SheetEntry]
    recusals: list[RecusalEntry]
    ballots: list[BallotEntry]
    head_scores: list[SheetEntry]
    decisions: list[DecisionEntry]


def load(path: Path) -> Scenario:
    """The scenario in a file. Raises BadData, in English, where it is no JSON, or breaks a rule."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except OSError as error:
        raise BadData(str(path), error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise BadData(str(path), "is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadData(f"line {error.lineno}", f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise BadData(str(path), "is nested too deeply") from None
    with translation.override("en"):
        return parse(data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _value in pairs if sum(key == other for other, _ in pairs) > 1)
        raise BadData(twice, "this key stands twice in one object")
    return found


def parse(data: Any) -> Scenario:
    """The scenario with its references checked: known units, employees, classifications and stages, ids used once."""
    top = Table(data, "")
    top.choice("format", (FORMAT,))
    scheme = _scheme(top)
    scenario = Scenario(
        scheme=scheme,
        units=[_unit(table) for table in top.tables("units")],
        employees=[_employee(table, scheme) for table in top.tables("employees")],
        team=list(top.codes("team")),
        head=top.text("head", ""),
        proposals=[_proposal(table) for table in top.tables("proposals", default=[])],
        panel=[_sheet(table, scheme) for table in top.tables("panel", default=[])],
        recusals=[_recusal(table) for table in top.tables("recusals", default=[])],
        ballots=[_ballot(table) for table in top.tables("ballots", default=[])],
        head_scores=[_head_sheet(table) for table in top.tables("head_scores", default=[])],
        decisions=[_decision(table) for table in top.tables("decisions", default=[])],
    )
    top.done()
    _check(scenario)
    return scenario


def _scheme(top: Table) -> Scheme:
    given = top.value("scheme")
    if isinstance(given, str):
        return schemes.preset(given)
    return schemes.parse(given, "scheme")


def _unit(table: Table) -> UnitEntry:
    entry = UnitEntry(table.place, table.text("code"), table.text("name"), table.text("head"))
    table.done()
    return entry


def _employee(table: Table, scheme: Scheme) -> EmployeeEntry:
    classification = table.value("classification", None)
    if classification not in (None, "", *scheme.classification_codes):
        raise BadData(table.at("classification"), f'there is no classification "{classification}"')
    entry = EmployeeEntry(table.place, table.text("id"), table.text("name"), table.text("unit"), classification or "")
    table.done()
    return entry


def _proposal(table: Table) -> ProposalEntry:
    entry = ProposalEntry(
        table.place,
        table.text("unit"),
        table.text("nominee"),
        table.text("classification"),
        table.mapping("scores"),
    )
    table.done()
    return entry


def _sheet(table: Table, scheme: Scheme) -> SheetEntry:
    panels = [spec.code for spec in scheme.stages if spec.kind == "panel"]
    if not panels:
        raise BadData(table.place, "the scheme has no stage of the kind panel")
    stage = table.choice("stage", tuple(panels), **({"default": panels[0]} if len(panels) == 1 else {}))
    entry = SheetEntry(table.place, table.text("nominee"), table.mapping("scores"), table.text("assessor"), stage)
    table.done()
    return entry


def _head_sheet(table: Table) -> SheetEntry:
    entry = SheetEntry(table.place, table.text("nominee"), table.mapping("scores"))
    table.done()
    return entry


def _recusal(table: Table) -> RecusalEntry:
    entry = RecusalEntry(table.place, table.text("assessor"), table.text("nominee"))
    table.done()
    return entry


def _ballot(table: Table) -> BallotEntry:
    choices = table.mapping("choices")
    for contest, choice in choices.items():
        if choice is not None and not isinstance(choice, str):
            raise BadData(f"{table.at('choices')}.{contest}", "must be the id of a finalist, or null")
    entry = BallotEntry(table.place, table.text("voter"), choices)
    table.done()
    return entry


def _decision(table: Table) -> DecisionEntry:
    entry = DecisionEntry(
        table.place,
        table.text("stage"),
        table.text("classification"),
        list(table.codes("order", default=MISSING)),
        table.text("reason"),
    )
    table.done()
    return entry


def _check(scenario: Scenario) -> None:
    units = _known((entry.code, f"{entry.place}.code") for entry in scenario.units)
    people = _known((entry.id, f"{entry.place}.id") for entry in scenario.employees)
    _known((member, f"team[{index}]") for index, member in enumerate(scenario.team))
    _check_refs(((entry.head, f"{entry.place}.head") for entry in scenario.units), people, "employee")
    _check_refs(((entry.unit, f"{entry.place}.unit") for entry in scenario.employees), units, "unit")
    _check_people(scenario, units, people)
    _check_decisions(scenario, people)


def _check_people(scenario: Scenario, units: set[str], people: set[str]) -> None:
    nominated = [*scenario.proposals, *scenario.panel, *scenario.recusals, *scenario.head_scores]
    _check_refs(((entry.unit, f"{entry.place}.unit") for entry in scenario.proposals), units, "unit")
    _check_refs(((entry.nominee, f"{entry.place}.nominee") for entry in nominated), people, "employee")
    assessing = [*scenario.panel, *scenario.recusals]
    _check_refs(((entry.assessor, f"{entry.place}.assessor") for entry in assessing), set(scenario.team), "team member")
    _check_refs(((entry.voter, f"{entry.place}.voter") for entry in scenario.ballots), people, "employee")
    _known((entry.voter, f"{entry.place}.voter") for entry in scenario.ballots)
    _known((entry.nominee, f"{entry.place}.nominee") for entry in scenario.proposals)
    _known((entry.nominee, f"{entry.place}.nominee") for entry in scenario.head_scores)
    _known(((entry.stage, entry.assessor, entry.nominee), entry.place) for entry in scenario.panel)
    if any(spec.kind == "head" for spec in scenario.scheme.stages) and not scenario.head:
        raise BadData("head", "is missing")


def _check_decisions(scenario: Scenario, people: set[str]) -> None:
    places = {spec.code for spec in scenario.scheme.stages} | {FINAL}
    _check_refs(((entry.stage, f"{entry.place}.stage") for entry in scenario.decisions), places, "stage")
    codes = set(scenario.scheme.classification_codes)
    _check_refs(
        ((entry.classification, f"{entry.place}.classification") for entry in scenario.decisions),
        codes,
        "classification",
    )
    for entry in scenario.decisions:
        order = [(person, f"{entry.place}.order[{index}]") for index, person in enumerate(entry.order)]
        _check_refs(order, people, "employee")
        _known(order)


def _known(found: Iterable[tuple[Any, str]]) -> set[Any]:
    """The keys. Raises BadData, at its place, for the first that stands there a second time."""
    keys = set()
    for key, place in found:
        if key in keys:
            shown = " / ".join(filter(None, key)) if isinstance(key, tuple) else key
            raise BadData(place, f'"{shown}" stands here a second time')
        keys.add(key)
    return keys


def _check_refs(found: Iterable[tuple[str, str]], known: set[str], what: str) -> None:
    for key, place in found:
        if key not in known:
            raise BadData(place, f'there is no {what} "{key}"')
