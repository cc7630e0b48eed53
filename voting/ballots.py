"""The ballot as one voter sees it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import prefetch_related_objects
from django.http import Http404
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
    abstention, empty while nothing is chosen. `blank`: what a print has in the place of the finalists."""

    classification: Classification
    nominees: list[Nominee]
    chosen: str = ""
    error: str = ""
    blank: str = ""

    @property
    def field(self) -> str:
        return field_of(self.classification.code)

    @property
    def is_abstention(self) -> bool:
        return self.chosen == ABSTAIN

    @property
    def chosen_nominee(self) -> Nominee | None:
        return next((nominee for nominee in self.nominees if str(nominee.pk) == self.chosen), None)


def field_of(contest: str) -> str:
    return f"pilihan-{contest}"


def contests(poll: Poll, voter: Employee, data: Mapping[str, str], errors: Mapping[str, str]) -> list[Contest]:
    """The contests with what the voter has chosen so far."""
    nominees = finalists_by_key(poll)
    return [
        Contest(
            poll.round.scheme.classification(code),
            [nominees[key] for key in keys],
            data.get(field_of(code), ""),
            errors.get(code, ""),
        )
        for code, keys in order(poll, voter).items()
    ]


def with_evidence(contests: list[Contest]) -> list[Contest]:
    """The same contests, with the files of the finalists read at once."""
    prefetch_related_objects([nominee for contest in contests for nominee in contest.nominees], "evidence")
    return contests


def order(poll: Poll, voter: Employee) -> dict[str, list[int]]:
    """The keys of the finalists by contest as they stand on this voter's ballot: in an order that differs from voter to
    voter, so that no place on the ballot helps, and stays the same for one voter."""
    shuffler = random.Random(salted_hmac("voting.order", f"{poll.pk}:{voter.pk}").hexdigest())  # noqa: S311
    found = {code: sorted(keys) for code, keys in poll.contests.items()}
    for keys in found.values():
        shuffler.shuffle(keys)
    return found


def choices(poll: Poll, data: Mapping[str, str]) -> dict[str, int | str | None]:
    """The form's choices as the ballot box takes them; what is not on the ballot stays a text, and is refused there."""
    return {code: _choice(keys, data.get(field_of(code), "")) for code, keys in poll.contests.items()}


def _choice(finalists: list[int], chosen: str) -> int | str | None:
    if chosen in ("", ABSTAIN):
        return None
    return next((key for key in finalists if str(key) == chosen), chosen)


@lru_cache(maxsize=64)
def frozen(round_pk: int) -> Poll:
    """The poll of a round with what never changes once it has started: public key and ballot. A process reads it once.
    404 before the start; nothing that can still change may be read from it."""
    poll = Poll.objects.filter(stage__round=round_pk, is_started=True).select_related("stage__round").first()
    if poll is None:
        raise Http404
    return poll
