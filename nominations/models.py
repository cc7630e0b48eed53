from decimal import Decimal
from zlib import crc32

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit
from anas.rounds import scores
from anas.rounds.models import Round, Stage


class Proposal(models.Model):
    """What one unit puts forward in one round."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned for repair")
        WAIVED = "waived", _("without a proposal")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    submitted_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    # Why the committee returned it, or goes on without it.
    remark = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["stage", "unit__position", "unit__path"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [models.UniqueConstraint(fields=["stage", "unit"], name="proposal_once_per_unit")]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def round(self) -> Round:
        return self.stage.round

    @property
    def is_editable(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    def people(self) -> models.QuerySet[Employee]:
        """The unit's people whom its head can propose; the head is not among them, since nobody scores himself."""
        people = Employee.objects.below(self.unit)
        return people.exclude(pk=self.unit.head_id) if self.unit.head_id else people


class NomineeQuerySet(models.QuerySet):
    def named(self, round: Round) -> "NomineeQuerySet":
        """Those whom the units' submitted proposals name, in an order that says nothing about them."""
        return (
            self.filter(proposal__stage__round=round, proposal__state=Proposal.State.SUBMITTED, slot__isnull=False)
            .select_related("employee", "proposal__unit", "proposal__stage")
            .order_by("classification", "proposal__unit__position", "proposal__unit__path", "slot")
        )

    def in_play(self, round: Round) -> "NomineeQuerySet":
        """Those of the named whom no shortlist has left out yet."""
        return self.named(round).filter(eliminated_after__isnull=True)

    def in_play_at(self, stage: Stage) -> "NomineeQuerySet":
        """Those who were in the round when this stage was played."""
        return self.named(stage.round).exclude(eliminated_after__position__lt=stage.position)


class Nominee(models.Model):
    """A person whom a unit assesses, and, with a slot, whom it proposes.

    Schemes whose subject is an entry will hang it here; pages and papers use `name`, `description` and `photo_file`
    and do not ask which it is.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="nominees")
    classification = models.CharField(max_length=40)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="nominations")
    slot = models.PositiveSmallIntegerField(null=True, editable=False)
    scores = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)
    photo = models.ImageField(_("photo"), upload_to="nominees/", blank=True)
    eliminated_after = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="eliminated", editable=False)

    objects = NomineeQuerySet.as_manager()

    class Meta:
        verbose_name = _("nominee")
        verbose_name_plural = _("nominees")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "employee"],
                name="nominee_once",
                violation_error_message=_("This person is already among the candidates."),
            ),
            models.UniqueConstraint(
                fields=["proposal", "classification", "slot"],
                name="one_nominee_per_slot",
                violation_error_message=_("This place is already taken."),
            ),
            models.CheckConstraint(condition=Q(slot__isnull=True) | Q(slot__gte=1), name="slots_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.employee.full_name

    @property
    def description(self) -> str:
        return self.employee.position

    @property
    def initials(self) -> str:
        return self.employee.initials

    @property
    def unit(self) -> Unit:
        return self.proposal.unit

    @property
    def photo_file(self) -> models.fields.files.ImageFieldFile | None:
        return self.photo or self.employee.photo or None

    @property
    def photo_url(self) -> str:
        """Where those who may see the nominee find the photo; empty where there is none. Another photo has another
        address, so that a browser may keep it."""
        if not self.photo_file:
            return ""
        address = reverse("nominations:photo", args=[self.proposal.stage.round_id, self.pk])
        return f"{address}?{crc32(self.photo_file.name.encode()):x}"

    @property
    def score_values(self) -> dict[str, Decimal]:
        return scores.read(self.scores)

    @property
    def is_proposed(self) -> bool:
        """Whether a submitted proposal names this person."""
        return self.slot is not None and self.proposal.is_submitted

    @property
    def is_in_play(self) -> bool:
        return self.eliminated_after_id is None


class Skip(models.Model):
    """Why a unit proposes nobody (or fewer than it may) in one classification."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="skips")
    classification = models.CharField(max_length=40)
    reason = models.TextField(_("reason"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "classification"], name="skip_once")]

    def __str__(self) -> str:
        return f"{self.proposal}, {self.classification}: {self.reason}"


class Evidence(models.Model):
    """A file that supports a nomination. Private: `nominations.rules` says who may download it, and it is never opened
    inline."""

    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to="evidence/")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.name
