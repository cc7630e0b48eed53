"""The database itself refuses to change the audit trail."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from anas.rounds.models import AuditEntry
from tests import cast


@pytest.fixture
def entries(office):
    cast.draft(office)
    return AuditEntry.objects.all()


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.filter(number=2).update(subject="Somebody else"),
        lambda entries: entries.filter(number=2).update(actor=None),
        lambda entries: entries.filter(number=2).delete(),
        lambda entries: entries.delete(),
        lambda entries: entries.first().save(),
    ],
)
def test_no_entry_is_changed_or_deleted(entries, change):
    """Tried: without migration 0002 this is red."""
    before = list(entries.values())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(entries.all())

    assert list(AuditEntry.objects.values()) == before


def test_sql_is_refused_too(entries):
    for statement in ("UPDATE rounds_auditentry SET hash = ''", "DELETE FROM rounds_auditentry"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_flush_empties_everything_and_afterwards_the_trail_is_append_only_again(office):
    cast.draft(office)
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    assert not AuditEntry.objects.exists()

    cast.draft(cast.make_office())
    with pytest.raises(IntegrityError, match="append-only"):
        AuditEntry.objects.all().delete()
