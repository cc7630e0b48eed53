"""What only the owner of the database can do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SWITCH = "ALTER TABLE rounds_auditentry {} TRIGGER rounds_auditentry_append_only"


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Meanwhile the database lets entries of the audit trail be changed and deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table is in use
            cursor.execute(SWITCH.format("DISABLE"))
            yield
            cursor.execute(SWITCH.format("ENABLE"))
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'rounds_auditentry'")
        triggers = cursor.fetchall()
        for name, _statement in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, statement in triggers:
            cursor.execute(statement)
