"""What a kind of stage is, and who keeps the scores.

`anas.rounds` moves a round from stage to stage without knowing what happens in one. An app that brings a kind
subclasses `StageKind` in its `stage.py` and registers an instance in its `apps.py`. The one app that turns input into
scores registers itself as the scorekeeper in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import QueryDict

    from anas.people.models import Employee
    from anas.rounds.models import Round, Stage


@dataclass(frozen=True)
class Task:
    """One thing that a person is asked to do now."""

    title: str
    text: str
    url: str
    action: str
    due: datetime | None = None
    minutes: int | None = None  # how long it takes, roughly


@dataclass(frozen=True)
class Owed:
    """Something that a round waits for, for the committee's list. `who`: a person, a unit or a role in words; `what`:
    what is missing, as a sentence; `url`: where it is mended. `person`: whom a reminder goes to, None for a group."""

    who: str
    what: str
    url: str
    person: Employee | None = None


@dataclass(frozen=True)
class Progress:
    """How far a stage is, for everybody in the room: so many of so many. `words`: what is counted. `picture`: a
    template that shows more, and what it needs."""

    done: int
    total: int
    words: str
    picture: tuple[str, dict[str, object]] | None = None


@dataclass(frozen=True)
class Sheets:
    """Marks given on sheets: for each sheet the criterion scores (0 to 100) by the criterion's code. `authors`: whose
    sheets they are, in the same order; empty where they are the units' own."""

    sheets: list[dict[str, Decimal]]
    authors: list[Employee] = field(default_factory=list)


@dataclass(frozen=True)
class Votes:
    """Marks given by votes, of all the valid votes in the nominee's classification."""

    votes: int
    valid: int


class StageKind:
    """One kind of stage. The methods that answer with reasons answer with an empty list where nothing is in the way;
    a reason is a sentence for the person who wants to act."""

    code: str
    label: str
    who: str  # who acts in it, in words
    actor: str  # the round role that acts in it
    part: str  # what somebody with this role does, said to him
    uses_criteria = True
    is_nominating = False  # brings the nominees in: stands first, and once
    is_repeatable = False  # may stand in a scheme more than once
    is_reopenable = True
    settles_on_close = True  # False: something has to happen between the close and the scores, like a count
    hides_authors = False  # True: only those who may read everything learn which sheet is whose
    closed_by = "committee"  # the round role that closes it
    icon = "star"
    working_days = 5  # that it usually takes, for a schedule that is suggested
    minutes: int  # how long the part of one person takes, roughly; where there are sheets, for each of them
    has_sheets = False  # one for each nominee

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        return []

    def open_warnings(self, stage: Stage) -> list[str]:
        """What the person who is about to open the stage should know: sentences for the page that asks once more."""
        return []

    def close_warnings(self, stage: Stage) -> list[str]:
        """The same before the close."""
        return []

    def opening_form(self, stage: Stage, data: QueryDict | None) -> Form | None:
        """What has to be asked before the stage opens, if anything. Its `options()` go to `on_open`."""
        return None

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        """Side effects of the opening, in the same transaction."""

    def reasons_not_to_close(self, stage: Stage) -> list[str]:
        return []

    def on_close(self, stage: Stage, *, by: Employee) -> None:
        """Side effects of the close, in the same transaction."""

    def reasons_not_to_settle(self, stage: Stage) -> list[str]:
        """What must still happen between the close and the scores."""
        return []

    def reasons_not_to_reopen(self, stage: Stage) -> list[str]:
        return []

    def on_reopen(self, stage: Stage, *, by: Employee) -> None:
        """Side effects of reopening a closed stage, in the same transaction."""

    def marks(self, stage: Stage) -> dict[int, Sheets | Votes]:
        """What a closed stage gave each nominee in play, by the nominee's key. Plain input; the scorekeeper counts."""
        raise NotImplementedError

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        """What this person is asked to do in this stage while it is the current one."""
        return []

    def owes(self, stage: Stage) -> list[Owed]:
        """What the stage waits for, for the committee; empty where nothing is missing. Never who has not voted."""
        return []

    def progress(self, stage: Stage) -> Progress:
        """How far a stage is that has begun. It names nobody."""
        raise NotImplementedError

    def url(self, stage: Stage) -> str:
        """The page of the stage."""
        raise NotImplementedError

    def is_visible_to(self, stage: Stage, roles: frozenset[str]) -> bool:
        """Whether the page of a stage that has begun is there for somebody with these roles in the round."""
        return True

    def more_links(self, stage: Stage, roles: frozenset[str]) -> list[tuple[str, str, str, str]]:
        """Further pages of the stage for these roles: label, what it is, address, icon."""
        return []


class Scorekeeper(Protocol):
    """Turns the input of a stage into scores, and the scores into a result."""

    def settle(self, stage: Stage) -> None:
        """Computes and stores every nominee's score of a closed stage."""

    def unsettle(self, stage: Stage) -> None:
        """Takes the scores of a reopened stage back."""

    def reasons_not_to_advance(self, stage: Stage) -> list[str]:
        """Ties that somebody has to decide before the round can go on."""

    def shortlist(self, stage: Stage) -> None:
        """Leaves out of the round those whom the stage does not let go on."""

    def combine(self, round: Round) -> None:
        """Computes and stores the final scores and ranks after the last stage."""

    def uncombine(self, round: Round) -> None:
        """Takes the final scores and ranks back, because the head of the office sent the result back."""

    def winners(self, rounds: Iterable[Round]) -> dict[int, Round]:
        """Who won in one of these rounds, by the employee's key, and in which."""


_kinds: dict[str, StageKind] = {}
_scorekeeper: list[Scorekeeper] = []


def register(kind: StageKind) -> None:
    _kinds[kind.code] = kind


def kind(code: str) -> StageKind:
    return _kinds[code]


def kinds() -> dict[str, StageKind]:
    """All kinds by their code, in the order of registration."""
    return dict(_kinds)


def register_scorekeeper(scorekeeper: Scorekeeper) -> None:
    _scorekeeper[:] = [scorekeeper]


def scorekeeper() -> Scorekeeper:
    return _scorekeeper[0]
