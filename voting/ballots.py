"""The ballot as one voter sees it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from anas.people.models import Employee
from anas.rounds.scheme import Classification
from nominations.models import Nominee
from voting.models import Poll
from voting.services import finalists_by_key

ABSTAIN = "-"


@dataclass(frozen=True)
class Contest:
    """One classification on the ballot. `chosen`: the key of the chosen finalist as the form has it, ABSTAIN for an
    abstention, empty while nothing is chosen."""

    classification: Classification
    nominees: list[Nominee]
    chosen: str = ""
    error: str = ""

    @property
    def field(self) -> str:
        return f"pilihan-{self.classification.code}"

    @property
    def is_abstention(self) -> bool:
        return self.chosen == ABSTAIN

    @property
    def chosen_nominee(self) -> Nominee | None:
        return next((nominee for nominee in self.nominees if str(nominee.pk) == self.chosen), None)


def contests(poll: Poll, voter: Employee, data: Mapping[str, str], errors: Mapping[str, str]) -> list[Contest]:
    """The contests with what the voter has chosen so far. The finalists stand in an order that differs from voter to
    voter, so that no place on the ballot helps, and stays the same for one voter."""
    nominees = finalists_by_key(poll)
    shuffler = random.Random(salted_hmac("voting.order", f"{poll.pk}:{voter.pk}").hexdigest())  # noqa: S311
    found = []
    for code, keys in poll.contests.items():
        order = sorted(keys)
        shuffler.shuffle(order)
        contest = Contest(poll.round.scheme.classification(code), [nominees[key] for key in order])
        chosen = data.get(contest.field, "")
        found.append(Contest(contest.classification, contest.nominees, chosen, errors.get(code, "")))
    return found


def choices(some: list[Contest]) -> dict[str, int | None]:
    """The form's choices as the ballot box takes them; what is no number stays a text, and is refused there."""
    return {contest.classification.code: _choice(contest) for contest in some}


def _choice(contest: Contest) -> int | str | None:
    if contest.chosen in ("", ABSTAIN):
        return None
    nominee = contest.chosen_nominee
    return nominee.pk if nominee else contest.chosen
