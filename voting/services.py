"""What happens to the ballot box: opened with a roll, filled, closed, counted.

No function here logs, and no audit entry is written about a single vote.
"""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import Refused, require
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from anas.rounds.services import locked, note, settle_stage
from nominations.models import Nominee
from voting import receipts, sealing
from voting.keys import KeyFiles, KeyKeeper
from voting.models import Choice, Envelope, Poll, Voter

BATCH = 1000
shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True)
class Receipt:
    """What the voter takes away. `is_repeated`: the same form had come in before, and its vote is the one that
    counts."""

    envelope_hash: str
    is_repeated: bool = False

    @property
    def code(self) -> str:
        return receipts.code(self.envelope_hash)


class BadChoice(Refused):
    """A choice that cannot be; `contest` is the code of the classification it was made in."""

    def __init__(self, contest: str, reason: str):
        self.contest = contest
        super().__init__(reason)


class AlreadyVoted(Refused):
    """The voter has voted, with another form than the one that came in now."""


def open_box(stage: Stage, *, by: Employee, keys: KeyKeeper | None = None) -> Poll:
    """Freezes ballot and roll and makes the key pair; the private key goes to its keeper. Runs inside the transaction
    that opens the stage."""
    contests: dict[str, list[int]] = {}
    for nominee in Nominee.objects.in_play(stage.round):
        contests.setdefault(nominee.classification, []).append(nominee.pk)
    ordered = {code: contests[code] for code in stage.round.scheme.classification_codes if code in contests}
    public_key, private_key = sealing.make_keys()
    poll = Poll.objects.create(
        stage=stage,
        public_key=public_key,
        ballot=[{"code": code, "nominees": nominees} for code, nominees in ordered.items()],
        plaintext_size=sealing.plaintext_size(ordered),
    )
    (keys or KeyFiles()).keep(poll.pk, private_key)
    voters = _roll(poll)
    note(stage.round, by, "box.opened", voters=voters, public_key=public_key.hex())
    return poll


def _roll(poll: Poll) -> int:
    units = {unit.path: unit for unit in poll.round.scope.children.all()}
    voters = [
        Voter(poll=poll, employee=employee, unit=units.get(poll.round.proposing_unit_path(employee)))
        for employee in poll.round.electorate().select_related("unit")
    ]
    shuffle(voters)
    Voter.objects.bulk_create(voters, batch_size=BATCH)
    return len(voters)


def checked_choices(poll: Poll, choices: Mapping[str, Any]) -> dict[str, int | None]:
    """A choice or None for every contest of the ballot. Raises BadChoice for a contest or a finalist that is not on
    it."""
    for contest in choices:
        if contest not in poll.contests:
            raise BadChoice(contest, _("is not a classification of this poll"))
    checked = {}
    for contest, finalists in poll.contests.items():
        checked[contest] = choices.get(contest)
        if checked[contest] is not None and checked[contest] not in finalists:
            raise BadChoice(contest, _("is not a finalist of this classification"))
    return checked


def cast(poll: Poll, *, employee: Employee, choices: Mapping[str, int | None], nonce: str) -> Receipt:
    """Puts one sealed envelope into the box and marks the voter, both or neither.

    `nonce` comes from `receipts.new_nonce`. The same form sent twice gives the same receipt. Raises BadChoice,
    AlreadyVoted, or Refused where the poll is not open or the employee is not on the roll.
    """
    try:
        envelope_id = sealing.envelope_id(receipts.nonce_bytes(nonce, poll, employee))
    except BadSignature:
        raise Refused(_("This form was not made for you, or is damaged. Please open the poll again.")) from None
    if reason := poll.stage.reason_not_accepting():
        if repeated := receipt_of(poll, employee=employee, nonce=nonce):
            return repeated
        raise Refused(reason)
    sealed = sealing.seal(checked_choices(poll, choices), public_key=bytes(poll.public_key), size=poll.plaintext_size)
    with transaction.atomic():
        # The condition, not a check before it, stops the second vote: of two transactions one changes a row.
        marked = Voter.objects.filter(
            poll=poll, employee=employee, has_voted=False, poll__stage__state=Stage.State.OPEN
        ).update(has_voted=True)
        if marked:
            Envelope(id=envelope_id, poll=poll, sealed=sealed).save(force_insert=True)
    if marked:
        return Receipt(sealing.envelope_hash(sealed))
    if repeated := receipt_of(poll, employee=employee, nonce=nonce):
        return repeated
    raise _reason_not_marked(poll, employee)


def receipt_of(poll: Poll, *, employee: Employee, nonce: str) -> Receipt | None:
    """The receipt of the vote that this voter's form made, where it made one."""
    try:
        envelope_id = sealing.envelope_id(receipts.nonce_bytes(nonce, poll, employee))
    except BadSignature:
        return None
    envelope = Envelope.objects.filter(pk=envelope_id, poll=poll).first()
    return Receipt(sealing.envelope_hash(bytes(envelope.sealed)), is_repeated=True) if envelope else None


def _reason_not_marked(poll: Poll, employee: Employee) -> Refused:
    voter = Voter.objects.filter(poll=poll, employee=employee).first()
    if voter is None:
        return Refused(_("You are not on the voter roll of this poll."))
    if voter.has_voted:
        return AlreadyVoted(_("Your vote is already in the ballot box. It counts once."))
    return Refused(_("The poll has been closed."))


def close_box(poll: Poll, *, by: Employee) -> None:
    """Shuts the box: rewrites roll and envelopes in random order, so that nothing on disk keeps the order in which
    they came, and publishes the hashes. Runs inside the transaction that closes the stage.

    The roll is deleted and written anew: a vote that is under way at this moment either commits first and is counted,
    or finds its row gone and is refused.
    """
    roll = list(Voter.objects.filter(poll=poll).select_for_update())
    shuffle(roll)
    Voter.objects.filter(poll=poll).delete()
    Voter.objects.bulk_create(
        [Voter(poll=poll, employee_id=v.employee_id, unit_id=v.unit_id, has_voted=v.has_voted) for v in roll],
        batch_size=BATCH,
    )
    envelopes = list(Envelope.objects.filter(poll=poll))
    shuffle(envelopes)
    Envelope.objects.filter(poll=poll).delete()
    Envelope.objects.bulk_create(envelopes, batch_size=BATCH)
    poll.envelope_hashes = sorted(sealing.envelope_hash(bytes(envelope.sealed)) for envelope in envelopes)
    poll.envelope_root = sealing.root(poll.envelope_hashes)
    poll.save(update_fields=["envelope_hashes", "envelope_root"])
    note(poll.round, by, "box.closed", envelopes=len(envelopes), root=poll.envelope_root)


@transaction.atomic
def count(round: Round, *, by: Employee, keys: KeyKeeper | None = None) -> Poll:
    """Opens every envelope, stores the choices per contest in random order, and lets the stage be settled. Afterwards
    the key is destroyed.

    Raises Refused where the box was tampered with after the close, or the key cannot be had.
    """
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    poll = Poll.objects.select_related("stage").get(stage__round=round)
    if poll.stage.state != Stage.State.CLOSED:
        raise Refused(_("The ballot box is not closed, or has been counted already."))
    keeper = keys or KeyFiles()
    ballots, invalid = _opened(poll, keeper.fetch(poll.pk))
    _store(poll, ballots)
    poll.counted_at, poll.invalid_envelopes = timezone.now(), invalid
    poll.save(update_fields=["counted_at", "invalid_envelopes"])
    note(round, by, "box.counted", ballots=len(ballots), invalid=invalid, root=poll.envelope_root)
    settle_stage(round, by=by)
    transaction.on_commit(lambda: keeper.forget(poll.pk))
    return poll


def _opened(poll: Poll, private_key: bytes) -> tuple[list[dict[str, int | None]], int]:
    """The ballots in random order, and how many envelopes held none."""
    envelopes = [bytes(sealed) for sealed in poll.envelopes.values_list("sealed", flat=True)]
    if sealing.root(map(sealing.envelope_hash, envelopes)) != poll.envelope_root:
        raise Refused(_("The envelopes are not those that were in the box when it was closed. Nothing was counted."))
    shuffle(envelopes)
    ballots, invalid = [], 0
    for envelope in envelopes:
        try:
            ballots.append(sealing.unseal(envelope, private_key=private_key, contests=poll.contests))
        except sealing.BadEnvelope:
            invalid += 1
    return ballots, invalid


def _store(poll: Poll, ballots: list[dict[str, int | None]]) -> None:
    for contest in poll.contests:
        chosen = [ballot[contest] for ballot in ballots]
        shuffle(chosen)
        Choice.objects.bulk_create(
            [Choice(poll=poll, contest=contest, place=place, nominee_id=pk) for place, pk in enumerate(chosen, 1)],
            batch_size=BATCH,
        )


def finalists_by_key(poll: Poll) -> dict[int, Nominee]:
    """Everybody who stands on the ballot."""
    keys = [key for contest in poll.contests.values() for key in contest]
    return Nominee.objects.select_related("employee", "proposal__unit").in_bulk(keys)


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
