"""Casting a vote. Nothing here logs, and no audit entry is written about a single vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds.models import Stage
from nominations.models import Nominee
from voting import receipts, sealing
from voting.models import Envelope, Poll, Voter


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


class NotOnRoll(Refused):
    """Whoever is not on the roll of a poll has no part in it."""


def checked_choices(poll: Poll, choices: Mapping[str, Any]) -> dict[str, int | None]:
    """A choice or None for every contest of the ballot. Raises BadChoice for a contest or a finalist that is not on
    it."""
    contests = poll.contests
    for contest in choices:
        if contest not in contests:
            raise BadChoice(contest, _("is not a classification of this poll"))
    checked = {}
    for contest, finalists in contests.items():
        checked[contest] = choices.get(contest)
        if checked[contest] is not None and checked[contest] not in finalists:
            raise BadChoice(contest, _("is not a finalist of this classification"))
    return checked


@sensitive_variables()
def cast(poll: Poll, *, employee: Employee, choices: Mapping[str, int | None], nonce: str) -> Receipt:
    """Puts one sealed envelope into the box and marks the voter, both or neither, in two statements.

    `nonce` comes from `receipts.new_nonce`. The same form sent twice gives the same receipt. Raises BadChoice,
    AlreadyVoted, NotOnRoll, or Refused where the poll does not accept votes.
    """
    try:
        envelope_id = sealing.envelope_id(receipts.nonce_bytes(nonce, poll, employee))
    except BadSignature:
        raise Refused(_("This form was not made for you, or is damaged. Please open the poll again.")) from None
    sealed = sealing.seal(checked_choices(poll, choices), public_key=bytes(poll.public_key), size=poll.plaintext_size)
    with transaction.atomic():
        marked = _mark(poll, employee)
        if marked:
            Envelope(id=envelope_id, poll=poll, sealed=sealed).save(force_insert=True)
    if marked:
        return Receipt(sealing.envelope_hash(sealed))
    if repeated := receipt_of(poll, employee=employee, nonce=nonce):
        return repeated
    raise _reason_not_marked(poll, employee)


# Who may vote at this moment: one row of the roll, or none. In SQL, and not built anew by the ORM for every vote: that
# took longer than all the rest of casting one. `_gaps` says what belongs where a value is missing.
MAY_VOTE = """
poll_id = %s AND employee_id = %s AND has_voted = false
AND EXISTS (SELECT 1 FROM voting_poll WHERE id = %s AND is_started = true)
AND EXISTS (SELECT 1 FROM rounds_round WHERE id = %s AND state = 'running')
AND EXISTS (
    SELECT 1 FROM rounds_stage WHERE id = %s AND state = 'open'
    AND (opens_at IS NULL OR opens_at <= %s) AND (closes_at IS NULL OR closes_at > %s)
)"""


def may_vote(poll: Poll, employee: Employee) -> bool:
    """Whether this person is on the roll and has not voted, and the poll takes votes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM voting_voter WHERE" + MAY_VOTE, _gaps(poll, employee))  # noqa: S608 (a constant)
        return cursor.fetchone() is not None


def _mark(poll: Poll, employee: Employee) -> int:
    """Marks the voter as having voted; answers how many rows that changed, 1 or 0.

    The condition, not a check before it, stops the second vote: of two transactions only one changes the row. It has
    to stand on the row itself: PostgreSQL looks at it again when it has waited for another transaction, but not at
    what a subquery found before. So nothing here may be a join.
    """
    with connection.cursor() as cursor:
        statement = "UPDATE voting_voter SET has_voted = true WHERE" + MAY_VOTE  # noqa: S608 (a constant)
        cursor.execute(statement, _gaps(poll, employee))
        return cursor.rowcount


def _gaps(poll: Poll, employee: Employee) -> list:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return [poll.pk, employee.pk, poll.pk, poll.stage.round_id, poll.stage_id, now, now]


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
        return NotOnRoll(_("You are not on the voter roll of this poll."))
    if voter.has_voted:
        return AlreadyVoted(_("Your vote is already in the ballot box. It counts once."))
    return Refused(reason_not_accepting(poll) or _("The poll has been closed."))


def reason_not_accepting(poll: Poll) -> str | None:
    """Why the poll takes no votes right now, or None."""
    stage = Stage.objects.select_related("round").get(pk=poll.stage_id)
    if reason := stage.reason_not_accepting():
        return reason
    if not Poll.objects.filter(pk=poll.pk, is_started=True).exists():
        return _("The poll has not started: keyholders still have to take their parts of the key away.")
    return None


def finalists_by_key(poll: Poll) -> dict[int, Nominee]:
    """Everybody who stands on the ballot."""
    keys = [key for contest in poll.contests.values() for key in contest]
    return Nominee.objects.select_related("employee", "proposal__unit").in_bulk(keys)
