from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee
from anas.rounds import scores
from anas.rounds.models import Round, Stage
from nominations.models import Nominee


class ScoreSheet(models.Model):
    """What one assessor gives one nominee in one stage. A draft is saved as one goes; a submitted sheet is never
    edited, only superseded by another one, with a reason; both stay."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        SUPERSEDED = "superseded", _("superseded")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="sheets")
    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="sheets")
    # Whose sheet it is: in a head stage the head, also where a deputy wrote it.
    assessor = models.ForeignKey(Employee, models.PROTECT, related_name="score_sheets")
    written_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    scores = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)  # why it supersedes the sheet before it
    submitted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["stage", "nominee", "assessor", "pk"]
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "nominee", "assessor"], condition=Q(state="draft"), name="one_draft_sheet"
            ),
            models.UniqueConstraint(
                fields=["stage", "nominee", "assessor"], condition=Q(state="submitted"), name="one_submitted_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}: {self.nominee}"

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def score_values(self) -> dict[str, Decimal]:
        return scores.read(self.scores)


class Recusal(models.Model):
    """An assessor who does not score a nominee, or a whole classification (then without a nominee)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="recusals")
    assessor = models.ForeignKey(Employee, models.PROTECT, related_name="recusals")
    classification = models.CharField(max_length=40)
    nominee = models.ForeignKey(Nominee, models.CASCADE, null=True, related_name="recusals")
    reason = models.TextField(_("reason"))
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["declared_at", "pk"]
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(fields=["round", "assessor", "nominee"], name="recused_from_nominee_once"),
            models.UniqueConstraint(
                fields=["round", "assessor", "classification"],
                condition=Q(nominee__isnull=True),
                name="recused_from_classification_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}: {self.nominee or self.classification}"

    def covers(self, nominee: Nominee) -> bool:
        return self.nominee_id == nominee.pk if self.nominee_id else self.classification == nominee.classification


class StageScore(models.Model):
    """A nominee's score in a settled stage, and the points it brings: computed once, printed everywhere."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="scores")
    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="stage_scores")
    score = models.DecimalField(max_digits=5, decimal_places=2)
    points = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["stage__position", "-score", "nominee"]
        constraints = [models.UniqueConstraint(fields=["stage", "nominee"], name="stage_score_once")]

    def __str__(self) -> str:
        return f"{self.nominee}: {self.score}"


class Standing(models.Model):
    """Where a finalist ends: the final score and the rank within the classification."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="standings")
    nominee = models.OneToOneField(Nominee, models.CASCADE, related_name="standing")
    final = models.DecimalField(max_digits=5, decimal_places=2)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["round", "nominee__classification", "rank"]

    def __str__(self) -> str:
        return f"{self.rank}. {self.nominee}: {self.final}"

    @property
    def is_winner(self) -> bool:
        return self.rank == 1


class Decision(models.Model):
    """How a tie that the scheme's rule leaves equal was decided, by whom and why."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="decisions")
    stage = models.CharField(max_length=40)  # a stage's code for a shortlist, scheme.FINAL for the end
    classification = models.CharField(max_length=40)
    order = models.JSONField()  # keys of the tied nominees, the better one first
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("decision on a tie")
        verbose_name_plural = _("decisions on ties")

    def __str__(self) -> str:
        return f"{self.stage}, {self.classification}"
