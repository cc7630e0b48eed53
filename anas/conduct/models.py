"""What is known about how somebody serves: complaints and commendations of those who use the services, and discipline
penalties. None of it is ever public."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit


class AboutQuerySet(models.QuerySet):
    """Rows about somebody."""

    def about(self, people: Iterable[Employee | int]) -> "AboutQuerySet":
        return self.filter(employee__in=people)

    def under(self, paths: Iterable[str]) -> "AboutQuerySet":
        """About the people of the units with these paths and of all below them."""
        wanted = Q(pk__in=[])
        for path in paths:
            wanted |= Q(employee__unit__path__startswith=path)
        return self.filter(wanted)


class ReportQuerySet(AboutQuerySet):
    def seen_by(self, person: Employee) -> "ReportQuerySet":
        """Those about the people of his committee's units, and of the units that he heads."""
        return self.under(paths_seen_by(person))

    def within(self, period: tuple[date, date]) -> "ReportQuerySet":
        return self.filter(date__range=period)

    def search(self, words: str) -> "ReportQuerySet":
        """Every word stands in the name, the source, its number or the text."""
        found = self
        for word in words.replace("\0", " ").split():
            found = found.filter(
                Q(employee__name__icontains=word)
                | Q(source__icontains=word)
                | Q(reference__icontains=word)
                | Q(text__icontains=word)
            )
        return found

    def upheld(self) -> "ReportQuerySet":
        return self.filter(kind=Report.Kind.COMPLAINT, state=Report.State.UPHELD)


def paths_seen_by(person: Employee) -> list[str]:
    headed = Unit.objects.filter(pk__in=person.headed_unit_ids).values_list("path", flat=True)
    return [*person.committee_paths, *headed]


class Report(models.Model):
    """A complaint or a commendation about one employee. Who complained is not asked for."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("complaint")
        COMMENDATION = "commendation", _("commendation")

    class State(models.TextChoices):
        NEW = "new", _("not decided yet")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("not upheld")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="reports", verbose_name=_("employee"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMPLAINT)
    source = models.CharField(_("source"), max_length=60, help_text=_("e.g. SP4N-LAPOR, counter, survey, letter"))
    reference = models.CharField(
        _("number at the source"), max_length=60, blank=True, help_text=_("So that the same one is not entered twice.")
    )
    date = models.DateField(_("date"))
    text = models.TextField(
        _("what was said"),
        max_length=5000,
        help_text=_("Without the name, address or telephone number of whoever said it."),
    )
    # Of complaints only: the committee's decision, and why.
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    decided_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    entered_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("complaint or commendation")
        verbose_name_plural = _("complaints and commendations")

    def __str__(self) -> str:
        """Never whom it is about: this stands in the audit trail."""
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_complaint(self) -> bool:
        return self.kind == self.Kind.COMPLAINT

    @property
    def is_upheld(self) -> bool:
        return self.is_complaint and self.state == self.State.UPHELD


class Penalty(models.Model):
    """A discipline penalty between two days, both included. The committee alone sees it; whoever proposes learns only
    that there is one."""

    class Level(models.TextChoices):
        LIGHT = "ringan", _("light")
        MEDIUM = "sedang", _("medium")
        HEAVY = "berat", _("heavy")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="penalties", verbose_name=_("employee"))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    objects = AboutQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("discipline penalty")
        verbose_name_plural = _("discipline penalties")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="penalty_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        """Never whose it is: this stands in the audit trail."""
        return f"{self._meta.verbose_name} {self.pk}"
