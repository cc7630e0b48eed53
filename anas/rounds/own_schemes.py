"""Schemes that an office has made for itself, beside those that come with the application."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit
from anas.rounds import scheme as schemes


def paths_above(path: str) -> list[str]:
    """ "/a/b/" → ["/a/", "/a/b/"]."""
    codes = path.strip("/").split("/")
    return ["/" + "/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]


class OwnSchemeQuerySet(models.QuerySet):
    def visible_to(self, employee: Employee) -> "OwnSchemeQuerySet":
        """Of the offices that the person is the committee of, of those under them, and of those above, whose schemes
        hold for all under them."""
        found = Q(pk__in=[])
        for path in employee.committee_paths:
            found |= Q(unit__path__startswith=path) | Q(unit__path__in=paths_above(path))
        return self.filter(found).select_related("unit", "by")


class SchemeText(models.Model):
    """What a scheme said from one save to the next, as canonical JSON."""

    number = models.PositiveIntegerField(default=1)
    frozen = models.TextField()
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def scheme(self) -> schemes.Scheme:
        return schemes.thaw(self.frozen)

    @property
    def digest(self) -> str:
        """SHA-256 of the text: what a round that opens with it prints in its documents."""
        return schemes.digest(self.frozen)


class OwnScheme(SchemeText):
    """A scheme of one office, as it is now. Rounds keep a copy of their own; `anas.rounds.editor.services` alone writes
    here, and puts what was there before beside it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="schemes", verbose_name=_("office"))
    code = models.CharField(max_length=40)

    objects = OwnSchemeQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "code"]
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="own_scheme_code_once")]

    def __str__(self) -> str:
        return self.scheme.name

    def get_absolute_url(self) -> str:
        return reverse("schemes:own", args=[self.pk])


class EarlierScheme(SchemeText):
    """What an office's scheme said before it was changed."""

    own = models.ForeignKey(OwnScheme, models.CASCADE, related_name="earlier")

    class Meta:
        ordering = ["own", "-number"]
        verbose_name = _("earlier version of a scheme")
        verbose_name_plural = _("earlier versions of schemes")
        constraints = [models.UniqueConstraint(fields=["own", "number"], name="earlier_scheme_once")]

    def __str__(self) -> str:
        return f"{self.own}, {self.number}"
