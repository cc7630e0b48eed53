"""What a scheme is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from anas.rounds import stage as stages
from anas.rounds.eligibility import Eligibility

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
