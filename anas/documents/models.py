import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.documents.letterhead_models import NUMBER_HELP, Crest, Letterhead  # noqa: F401 - models of this app
from anas.documents.signature import Signature
from anas.people.models import Employee, Unit
from anas.refused import Refused
from anas.rounds.models import Round
from nominations.models import Nominee

# No letter that can be mistaken for another one on paper. 20 of 31 letters are 99 bits.
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 20
MINUTES = ("assessment", "closing", "count")  # Berita Acara, numbered in one register
ONCE = (*MINUTES, "announcement", "poster", "recap")  # of these a round has one in force
FILE_NAMES = {"decree": "keputusan", "announcement": "pengumuman", "poster": "poster", "recap": "rekapitulasi"}


def new_code() -> str:
    """What a QR code leads to: not to be guessed, and short enough to be typed from paper."""
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))


class DocumentQuerySet(models.QuerySet):
    def listed(self) -> "DocumentQuerySet":
        """For lists: without the heavy columns, with what a line says about a document."""
        return self.light().select_related("nominee__employee", "nominee__standing", "issued_by")

    def light(self) -> "DocumentQuerySet":
        """Without the heavy columns, with its signature and the document that each was superseded by."""
        heavy = ("pdf", "data", "superseded_by__pdf", "superseded_by__data", "signature__pdf")
        return self.select_related("superseded_by", "signature").defer(*heavy)

    def in_force(self) -> "DocumentQuerySet":
        return self.filter(state__in=Document.IN_FORCE)

    def published(self) -> "DocumentQuerySet":
        """Everything that has ever been issued: drafts are nobody's business but the committee's."""
        return self.exclude(state=Document.State.DRAFT)

    def update(self, **values):
        if not Document.CHANGEABLE.issuperset(values) and self.published().exists():
            raise Refused(gettext("A document that has been issued is never changed."))
        return super().update(**values)

    def delete(self):
        """Raises Refused where an issued document of a real round is among them."""
        if self.published().filter(round__rehearsal="").exists():
            raise Refused(gettext("A document that has been issued cannot be deleted."))
        return super().delete()


class Document(models.Model):
    """An official paper. Rendered once from frozen data, kept with its bytes and their SHA-256, and never changed; a
    correction is a new document that supersedes it. A draft has its texts in `data` and no bytes yet."""

    class Kind(models.TextChoices):
        DECREE = "decree", _("decree")
        CERTIFICATE = "certificate", _("certificate")
        CLOSING = "closing", _("minutes of the closing")
        COUNT = "count", _("minutes of the count")
        ASSESSMENT = "assessment", _("minutes of the assessment")
        ANNOUNCEMENT = "announcement", _("announcement")
        POSTER = "poster", _("poster")
        RECAP = "recap", _("recapitulation")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ISSUED = "issued", _("issued")
        SIGNED = "signed", _("signed")
        SUPERSEDED = "superseded", _("superseded")
        REVOKED = "revoked", _("revoked")

    IN_FORCE = ("issued", "signed")
    MINUTES, ONCE = MINUTES, ONCE
    CHANGEABLE = frozenset({"state", "remark", "ended_at"})

    # The office that the number is registered in; the round's scope.
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="documents", editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="documents", editable=False)
    kind = models.CharField(max_length=20, choices=Kind, editable=False)
    nominee = models.ForeignKey(Nominee, models.PROTECT, null=True, related_name="documents", editable=False)
    number = models.CharField(_("number"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=300)
    date = models.DateField(_("date"), null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    data = models.JSONField(default=dict, editable=False)
    pdf = models.BinaryField(default=bytes, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    scheme_hash = models.CharField(max_length=64, blank=True, editable=False)
    issued_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    issued_at = models.DateTimeField(null=True, editable=False)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by", editable=False)
    # Why and when it was superseded or revoked; everybody who checks the document reads both.
    remark = models.TextField(blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-round", "kind", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "kind", "number"],
                condition=Q(state__in=("issued", "signed")),
                name="document_number_once",
                violation_error_message=_("This number has already been given to another document."),
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(kind="decree", state__in=("issued", "signed")),
                name="one_decree_in_force",
                violation_error_message=_("The decree of this round has already been issued."),
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(kind="decree", state="draft"),
                name="one_draft_decree",
                violation_error_message=_("There is already a draft of the decree."),
            ),
            models.UniqueConstraint(
                fields=["round", "nominee"],
                condition=Q(kind="certificate", state__in=("issued", "signed")),
                name="one_certificate_in_force",
                violation_error_message=_("This winner's certificate has already been issued."),
            ),
            models.UniqueConstraint(
                fields=["round", "kind"],
                condition=Q(kind__in=ONCE, state__in=("issued", "signed")),
                name="paper_in_force_once",
                violation_error_message=_("This document has already been issued."),
            ),
            models.UniqueConstraint(
                fields=["scope", "number"],
                condition=Q(kind__in=MINUTES, state__in=("issued", "signed")),
                name="minutes_number_once",
                violation_error_message=_("This number has already been given to another document."),
            ),
            models.CheckConstraint(
                condition=Q(kind="certificate", nominee__isnull=False)
                | (~Q(kind="certificate") & Q(nominee__isnull=True)),
                name="certificate_is_for_somebody",
                violation_error_message=_("A certificate is for one nominee, any other document for none."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(number="") & ~Q(sha256="") & Q(date__isnull=False)),
                name="issued_document_is_complete",
                violation_error_message=_("An issued document has a number, a date and a file."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("superseded", "revoked")) | (~Q(remark="") & Q(ended_at__isnull=False)),
                name="document_ends_with_a_reason",
                violation_error_message=_("A document that is no longer in force has a reason and a date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def save(self, *args, **kwargs) -> None:
        """Raises Refused where anything of an issued document would change but its state, with reason and time."""
        changing = kwargs.get("update_fields")
        if not (self._state.adding or self.is_draft or (changing and self.CHANGEABLE.issuperset(changing))):
            raise Refused(gettext("A document that has been issued is never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises Refused for an issued document, but for one of a rehearsal."""
        if not (self.is_draft or self.round.is_rehearsal):
            raise Refused(gettext("A document that has been issued cannot be deleted."))
        return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.round_id, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state in self.IN_FORCE

    @property
    def is_decree(self) -> bool:
        return self.kind == self.Kind.DECREE

    @property
    def is_minutes(self) -> bool:
        return self.kind in self.MINUTES

    @property
    def is_for_finalist(self) -> bool:
        """Whether somebody gets it who reached the final and did not win."""
        return self.nominee is not None and not self.nominee.standing.is_winner

    @property
    def handed_out(self) -> "Document | Signature":
        """What has the bytes, and their hash, that are handed out: the signature where there is one."""
        return getattr(self, "signature", self)

    @property
    def short_code(self) -> str:
        """The beginning of the code, for people to tell documents apart; it opens nothing."""
        return self.code[:8].upper()

    @property
    def filename(self) -> str:
        """ "keputusan-188-19-dpmptsp-2026.pdf", "piagam-siti-rahayu.pdf", "berita-acara-1-ba-dpmptsp-2026.pdf"."""
        if self.nominee:
            name = f"piagam {'finalis ' if self.is_for_finalist else ''}{self.nominee.employee.name}"
        else:
            name = f"{FILE_NAMES.get(self.kind, 'berita acara')} {self.number or 'konsep'}"
        if self.number.startswith(Round.MARK) and Round.MARK not in name:
            name = f"{Round.MARK} {name}"
        return f"{slugify(name.replace('/', ' '))}.pdf"


class Batch(models.Model):
    """Certificates that are made in the background, by processes of their own: too many for a page to wait for. What is
    still to do is what `nominees` says and no certificate in force is there for, so a batch goes on after anything that
    stopped its processes."""

    class State(models.TextChoices):
        RUNNING = "running", _("in progress")
        DONE = "done", _("finished")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("stopped")

    round = models.ForeignKey(Round, models.PROTECT, related_name="batches")
    decree = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    template = models.CharField(max_length=60)  # of the numbers
    first = models.PositiveIntegerField()  # running number of the first of the nominees
    site = models.CharField(max_length=200, blank=True)
    nominees = models.JSONField()  # keys, in the order of their numbers
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    problem = models.TextField(blank=True)  # why it stopped, in words
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)  # when one of its processes was last heard of

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state="running"),
                name="one_batch_at_a_time",
                violation_error_message=_("Certificates of this round are being made already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.done}/{self.total}"

    @property
    def total(self) -> int:
        return len(self.nominees)

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING
