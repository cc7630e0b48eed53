from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from anas.people.activations import Activation  # noqa: F401 - a model of this app
from anas.people.names import initials, with_titles
from anas.people.niks import Nik  # noqa: F401 - a model of this app


class UnitQuerySet(models.QuerySet):
    def below(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and everything under it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A place in the tree of the government: Pemerintah Kota Batu → DPMPTSP → Sekretariat, Bidang A, B, C."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order among its siblings"), default=0)
    head = models.ForeignKey(
        "Employee", models.PROTECT, null=True, blank=True, related_name="headed_units", verbose_name=_("head")
    )
    head_title = models.CharField(_("title of the head"), max_length=200, blank=True, help_text=_("e.g. Kepala Dinas"))
    # The codes from the root down, so that a subtree is one indexed prefix: "/kota-batu/dpmptsp/"
    path = models.CharField(max_length=500, unique=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def contains(self, other: "Unit") -> bool:
        """Whether the other unit is this one or lies under it."""
        return other.path.startswith(self.path)

    def child_towards(self, path: str) -> str:
        """The path of this unit's child under which the given path lies; this unit's own path for its own people."""
        step = path.removeprefix(self.path).partition("/")[0]
        return f"{self.path}{step}/" if step else self.path

    def clean(self) -> None:
        if self.parent and self.path and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("A unit cannot lie under itself.")})

    def save(self, *args, **kwargs) -> None:
        """Keeps the path, and those of the whole subtree, in step with code and parent."""
        old, self.path = self.path, f"{self.parent.path if self.parent else '/'}{self.code}/"
        super().save(*args, **kwargs)
        if old and old != self.path:
            moved = list(Unit.objects.filter(path__startswith=old).exclude(pk=self.pk))
            for unit in moved:
                unit.path = self.path + unit.path.removeprefix(old)
            Unit.objects.bulk_update(moved, ["path"])


class EmployeeManager(BaseUserManager):
    def get_by_natural_key(self, number: str) -> "Employee":
        return self.get(number=number)

    def create_user(self, number: str, password: str | None = None, **fields) -> "Employee":
        """Without a password nobody can log in as this employee yet."""
        employee = self.model(number=number, **fields)
        employee.set_password(password)
        employee.save()
        return employee

    def create_superuser(self, number: str, password: str | None = None, **fields) -> "Employee":
        return self.create_user(number, password, is_superuser=True, **fields)


class EmployeeQuerySet(models.QuerySet):
    def below(self, unit: Unit) -> "EmployeeQuerySet":
        """Everybody in service in the unit and everything under it."""
        return self.filter(is_active=True, unit__path__startswith=unit.path)

    def search(self, words: str) -> "EmployeeQuerySet":
        """Name or position contains every word; the number only as a whole, so that nobody can be found by trying
        digits."""
        found = self
        for word in words.replace("\0", " ").split():
            found = found.filter(Q(name__icontains=word) | Q(position__icontains=word) | Q(number=word))
        return found


class Employee(AbstractBaseUser, PermissionsMixin):
    """A person in service, who is also the account he or she logs in with."""

    class Status(models.TextChoices):
        PNS = "pns", "PNS"
        CPNS = "cpns", "CPNS"
        PPPK = "pppk", "PPPK"
        PPPK_PART_TIME = "pppk-pw", _("PPPK, part time")
        NON_ASN = "non-asn", _("Non-ASN")

    number = models.CharField(
        _("employee number"),
        max_length=30,
        unique=True,
        help_text=_("NIP or NI PPPK of 18 digits; for Non-ASN the office's own number, never the NIK."),
    )
    name = models.CharField(_("name without titles"), max_length=150)
    title_before = models.CharField(_("titles before the name"), max_length=60, blank=True)
    title_after = models.CharField(_("titles after the name"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PNS)
    rank = models.CharField(_("rank"), max_length=60, blank=True)
    grade = models.CharField(_("grade"), max_length=10, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="employees", verbose_name=_("unit")
    )
    in_unit_since = models.DateField(
        _("in the unit since"),
        null=True,
        blank=True,
        help_text=_("For awards that ask for some months in the unit."),
    )
    classification = models.CharField(
        _("classification"),
        max_length=40,
        blank=True,
        help_text=_("Code of the classification in which this person can be proposed; empty: in none."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True)
    # Of the e-mails to this person: the one chosen last on the pages.
    language = models.CharField(max_length=5, default=settings.LANGUAGE_CODE, editable=False)
    is_active = models.BooleanField(_("in service"), default=True)
    # How often open sessions were ended because a role was given or taken.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "number"
    REQUIRED_FIELDS = ["name"]

    objects = EmployeeManager.from_queryset(EmployeeQuerySet)()

    class Meta:
        ordering = ["name", "number"]
        verbose_name = _("employee")
        verbose_name_plural = _("employees")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with titles and degrees where they belong: "Dr. Siti Rahayu, S.E., M.M."."""
        return with_titles(self.name, self.title_before, self.title_after)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def rank_and_grade(self) -> str:
        return ", ".join(filter(None, [self.rank, self.grade])) or "-"

    @property
    def is_staff(self) -> bool:
        """The admin is for installation, so it is open to superusers alone."""
        return self.is_superuser

    def end_sessions(self) -> None:
        """Logs this person out everywhere."""
        Employee.objects.filter(pk=self.pk).update(sessions_ended=F("sessions_ended") + 1)
        self.refresh_from_db(fields=["sessions_ended"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session of before a change of password or role is none any more."""
        value = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("people.session", value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def committee_paths(self) -> list[str]:
        """Paths of the units that this person is the committee of."""
        return list(CommitteeSeat.objects.filter(employee=self).values_list("unit__path", flat=True))

    @property
    def is_committee(self) -> bool:
        return bool(self.committee_paths)

    @cached_property
    def headed_unit_ids(self) -> frozenset[int]:
        """Units that this person acts for today: as the head, or as a deputy within the deputy's dates."""
        return frozenset(
            Unit.objects.filter(
                Q(head=self)
                | Q(
                    deputies__employee=self,
                    deputies__starts__lte=timezone.localdate(),
                    deputies__ends__gte=timezone.localdate(),
                )
            ).values_list("pk", flat=True)
        )


class Deputy(models.Model):
    """Somebody who acts for the head of a unit between two dates, both included."""

    class Kind(models.TextChoices):
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."
        DELEGATE = "delegate", _("delegate")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="deputies", verbose_name=_("unit"))
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="deputyships", verbose_name=_("employee"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PLH)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="deputy_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit}: {self.employee}"

    def acts_on(self, day: date) -> bool:
        return self.starts <= day <= self.ends


class CommitteeSeat(models.Model):
    """A member of the committee (sekretariat) of a unit: sets up people and rounds of the unit and of all below it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="committee", verbose_name=_("unit"))
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="committee_seats", verbose_name=_("employee"))

    class Meta:
        verbose_name = _("member of the committee")
        verbose_name_plural = _("committee")
        constraints = [models.UniqueConstraint(fields=["unit", "employee"], name="committee_seat_once")]

    def __str__(self) -> str:
        return f"{self.employee}, {self.unit}"


class PeopleImport(models.Model):
    """A list of people that a committee has sent: the file until it is applied or a day old, then what was done with
    it and what it takes to undo that."""

    KEPT = timedelta(days=1)

    unit = models.ForeignKey(
        Unit,
        models.CASCADE,
        related_name="imports",
        verbose_name=_("unit"),
        help_text=_("The office whose people are in the file, with everything under it."),
    )
    by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by"))
    file_name = models.CharField(_("file"), max_length=100, blank=True)
    content = models.BinaryField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    columns = models.JSONField(default=dict)  # place of the column by field
    adds_units = models.BooleanField(_("Add units that are not there yet"), default=False)
    retires = models.BooleanField(_("Whoever is not in the file has left"), default=False)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)  # number of people by what happened to them
    # By employee: "new" and "units" are keys of what was added; "before" and "after" are changed fields
    undo = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")

    def __str__(self) -> str:
        return self.file_name or str(self.unit)
