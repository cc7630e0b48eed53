from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee
from anas.rounds.models import Round, Stage

STALE = timedelta(days=3)  # what could not be sent for so long is no longer news


class NoticeQuerySet(models.QuerySet):
    def new(self) -> "NoticeQuerySet":
        """Those for which nothing has been done yet, the oldest first. An opening waits until the stage begins."""
        begun = Q(stage__opens_at=None) | Q(stage__opens_at__lte=timezone.now())
        found = self.filter(begun, taken_at=None)
        return found.select_related("round__scope", "stage__round__scope").order_by("pk")

    def stale(self) -> "NoticeQuerySet":
        """Those that nobody has to hear of any more."""
        then = timezone.now() - STALE
        return self.filter(Q(stage__opens_at=None) | Q(stage__opens_at__lt=then), made_at__lt=then)


class Notice(models.Model):
    """Something that people are told once. The act, or the approach of a deadline, writes it; `remind` takes it.

    A reminder to vote has no `Message`: rows per person would tell later who had not voted at that time. It is taken as
    a whole before the first of it is sent.
    """

    class Occasion(models.TextChoices):
        OPENING = "opening", _("opening of a stage")
        DEADLINE = "deadline", _("deadline comes near")
        RETURN = "return", _("returned for repair")
        ANNOUNCEMENT = "announcement", _("announcement")

    round = models.ForeignKey(Round, models.CASCADE, related_name="notices")
    stage = models.ForeignKey(Stage, models.CASCADE, null=True, related_name="notices")
    occasion = models.CharField(max_length=12, choices=Occasion)
    subject = models.CharField(max_length=250, blank=True)  # whose proposal was returned
    key = models.CharField(max_length=80, unique=True)  # the entry of the trail, or the stage and its deadline
    made_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    # How many a reminder to vote went to; None where the number could tell who they are.
    reached = models.PositiveIntegerField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_occasion_display()}"

    @property
    def about(self) -> str:
        """Which stage, or whose proposal."""
        return self.subject or (str(self.stage) if self.stage else "")

    @property
    def is_reminder_to_vote(self) -> bool:
        return self.occasion == self.Occasion.DEADLINE and self.stage is not None and self.stage.kind == "poll"


class Message(models.Model):
    """One e-mail about one notice to one person. Taken before it is sent: whatever ends the process, nobody gets it
    twice, and at most the one that was on its way is lost."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("on its way")
        SENT = "sent", _("sent")
        NOT_NEEDED = "done", _("no longer needed")
        FAILED = "failed", _("not delivered")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="messages")
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="messages")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=12, blank=True)  # why it failed: a key of `delivery.PROBLEMS`
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "employee"], name="message_once")]

    def __str__(self) -> str:
        return f"{self.notice} ({self.get_state_display()})"
