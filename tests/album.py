"""Pictures of the database: what takes long to play is played once in a run, and its rows are put back where a test
begins at that moment."""

import pickle

from django.apps import apps
from django.db import connection, transaction

APPS = ["people", "rounds", "conduct", "nominations", "scoring", "voting", "documents", "mailing", "privacy"]
Rows = dict[str, list[tuple]]  # by table

_pictures: dict[str, tuple[Rows, bytes]] = {}


def rows() -> Rows:
    """What the project's tables hold now."""
    tables = [
        model._meta.db_table for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    with connection.cursor() as cursor:
        return {table: _select(cursor, table) for table in tables}


def _select(cursor, table: str) -> list[tuple]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return [
        tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor.fetchall()
    ]


def take(moment: str, things: object) -> None:
    """Remembers the rows, and with them what the tests hold in their hands at this moment."""
    _pictures[moment] = rows(), pickle.dumps(things)


def has(moment: str) -> bool:
    return moment in _pictures


def is_now(moment: str) -> bool:
    """Whether nothing has changed since the picture was taken, or put back."""
    if not has(moment):
        return False
    then, now = _pictures[moment][0], rows()
    return all(set(then[table]) == set(now[table]) for table in then)


def put_back(moment: str) -> object:
    """Brings the rows of the picture into the database, for those that it holds, and gives back the things."""
    wanted, things = _pictures[moment]
    with transaction.atomic(), connection.cursor() as cursor:
        for table, present in rows().items():
            if present != wanted[table]:
                _replace(cursor, connection.ops.quote_name(table), wanted[table])
    return pickle.loads(things)


def _replace(cursor, table: str, some: list[tuple]) -> None:
    cursor.execute(f"DELETE FROM {table}")
    if some:
        row = f"({', '.join(['%s'] * len(some[0]))})"
        cursor.execute(
            f"INSERT INTO {table} VALUES {', '.join([row] * len(some))}", [value for one in some for value in one]
        )
