from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from anas.people import clients
from anas.people.models import Employee, Unit
from anas.rounds import scheme as schemes
from anas.rounds import stage as stages
from anas.rounds.own_schemes import EarlierScheme, OwnScheme, paths_above  # noqa: F401 - models of this app


class RoundQuerySet(models.QuerySet):
    def real(self) -> "RoundQuerySet":
        """Without rehearsals: for whatever tells who has won, or compares."""
        return self.filter(rehearsal="")

    def visible_to(self, employee: Employee) -> "RoundQuerySet":
        """Rounds that this person has a part in; a draft is seen by its committee alone. For all others it is as if
        the round did not exist."""
        own = Q(pk__in=Member.objects.filter(employee=employee).values("round"))
        if heads := employee.headed_unit_ids:
            own |= Q(scope__in=heads) | Q(scope__in=Unit.objects.filter(children__in=heads))
        if employee.unit_id and employee.is_active:
            own |= Q(scope__path__in=paths_above(employee.unit.path)) & ~Q(rehearsal=Round.Rehearsal.FEW)
        committee = Q(pk__in=[])
        for path in employee.committee_paths:
            committee |= Q(scope__path__startswith=path)
        return self.filter(committee | (own & ~Q(state=Round.State.DRAFT))).select_related("scope")

    def announced(self) -> "RoundQuerySet":
        """Rounds whose result the office knows: those that later ones are compared with."""
        return self.real().filter(state=Round.State.ANNOUNCED)


class Round(models.Model):
    """One run of an award: draft → its stages in order → result → decreed → announced, or cancelled.

    `anas.rounds.services` alone writes `state`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RUNNING = "running", _("running")
        RESULT = "result", _("result")
        DECREED = "decreed", _("decreed")
        ANNOUNCED = "announced", _("announced")
        CANCELLED = "cancelled", _("cancelled")

    class Rehearsal(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody in the office takes part")
        FEW = "few", _("Only the committee, the team, the witness and the heads take part")

    # Begins the name of a rehearsal and the numbers of its papers: it stands on paper, so in the office's language.
    MARK = "GLADI"

    name = models.CharField(_("name"), max_length=150, help_text=_("e.g. Triwulan IV 2026"))
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="rounds", verbose_name=_("office"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    # What the award looks back on; both days are included. Empty: the twelve months up to today.
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_until = models.DateField(_("period until"), null=True, blank=True)
    frozen_scheme = models.TextField(editable=False)
    # Whose text was copied into `frozen_scheme`; empty for a scheme that came with the application.
    own_scheme = models.ForeignKey(OwnScheme, models.PROTECT, null=True, editable=False, related_name="rounds")
    scheme_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Who takes part in a rehearsal; empty: a real round. A trigger (migration 0005) lets nobody change it.
    rehearsal = models.CharField(max_length=10, choices=Rehearsal, blank=True, default="", editable=False)
    approved_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)
    # Until when employees can object to the present result; empty where the scheme knows no objections.
    objections_until = models.DateTimeField(null=True, editable=False)
    # Why the head sent the result back, or why the round was cancelled: shown to everybody who works on the round.
    remark = models.TextField(blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(rehearsal="") | Q(name__startswith="GLADI "), name="rehearsal_is_named_so"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.name} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("rounds:detail", args=[self.pk])

    @property
    def scheme(self) -> schemes.Scheme:
        return schemes.thaw(self.frozen_scheme)

    @property
    def present_scheme(self) -> schemes.Scheme | None:
        """What the round's scheme says now; None where it came with the application and is there no more."""
        if self.own_scheme:
            return self.own_scheme.scheme
        return schemes.preset(self.scheme.code) if self.scheme.code in schemes.preset_codes() else None

    @property
    def is_behind_its_scheme(self) -> bool:
        """Whether a draft's rules are no longer those of its scheme."""
        return self.is_draft and self.present_scheme not in (None, self.scheme)

    @property
    def is_rehearsal(self) -> bool:
        return bool(self.rehearsal)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def has_result(self) -> bool:
        return self.state in (self.State.RESULT, self.State.DECREED, self.State.ANNOUNCED)

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.ANNOUNCED, self.State.CANCELLED)

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day that the award looks back on."""
        if self.period_from and self.period_until:
            return self.period_from, self.period_until
        today = timezone.localdate()
        return today - timedelta(days=365), today

    def objection_deadline(self) -> datetime | None:
        """The end of the last day on which employees can object to a result of today; None where they cannot."""
        if not self.scheme.objection_days:
            return None
        last = timezone.localdate() + timedelta(days=self.scheme.objection_days)
        return timezone.make_aware(datetime.combine(last, time(23, 59)))

    @property
    def is_open_to_objections(self) -> bool:
        """Whether the objection period runs: after the result, before the head approves."""
        waiting = self.state == self.State.RESULT and not self.is_approved
        return waiting and self.objections_until is not None and timezone.now() < self.objections_until

    @cached_property
    def stage_list(self) -> list["Stage"]:
        """The stages in the order of play, read once."""
        found = list(self.stages.all())
        for stage in found:
            stage.round = self
        return found

    @property
    def current_stage(self) -> "Stage | None":
        """The stage that was opened last while the round runs."""
        begun = [stage for stage in self.stage_list if stage.state != Stage.State.PENDING]
        return begun[-1] if begun and self.is_running else None

    def stage_of_kind(self, kind: str) -> "Stage | None":
        return next((stage for stage in self.stage_list if stage.kind == kind), None)

    def electorate(self) -> models.QuerySet[Employee]:
        """Everybody in service in the office and below."""
        return Employee.objects.below(self.scope)

    def proposing_unit_path(self, employee: Employee) -> str:
        """The path of the unit that proposes this employee: the office's child above him."""
        return self.scope.child_towards(employee.unit.path)


class Stage(models.Model):
    """One stage of a round with its schedule. `anas.rounds.services` alone writes `state`."""

    class State(models.TextChoices):
        PENDING = "pending", _("not open yet")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        SETTLED = "settled", _("finished")

    round = models.ForeignKey(Round, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING, editable=False)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="stage_position_once"),
            models.UniqueConstraint(fields=["round", "code"], name="stage_code_once"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")),
                name="stage_closes_after_opening",
                violation_error_message=_("The deadline lies before the opening."),
            ),
        ]

    def __str__(self) -> str:
        return self.spec.name

    @property
    def spec(self) -> schemes.StageSpec:
        """What the scheme says about this stage."""
        return self.round.scheme.stage(self.code)

    @property
    def what(self) -> stages.StageKind:
        """What kind of stage this is."""
        return stages.kind(self.kind)

    @property
    def turn(self) -> str:
        """Who is to act in it now, in words."""
        return self.what.turn(self)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether input has ended for good or until somebody reopens it."""
        return self.state in (self.State.CLOSED, self.State.SETTLED)

    @property
    def is_settled(self) -> bool:
        return self.state == self.State.SETTLED

    def is_past_deadline(self, now: datetime | None = None) -> bool:
        return self.closes_at is not None and (now or timezone.now()) >= self.closes_at

    def is_ahead_of_plan(self, now: datetime | None = None) -> bool:
        """Whether its day has not come yet."""
        return self.opens_at is not None and (now or timezone.now()) < self.opens_at

    def reason_not_accepting(self, now: datetime | None = None) -> str | None:
        """Why nobody can hand anything in right now, or None."""
        if self.round.state == Round.State.CANCELLED:
            return _("The round has been cancelled.")
        if self.state == self.State.PENDING:
            return _("%(stage)s has not been opened yet.") % {"stage": self}
        if not self.is_open:
            return _("%(stage)s is closed.") % {"stage": self}
        if self.is_ahead_of_plan(now):
            return _("%(stage)s has not begun yet.") % {"stage": self}
        if self.is_past_deadline(now):
            return _("The deadline of %(stage)s has passed.") % {"stage": self}
        return None

    @property
    def previous(self) -> "Stage | None":
        return self.round.stage_list[self.position - 1] if self.position else None

    @property
    def next(self) -> "Stage | None":
        following = self.round.stage_list[self.position + 1 :]
        return following[0] if following else None


class Member(models.Model):
    """Somebody with a task of his own in one round."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair of the team")
        ASSESSOR = "assessor", _("member of the team")
        WITNESS = "witness", _("witness")

    round = models.ForeignKey(Round, models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="memberships", verbose_name=_("employee"))
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        ordering = ["role", "employee__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "employee"],
                name="member_once",
                violation_error_message=_("This person already has a role in this round."),
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(role="chair"),
                name="one_chair",
                violation_error_message=_("A team has one chair."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} ({self.get_role_display()})"


class Objection(models.Model):
    """What an employee has against the result of one classification, in words, and what the team says to it.

    Who wrote it is kept nowhere: `mark` is what only the same person's next request leads to
    (`anas.rounds.objections`), so that one objects once and finds the answer.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="objections")
    classification = models.CharField(max_length=40)
    mark = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("objection"))
    upheld = models.BooleanField(_("upheld"), null=True)  # None: not answered yet
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    settlement = models.TextField(blank=True)  # what was done about an upheld objection, in the chair's words

    class Meta:
        ordering = ["round", "pk"]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "classification", "mark"],
                name="objection_once",
                violation_error_message=_("You have already objected in this classification."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.classification_name}, {self.pk}"

    @property
    def classification_name(self) -> str:
        return self.round.scheme.classification(self.classification).name

    @property
    def is_answered(self) -> bool:
        return self.upheld is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it keeps the head from approving: unanswered, or upheld and nothing said about what follows."""
        return not self.is_answered or (self.upheld and not self.settlement)


class AuditChain(models.Model):
    """The end of one chain of entries: the row that writers queue for, and what shows that a tail was cut off."""

    name = models.CharField(max_length=40, unique=True)  # "round-12", or "office" for what belongs to no round
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """Who did what, when, in which role. Written by `anas.rounds.audit.record` alone and never changed.

    No entry is ever written about a single vote.

    Triggers (migrations 0002 and 0005) refuse every UPDATE and DELETE of an entry, on both databases, but the DELETE of
    a rehearsal's. Whoever owns the table can still take them away, or TRUNCATE it on PostgreSQL;
    `manage.py verify_log` and the witnesses' bundles show that.
    A migration that alters this table writes it anew on SQLite and has to make the triggers again.
    """

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=100, blank=True)
    # Phone, computer or command line; NULL in entries of before, whose hash does not cover it. Nullable, too, so that
    # SQLite adds the column without writing the table anew, and the triggers stay.
    client = models.CharField(max_length=10, null=True, choices=clients.NAMES)  # noqa: DJ001
    # True in the trail of a rehearsal, which is deleted with it; NULL in every other entry, as with `client`.
    rehearsal = models.BooleanField(null=True, editable=False)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=250, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}".strip()
