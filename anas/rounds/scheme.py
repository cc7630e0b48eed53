"""The rules of one award, as data: parse, validate, freeze. `FORMATS.md` section 1 describes the file."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from anas.rounds import eligibility
from anas.rounds import stage as stages
from anas.rounds.eligibility import Eligibility
from anas.rounds.tables import BadData, Table

PRESETS = Path(__file__).parent / "schemes"
MINIMUM_VOTES = 5
COMPLAINTS = "complaints"  # the register of complaints, where a criterion is fed by it
FINAL = "final"  # stands in the place of a stage's code for decisions on the end result


@dataclass(frozen=True)
class Classification:
    code: str
    name: str


@dataclass(frozen=True)
class Criterion:
    """An indicator. `weight` is relative to the other criteria; `scale` is "0-100" or "yes-no" (100 or 0); `source`
    names the register that suggests a score, if any."""

    code: str
    name: str
    weight: Decimal = Decimal(1)
    scale: str = "0-100"
    source: str = ""

    @property
    def is_yes_no(self) -> bool:
        return self.scale == "yes-no"

    @property
    def is_fed_by_complaints(self) -> bool:
        return self.source == COMPLAINTS


@dataclass(frozen=True)
class StageSpec:
    """One stage in the order of play. `weight` in percent of the final score."""

    code: str
    name: str
    kind: str
    weight: Decimal
    quota: int = 1
    criteria: tuple[Criterion, ...] = ()
    advance: int | None = None

    @property
    def what(self) -> stages.StageKind:
        """What kind of stage this is."""
        return stages.kind(self.kind)


@dataclass(frozen=True)
class Scheme:
    code: str
    name: str
    title: str
    subject: str
    note: str
    minimum_votes: int  # below so many votes the count is warned of: they could be guessed
    quorum: Decimal | None  # percent of the roll that has to vote, or nothing is counted
    objection_days: int | None  # between the result and the head's approval; None: no objections
    eligibility: Eligibility
    tie_break: tuple[str, ...]
    classifications: tuple[Classification, ...]
    criteria: tuple[Criterion, ...]
    stages: tuple[StageSpec, ...]

    def stage(self, code: str) -> StageSpec:
        return next(spec for spec in self.stages if spec.code == code)

    def classification(self, code: str) -> Classification:
        return next(item for item in self.classifications if item.code == code)

    @property
    def classification_codes(self) -> list[str]:
        return [item.code for item in self.classifications]


def parse(data: Any, place: str = "") -> Scheme:
    """A scheme from the keys of a TOML or JSON file. `place`: where in a larger file it stands. Raises BadData for the
    first rule that it breaks."""
    top = Table(data, place)
    code = top.code()
    name = top.text("name", code)
    classifications = tuple(
        Classification(table.code(), table.text("name", table.code())) for table in top.tables("classifications")
    )
    if not classifications:
        raise BadData(top.at("classifications"), "at least one is needed")
    criteria = tuple(_criterion(table) for table in top.tables("criteria", default=[]))
    specs = tuple(_stage(table, criteria) for table in top.tables("stages"))
    scheme = Scheme(
        code=code,
        name=name,
        title=top.text("title", name),
        subject=top.choice("subject", ("employee", "entry"), default="employee"),
        note=top.text("note", ""),
        minimum_votes=top.whole("minimum_votes", MINIMUM_VOTES),
        quorum=top.decimal("quorum", None),
        objection_days=top.whole("objection_days", None),
        eligibility=eligibility.parse(top.table("eligibility")),
        tie_break=top.codes("tie_break"),
        classifications=classifications,
        criteria=criteria,
        stages=specs,
    )
    top.done()
    if scheme.quorum is not None and scheme.quorum > 100:
        raise BadData(top.at("quorum"), "is a percentage of the voter roll, at most 100")
    _check_once(top.at("classifications"), (item.code for item in classifications))
    _check_once(top.at("criteria"), (item.code for item in criteria))
    _check_stages(scheme, top)
    return scheme


def _criterion(table: Table) -> Criterion:
    criterion = Criterion(
        code=table.code(),
        name=table.text("name", table.code()),
        weight=table.decimal("weight", Decimal(1)),
        scale=table.choice("scale", ("0-100", "yes-no"), default="0-100"),
        source=table.choice("source", (COMPLAINTS,), default=""),
    )
    if criterion.weight <= 0:
        raise BadData(f"{table.place}.weight", "must be more than 0")
    if criterion.source and not criterion.is_yes_no:
        raise BadData(f"{table.place}.source", "the register answers yes or no: the scale has to be yes-no")
    table.done()
    return criterion


def _stage(table: Table, criteria: tuple[Criterion, ...]) -> StageSpec:
    code = table.code()
    kind = table.choice("kind", tuple(stages.kinds()))
    used = _stage_criteria(table, stages.kind(kind), criteria)
    if "quota" in table.data and not stages.kind(kind).is_nominating:
        raise BadData(f"{table.place}.quota", "only a stage of the kind proposal has a quota")
    spec = StageSpec(
        code=code,
        name=table.text("name", code.capitalize()),
        kind=kind,
        weight=table.decimal("weight"),
        quota=table.whole("quota", 1),
        criteria=used,
        advance=table.whole("advance", None),
    )
    table.done()
    return spec


def _stage_criteria(table: Table, kind: stages.StageKind, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    if not kind.uses_criteria:
        if "criteria" in table.data:
            raise BadData(f"{table.place}.criteria", f"a stage of the kind {kind.code} uses none")
        return ()
    known = {item.code: item for item in criteria}
    codes = table.codes("criteria", default=tuple(known))
    for index, code in enumerate(codes):
        if code not in known:
            raise BadData(f"{table.place}.criteria[{index}]", f'there is no criterion "{code}"')
    if not codes:
        raise BadData(f"{table.place}.criteria", f"a stage of the kind {kind.code} needs at least one criterion")
    _check_once(f"{table.place}.criteria", codes)
    return tuple(known[code] for code in codes)


def _check_stages(scheme: Scheme, top: Table) -> None:
    _check_once(top.at("stages"), (spec.code for spec in scheme.stages))
    _check_once(top.at("tie_break"), scheme.tie_break)
    codes = [spec.code for spec in scheme.stages]
    seen: set[str] = set()
    for index, spec in enumerate(scheme.stages):
        kind = stages.kind(spec.kind)
        if spec.code == FINAL:
            raise BadData(f"{top.at('stages')}[{index}].code", f'"{FINAL}" means the end result and names no stage')
        if kind.is_nominating != (index == 0):
            raise BadData(
                f"{top.at('stages')}[{index}].kind",
                "the first stage, and no other, has to bring the nominees: kind proposal",
            )
        if spec.kind in seen and not kind.is_repeatable:
            raise BadData(f"{top.at('stages')}[{index}].kind", f"the kind {spec.kind} can stand in a scheme only once")
        seen.add(spec.kind)
    for index, code in enumerate(scheme.tie_break):
        if code not in codes:
            raise BadData(f"{top.at('tie_break')}[{index}]", f'there is no stage "{code}"')
    if scheme.objection_days and all(spec.kind != "panel" for spec in scheme.stages):
        raise BadData(top.at("objection_days"), "a team answers objections: a stage of the kind panel is needed")
    total = sum(spec.weight for spec in scheme.stages)
    if total != 100:
        raise BadData(top.at("stages"), f"the weights add up to {total}, not to 100")


def _check_once(place: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            raise BadData(f"{place}[{index}]", f'the code "{code}" is used twice')
        seen.add(code)


def as_data(scheme: Scheme) -> dict[str, Any]:
    """The scheme with the keys of its file, every default written out, numbers as texts with two decimals."""
    return {
        "code": scheme.code,
        "name": scheme.name,
        "title": scheme.title,
        "subject": scheme.subject,
        **({"note": scheme.note} if scheme.note else {}),
        "minimum_votes": scheme.minimum_votes,
        **({"quorum": f"{scheme.quorum:.2f}"} if scheme.quorum is not None else {}),
        **({"objection_days": scheme.objection_days} if scheme.objection_days else {}),
        **({"eligibility": rules} if (rules := scheme.eligibility.as_data()) else {}),
        "tie_break": list(scheme.tie_break),
        "classifications": [{"code": item.code, "name": item.name} for item in scheme.classifications],
        "criteria": [_criterion_data(item) for item in scheme.criteria],
        "stages": [_stage_data(spec) for spec in scheme.stages],
    }


def _criterion_data(item: Criterion) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": item.name,
        "weight": f"{item.weight:.2f}",
        "scale": item.scale,
        **({"source": item.source} if item.source else {}),
    }


def _stage_data(spec: StageSpec) -> dict[str, Any]:
    kind = stages.kind(spec.kind)
    return {
        "code": spec.code,
        "name": spec.name,
        "kind": spec.kind,
        "weight": f"{spec.weight:.2f}",
        **({"quota": spec.quota} if kind.is_nominating else {}),
        **({"criteria": [item.code for item in spec.criteria]} if kind.uses_criteria else {}),
        **({"advance": spec.advance} if spec.advance else {}),
    }


def freeze(scheme: Scheme) -> str:
    """The scheme as canonical JSON: sorted keys, no blanks. The same scheme gives the same bytes."""
    return json.dumps(as_data(scheme), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(frozen: str) -> str:
    """SHA-256 of a frozen scheme, as it is printed in every document."""
    return hashlib.sha256(frozen.encode()).hexdigest()


@cache
def thaw(frozen: str) -> Scheme:
    """The scheme from its canonical JSON."""
    return parse(json.loads(frozen))


def preset_codes() -> list[str]:
    return sorted(path.stem for path in PRESETS.glob("*.toml"))


@cache
def preset(code: str) -> Scheme:
    """A scheme that comes with the application. Raises BadData where there is none of that code."""
    if code not in preset_codes():
        raise BadData("scheme", f'there is no scheme "{code}"; there are {", ".join(preset_codes())}')
    return parse(tomllib.loads((PRESETS / f"{code}.toml").read_text(encoding="utf-8")))
