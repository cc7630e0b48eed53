"""What the papers of an office look like and what they usually say: its settings, version by version."""

import hashlib

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit
from anas.refused import Refused

NUMBER_HELP = _("{nomor} is the running number; {kode}, {tahun}, {bulan} and {bulan_romawi} are filled in too.")
MARGIN = [MinValueValidator(5), MaxValueValidator(100)]
TEXT_LENGTH = 8000


class Crest(models.Model):
    """A PNG made by `crests.clean`, kept once however many versions show it."""

    digest = models.CharField(max_length=64, primary_key=True, editable=False)  # its SHA-256
    png = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("crest")
        verbose_name_plural = _("crests")

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def of(cls, png: bytes) -> "Crest":
        """The crest of these bytes, not saved."""
        return cls(digest=hashlib.sha256(png).hexdigest(), png=png)


def _number(label: str) -> models.CharField:
    return models.CharField(label, max_length=60, blank=True)


def _margin(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=MARGIN)


def _text(label: str) -> models.TextField:
    return models.TextField(label, max_length=TEXT_LENGTH, blank=True)


class Letterhead(models.Model):
    """One version of the settings of a unit. What is left empty is inherited from the unit above, or derived from the
    units' names: `letterheads.letterhead_for` answers with everything filled in. A version is never changed; whoever
    changes a setting adds one, and the last one counts."""

    class Paper(models.TextChoices):
        F4 = "F4", "F4 (215 × 330 mm)"
        A4 = "A4", "A4 (210 × 297 mm)"
        LEGAL = "LGL", "Legal (216 × 356 mm)"

    class Font(models.TextChoices):
        BONUM = "bonum", _("Bonum (like Bookman Old Style)")
        TERMES = "termes", _("Termes (like Times New Roman)")
        HEROS = "heros", _("Heros (like Arial)")
        PAGELLA = "pagella", _("Pagella (like Book Antiqua)")

    class FontSize(models.IntegerChoices):
        ELEVEN = 11, _("11 points")
        TWELVE = 12, _("12 points")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="letterheads", editable=False)
    number = models.PositiveIntegerField(default=1, editable=False)
    is_current = models.BooleanField(default=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    changed = models.JSONField(default=list, editable=False)  # names of the fields, against the version before
    brought_back = models.PositiveIntegerField(null=True, editable=False)  # the number of the version that it repeats

    government = models.CharField(_("government"), max_length=150, blank=True)
    office = models.CharField(_("office"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(_("website"), max_length=100, blank=True)
    crest = models.ForeignKey(
        Crest, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("crest")
    )
    paper = models.CharField(_("paper"), max_length=4, choices=Paper, blank=True)
    margin_top = _margin(_("top"))
    margin_bottom = _margin(_("bottom"))
    margin_left = _margin(_("left"))
    margin_right = _margin(_("right"))
    font = models.CharField(_("font"), max_length=10, choices=Font, blank=True)
    font_size = models.PositiveSmallIntegerField(_("size of the letters"), choices=FontSize, null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    head_title = models.CharField(
        _("title of the signatory"), max_length=250, blank=True, help_text=_("In full, as it stands in a decree.")
    )
    shows_rank = models.BooleanField(_("rank (pangkat) below the name"), null=True, blank=True)
    shows_nip = models.BooleanField(_("NIP below the name"), null=True, blank=True)
    decree_number = _number(_("number of a decree"))
    certificate_number = _number(_("number of a certificate"))
    minutes_number = _number(_("number of minutes"))
    announcement_number = _number(_("number of an announcement"))
    recap_number = _number(_("number of a recap"))
    considering = _text(_("Considering"))
    basis = _text(_("In view of"))
    noting = _text(_("Noting"))
    rulings = _text(_("Rulings"))
    copies = _text(_("Copies"))

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="letterhead_version_once"),
            models.UniqueConstraint(fields=["unit"], condition=Q(is_current=True), name="one_current_letterhead"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"

    def save(self, *args, **kwargs) -> None:
        """Raises Refused for a version that has been kept."""
        if not self._state.adding:
            raise Refused(gettext("A version of the settings is never changed."))
        super().save(*args, **kwargs)


# The fields that an office sets, in the order of the page.
SETTINGS = tuple(
    field.name for field in Letterhead._meta.concrete_fields if field.editable and not field.primary_key
) + ("crest",)
