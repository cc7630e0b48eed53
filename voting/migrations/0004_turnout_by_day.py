import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voting", "0003_voter_cards")]

    operations = [
        migrations.CreateModel(
            name="TurnoutDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("voted", models.PositiveIntegerField()),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turnout_days", to="voting.poll"
                    ),
                ),
            ],
            options={
                "ordering": ["poll", "day"],
                "constraints": [models.UniqueConstraint(fields=("poll", "day"), name="turnout_once_a_day")],
            },
        ),
    ]
