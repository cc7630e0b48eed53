from django.db import migrations

TABLE = "rounds_auditentry"
MESSAGE = "The audit trail is append-only."


def lock(apps, schema_editor):
    for statement in LOCK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unlock(apps, schema_editor):
    for statement in UNLOCK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


LOCK = {
    "postgresql": [
        f"""
        CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
        """,
        f"""
        CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
        """,
    ],
    "sqlite": [
        f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for act in ("update", "delete")
    ],
}
UNLOCK = {
    "postgresql": [f"DROP TRIGGER {TABLE}_append_only ON {TABLE}", f"DROP FUNCTION {TABLE}_refuse()"],
    "sqlite": [f"DROP TRIGGER {TABLE}_no_{act}" for act in ("update", "delete")],
}


class Migration(migrations.Migration):
    """The database itself refuses to change or delete an entry, see `AuditEntry`."""

    dependencies = [("rounds", "0001_initial")]

    operations = [migrations.RunPython(lock, unlock)]
