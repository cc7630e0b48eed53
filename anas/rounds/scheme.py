"""The rules of one award, as data: freeze and thaw. What they may say stands in `scheme_rules`, what they are made of
in `scheme_parts`."""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from anas.rounds import stage as stages
from anas.rounds.scheme_parts import COMPLAINTS, FINAL, Classification, Criterion, Scheme, StageSpec
from anas.rounds.scheme_rules import examine, parse
from anas.rounds.tables import BadData

__all__ = [
    "COMPLAINTS",
    "FINAL",
    "Classification",
    "Criterion",
    "Scheme",
    "StageSpec",
    "as_data",
    "digest",
    "examine",
    "freeze",
    "parse",
    "preset",
    "preset_codes",
    "thaw",
]
PRESETS = Path(__file__).parent / "schemes"


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
