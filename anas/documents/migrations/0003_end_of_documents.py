from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_minutes")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("superseded", "revoked")), _negated=True),
                    models.Q(models.Q(("remark", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="document_ends_with_a_reason",
                violation_error_message="A document that is no longer in force has a reason and a date.",
            ),
        ),
    ]
