# ruff: noqa: DJ008 (nobody reads these models' names)
from django.conf import settings
from django.db import models


class Unit(models.Model):
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")


class Round(models.Model):
    name = models.CharField(max_length=150)
    scope = models.ForeignKey(Unit, models.PROTECT)


class Stage(models.Model):
    round = models.ForeignKey(Round, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)
    state = models.CharField(max_length=10)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]


class Classification(models.Model):
    round = models.ForeignKey(Round, models.CASCADE, related_name="classifications")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]


class Nominee(models.Model):
    classification = models.ForeignKey(Classification, models.CASCADE, related_name="nominees")
    name = models.CharField(max_length=150)
    description = models.CharField(max_length=150)
    unit = models.ForeignKey(Unit, models.PROTECT)
    reason = models.TextField()

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][0] + words[-1][0]).upper()


class Participation(models.Model):
    """That somebody has voted."""

    round = models.ForeignKey(Round, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="participation_once")]


class Ballot(models.Model):
    """What somebody has voted."""

    round = models.ForeignKey(Round, models.CASCADE)
    choices = models.JSONField()
