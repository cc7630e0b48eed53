"""What only the owner of the database can do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from anas.rounds.management.commands.flush import unlocked

SWITCH = "ALTER TABLE rounds_auditentry {} TRIGGER rounds_auditentry_append_only"


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Meanwhile the database lets entries of the audit trail be changed and deleted."""
    with unlocked(connection):
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table is in use
            cursor.execute(SWITCH.format("DISABLE"))
            yield
            cursor.execute(SWITCH.format("ENABLE"))
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
