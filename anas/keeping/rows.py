"""Rows of the database as JSON and back, without a trace of which database it was."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from anas.refused import Refused

# Who is logged in, and who mistyped a password: nobody's business after a restore. The extra `sso`, so that a backup
# does not depend on it: second factors are sealed with SECRET_KEY, and single sign-on finds people by their number.
LEFT_OUT = {"sessions", "axes", "account", "mfa", "socialaccount"}
# What `migrate` writes into every database, with numbers of its own.
MADE_BY_MIGRATE = {ContentType, Permission}
AT_A_TIME = 100  # rows in memory: a document's row holds its PDF


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows go into a backup, the tables between many and many included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]


def fields(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.concrete_fields)


def file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [field for field in fields(model) if isinstance(field, models.FileField)]


def count(model: type[models.Model]) -> int:
    return model._base_manager.count()


def dump(model: type[models.Model]) -> Iterator[list[Any]]:
    """The values of every row, by the row's key. The database's own order of rows would show which voter and which
    envelope came in last; the keys of both are random."""
    some = fields(model)
    for row in model._base_manager.order_by("pk").iterator(chunk_size=AT_A_TIME):
        yield [_stored(field, row) for field in some]


def _stored(field: models.Field, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | str) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def load(model: type[models.Model], rows: Iterator[list[Any]], names: list[str]) -> None:
    """Inserts the rows as they are: with their keys, and without what `save` or a default would make of them. `names`
    are those of the fields that the values belong to."""
    known = {field.name: field for field in fields(model)}
    some, name = [known[each] for each in names], connection.ops.quote_name
    columns = ", ".join(name(field.column) for field in some)
    gaps = ", ".join(["%s"] * len(some))
    insert = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({gaps})"  # noqa: S608 (names of ours)
    with connection.cursor() as cursor:
        while batch := [[_native(*pair) for pair in zip(some, row, strict=True)] for row in islice(rows, AT_A_TIME)]:
            cursor.executemany(insert, batch)


def _native(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_save(field.to_python(value), connection)


def clear_what_migrate_made() -> None:
    """The file brings its own: other rows point to their numbers."""
    ContentType.objects.all().delete()
    ContentType.objects.clear_cache()


def finish() -> None:
    """After loading: raises IntegrityError where a row points to one that is not there, and lets the numbers of new
    rows begin behind those that have been loaded."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def require_empty() -> None:
    """Raises Refused where the database holds anything but what `migrate` makes."""
    for model in kept_models():
        if model not in MADE_BY_MIGRATE and model._base_manager.exists():
            reason = _("A backup is restored into an empty installation. This one has rows already: %(table)s.")
            raise Refused(reason % {"table": model._meta.verbose_name})


def migrations() -> list[str]:
    """The applied migrations of the kept models' apps. Raises Refused where some still have to be applied."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(_("The tables of the database are not up to date. Please run “manage.py migrate” first."))
    labels = {model._meta.app_label for model in kept_models()}
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in labels)
