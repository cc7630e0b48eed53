from django.db import models

from anas.people.models import Employee


class Look(models.Model):
    """Somebody has read what is personal to somebody else: one row per reader, subject, kind and day, however often.

    Triggers (migration 0001) refuse every UPDATE, and the DELETE of a row younger than a year. Plain keys, no foreign
    keys: that somebody was looked at keeps nobody in the database and stops no import from being undone.
    """

    reader = models.PositiveBigIntegerField()
    subject = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    role = models.CharField(max_length=20, blank=True)
    round = models.PositiveBigIntegerField(default=0)  # 0: about no round
    day = models.DateField(db_index=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "reader", "kind", "round", "day"], name="look_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Departure(models.Model):
    """Since when somebody is known to be no longer in service: `purge` notices it."""

    employee = models.OneToOneField(Employee, models.CASCADE, primary_key=True, related_name="departure")
    noticed_on = models.DateField()
    erased_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.employee)
