from django.db import migrations, models

ROUNDS, ENTRIES = "rounds_round", "rounds_auditentry"
KEPT = "The audit trail is append-only."
FIXED = "A round stays what it is: real, or a rehearsal."

FORWARDS = {
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION {ENTRIES}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF TG_OP = 'DELETE' AND OLD.rehearsal THEN RETURN OLD; END IF;
            RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"""
        CREATE FUNCTION {ROUNDS}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'restrict_violation'; END $$
        """,
        f"""
        CREATE TRIGGER {ROUNDS}_stays BEFORE UPDATE OF rehearsal ON {ROUNDS}
        FOR EACH ROW WHEN (OLD.rehearsal IS DISTINCT FROM NEW.rehearsal) EXECUTE FUNCTION {ROUNDS}_refuse()
        """,
    ],
    "sqlite": [
        f"DROP TRIGGER {ENTRIES}_no_delete",
        f"""
        CREATE TRIGGER {ENTRIES}_no_delete BEFORE DELETE ON {ENTRIES} WHEN OLD.rehearsal IS NULL
        BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
        """,
        f"""
        CREATE TRIGGER {ROUNDS}_stays BEFORE UPDATE OF rehearsal ON {ROUNDS} WHEN OLD.rehearsal <> NEW.rehearsal
        BEGIN SELECT RAISE(ABORT, '{FIXED}'); END
        """,
    ],
}
BACKWARDS = {
    "postgresql": [
        f"DROP TRIGGER {ROUNDS}_stays ON {ROUNDS}",
        f"DROP FUNCTION {ROUNDS}_refuse()",
        f"""
        CREATE OR REPLACE FUNCTION {ENTRIES}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'restrict_violation'; END $$
        """,
    ],
    "sqlite": [
        f"DROP TRIGGER {ROUNDS}_stays",
        f"DROP TRIGGER {ENTRIES}_no_delete",
        f"CREATE TRIGGER {ENTRIES}_no_delete BEFORE DELETE ON {ENTRIES} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    ],
}


def lock(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unlock(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """A round is real or a rehearsal for ever, and so is each entry of its trail; those of rehearsals alone can be
    deleted. A later migration that alters one of the tables writes it anew on SQLite and has to make its triggers
    again."""

    dependencies = [("rounds", "0004_client_in_trail")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="rehearsal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("everybody", "Everybody in the office takes part"),
                    ("few", "Only the committee, the team, the witness and the heads take part"),
                ],
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("rehearsal", ""), ("name__startswith", "GLADI "), _connector="OR"),
                name="rehearsal_is_named_so",
            ),
        ),
        migrations.AddField(
            model_name="auditentry", name="rehearsal", field=models.BooleanField(editable=False, null=True)
        ),
        migrations.RunPython(lock, unlock),
    ]
