"""The count: every envelope is opened once, in random order, and what it says is kept without a trace of it."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from subprocess import DEVNULL, PIPE

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.people.models import Employee
from anas.refused import Refused, require
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from anas.rounds.services import locked, note, settle_stage
from voting import opener, sealing, turnout
from voting.box import BATCH, shuffle
from voting.keys import KeyKeeper, keeper_of
from voting.models import Choice, Poll
from voting.sealing import Ballot

ALONE = 2000  # fewer envelopes than this are opened before other processes would have started


@sensitive_variables()
@transaction.atomic
def count(round: Round, *, by: Employee, keys: KeyKeeper | None = None) -> Poll:
    """Opens every envelope, stores the choices per contest in random order, and lets the stage be settled. Afterwards
    the key is destroyed. A count that is interrupted leaves nothing and starts over with the same result.

    Raises Refused where the box was tampered with after the close, or the key cannot be had.
    """
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    poll = Poll.objects.select_related("stage").get(stage__round=round)
    if poll.stage.state != Stage.State.CLOSED:
        raise Refused(_("The ballot box is not closed, or has been counted already."))
    keeper = keys or keeper_of(poll)
    require(turnout.reason_no_quorum(poll))
    envelopes = _checked_envelopes(poll)
    found = _opened(poll, keeper.fetch(poll), envelopes)
    invalid = sum(times for ballot, times in found if ballot is None)
    _store(poll, found)
    poll.counted_at, poll.invalid_envelopes = timezone.now(), invalid
    poll.save(update_fields=["counted_at", "invalid_envelopes"])
    note(round, by, "box.counted", ballots=len(envelopes) - invalid, invalid=invalid, root=poll.envelope_root)
    settle_stage(round, by=by)
    transaction.on_commit(lambda: keeper.forget(poll))
    return poll


def _checked_envelopes(poll: Poll) -> list[bytes]:
    """The envelopes in random order, once it is certain that they are those of the close."""
    sealed = poll.envelopes.values_list("sealed", flat=True).iterator(BATCH)
    envelopes = [bytes(one) for one in sealed]
    if sealing.root(map(sealing.envelope_hash, envelopes)) != poll.envelope_root:
        raise Refused(_("The envelopes are not those that were in the box when it was closed. Nothing was counted."))
    shuffle(envelopes)
    return envelopes


Found = list[tuple[Ballot | None, int]]  # the ballots, and how often each was found; None holds no ballot of this poll


def _opened(poll: Poll, private_key: bytes, envelopes: list[bytes]) -> Found:
    if len(envelopes) < ALONE:
        return sealing.Opener(private_key, poll.contests).count(envelopes)
    processes = os.cpu_count() or 1
    shares = [envelopes[start::processes] for start in range(processes)]
    with ThreadPoolExecutor(processes) as pool:
        found = pool.map(lambda share: _opened_apart(share, private_key, poll.contests), shares)
        return [pair for some in found for pair in some]


def _opened_apart(envelopes: list[bytes], private_key: bytes, contests: dict[str, list[int]]) -> Found:
    """The same in a process of its own; the key goes to it through its standard input, never on its command line."""
    task = json.dumps({"key": private_key.hex(), "contests": contests}).encode()
    command = [sys.executable, "-m", "voting.opener"]
    with subprocess.Popen(  # noqa: S603 (nothing of it comes from outside)
        command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=settings.BASE_DIR
    ) as process:
        with process.stdin as stream:  # it answers when it has read everything
            stream.write(task + b"\n")
            for start in range(0, len(envelopes), BATCH):
                stream.write(opener.packed(envelopes[start : start + BATCH]))
        answer = process.stdout.read()
    if process.returncode:
        raise RuntimeError("A process that opened envelopes has died.")
    return json.loads(answer)


def _store(poll: Poll, found: Found) -> None:
    """In batches, since a hundred thousand choices at once are a lot of memory."""
    for contest in poll.contests:
        chosen = [ballot[contest] for ballot, times in found if ballot is not None for _time in range(times)]
        shuffle(chosen)
        for start in range(0, len(chosen), BATCH):
            places = enumerate(chosen[start : start + BATCH], start + 1)
            Choice.objects.bulk_create(
                Choice(poll=poll, contest=contest, place=place, nominee_id=pk) for place, pk in places
            )


@dataclass(frozen=True)
class Tally:
    """The count of one contest. `votes` has every finalist, those without a vote too."""

    contest: str
    votes: dict[int, int]
    abstentions: int

    @property
    def valid(self) -> int:
        return sum(self.votes.values())


def tallies(poll: Poll) -> dict[str, Tally]:
    """The counted choices by contest; all zero before the count."""
    rows = poll.choices.order_by().values_list("contest", "nominee").annotate(Count("pk"))
    counted = Counter({(contest, nominee): number for contest, nominee, number in rows})
    return {
        contest: Tally(
            contest,
            {nominee: counted[contest, nominee] for nominee in finalists},
            abstentions=counted[contest, None],
        )
        for contest, finalists in poll.contests.items()
    }
