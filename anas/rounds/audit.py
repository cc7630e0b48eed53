"""The audit trail: one hash chain per round, and one for what belongs to no round. Append-only."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people import clients
from anas.people.models import Employee
from anas.rounds.models import AuditChain, AuditEntry, Round

# An entry was written, inside of the transaction of the act. Arguments: round (or None), entry.
recorded = Signal()
# What each action is called, by its code. Each app registers its own in its apps.py.
_phrases: dict[str, str] = {}


def register(phrases: dict[str, str]) -> None:
    _phrases.update(phrases)


def phrase(action: str) -> str:
    """The action in words: "opened the round"."""
    return _phrases.get(action, action)


def phrases() -> dict[str, str]:
    return dict(_phrases)


def chain_name(round: Round | None) -> str:
    return f"round-{round.pk}" if round else "office"


def record(
    round: Round | None, *, by: Employee | None, action: str, subject: str = "", role: str = "", **detail: Any
) -> AuditEntry:
    """Appends one entry inside the caller's transaction. Writers of one chain wait for each other.

    `detail` is shown to witnesses and leaves the house in the audit bundle: no personal numbers, never a vote.
    """
    AuditChain.objects.get_or_create(name=chain_name(round))
    chain = AuditChain.objects.select_for_update().get(name=chain_name(round))
    entry = AuditEntry(
        chain=chain,
        number=chain.length + 1,
        at=timezone.now(),
        actor=by,
        role=role,
        client=_client(by),
        rehearsal=True if round and round.is_rehearsal else None,
        action=action,
        subject=str(subject)[:250],
        detail=json.loads(json.dumps(detail, default=str)),
        previous=chain.head,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    chain.length, chain.head = entry.number, entry.hash
    chain.save()
    recorded.send(sender=AuditEntry, round=round, entry=entry)
    return entry


def _client(by: Employee | None) -> str | None:
    """None for somebody who acts without a name, as by an objection: where few come by phone it would say who."""
    kind = clients.present.get()
    return kind if by or kind == clients.COMMAND_LINE else None


def content(entry: AuditEntry) -> dict[str, Any]:
    """What the hash of an entry covers. The actor stands in it as a key, so that a name can be erased by law without
    breaking the chain. An entry from before
    clients were told apart has none."""
    client = {} if entry.client is None else {"client": entry.client}
    rehearsal = {"rehearsal": True} if entry.rehearsal else {}
    return (
        client
        | rehearsal
        | {
            "number": entry.number,
            "at": entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
            "actor": entry.actor_id,
            "role": entry.role,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
            "previous": entry.previous,
        }
    )


def digest(entry: AuditEntry) -> str:
    canonical = json.dumps(content(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def faults(round: Round | None) -> Iterator[str]:
    """One sentence for each place where the chain does not hold: changed, missing or cut off entries."""
    return faults_of(chain_name(round))


def faults_of(name: str) -> Iterator[str]:
    """The faults of the chain of this name. Each round has had an entry since it was prepared; only the office may
    have none yet."""
    chain = AuditChain.objects.filter(name=name).first()
    if chain is None:
        if name != chain_name(None):
            yield _("The whole trail is missing.")
        return
    previous, number = "", 0
    for entry in chain.entries.order_by("number").iterator():
        number += 1
        if entry.number != number:
            yield _("Entry %(number)s is missing.") % {"number": number}
            number = entry.number
        if entry.previous != previous:
            yield _("Entry %(number)s does not follow the one before it.") % {"number": number}
        if digest(entry) != entry.hash:
            yield _("Entry %(number)s was changed.") % {"number": number}
        previous = entry.hash
    if (number, previous) != (chain.length, chain.head):
        yield _("The end of the trail is missing after entry %(number)s.") % {"number": number}
