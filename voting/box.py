"""The ballot box is opened with a roll and a key, and closed in random order."""

import secrets

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from anas.people.models import Employee
from anas.rounds.models import Stage
from anas.rounds.services import note
from nominations.models import Nominee
from voting import history, sealing
from voting.keys import KeyFile, KeyKeeper
from voting.models import Envelope, Poll, Voter

BATCH = 1000
shuffle = secrets.SystemRandom().shuffle


@sensitive_variables()
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
    voters = _roll(poll)
    history.begin(poll, voters)
    note(stage.round, by, "box.opened", voters=voters, public_key=public_key.hex())
    (keys or KeyFile()).keep(poll, private_key)
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


def close_box(poll: Poll, *, by: Employee) -> None:
    """Shuts the box: rewrites roll and envelopes in random order, so that nothing on disk keeps the order in which
    they came, and publishes the hashes. Runs inside the transaction that closes the stage.

    The roll is deleted and written anew: a vote that is under way at this moment either commits first and is counted,
    or finds its row gone and is refused. Sessions that are over go too: they say when somebody came to vote.
    """
    Session.get_session_store_class().clear_expired()
    roll = list(Voter.objects.filter(poll=poll).select_for_update())
    Voter.objects.filter(poll=poll).delete()
    shuffle(roll)
    Voter.objects.bulk_create(
        [Voter(poll=poll, employee_id=v.employee_id, unit_id=v.unit_id, has_voted=v.has_voted) for v in roll],
        batch_size=BATCH,
    )
    envelopes = list(Envelope.objects.filter(poll=poll))
    Envelope.objects.filter(poll=poll).delete()
    shuffle(envelopes)
    Envelope.objects.bulk_create(envelopes, batch_size=BATCH)
    poll.envelope_hashes = sorted(sealing.envelope_hash(bytes(envelope.sealed)) for envelope in envelopes)
    poll.envelope_root = sealing.root(poll.envelope_hashes)
    poll.save(update_fields=["envelope_hashes", "envelope_root"])
    history.end(poll, len(envelopes))
    note(poll.round, by, "box.closed", envelopes=len(envelopes), root=poll.envelope_root)
    transaction.on_commit(scrub, robust=True)


def scrub() -> None:
    """Wipes from the disk what the close replaced: the old versions of the rows still say which came together.

    PostgreSQL writes both tables anew; SQLite overwrites freed pages (secure_delete) and rewrites the whole file.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (Voter, Envelope):
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
        elif settings.DATABASES["default"]["NAME"] != ":memory:":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
