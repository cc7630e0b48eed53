from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit
from anas.rounds import guards, suggesting
from anas.rounds import scheme as schemes
from anas.rounds.models import Round
from anas.rounds.own_schemes import OwnScheme
from anas.rounds.rules import may_set_up_in
from anas.rounds.scheme import Criterion

YEARS_AHEAD = 2  # no round is planned for longer
OWN = "own-"  # stands before the key of an office's scheme; no code of a shipped one begins so


class Moment(forms.DateTimeField):
    """A day and a time of day, entered with the browser's own picker, in the office's time zone."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


class ReasonForm(forms.Form):
    """For acts that need a reason, which everybody concerned will read."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ExtensionForm(ReasonForm):
    field_order = ["closes_at", "reason"]
    closes_at = Moment(label=_("New deadline"))


class NewRoundForm(forms.Form):
    name = forms.CharField(label=_("Name of the period"), max_length=150, help_text=_("e.g. Triwulan IV 2026"))
    scope = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Office"),
        help_text=_("Its units propose, its employees vote, its head decides."),
    )
    scheme = forms.ChoiceField(label=_("Award"))

    def __init__(self, *args, employee: Employee, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(children__isnull=False).distinct()
        allowed = [unit.pk for unit in units if may_set_up_in(employee, unit) is None]
        self.fields["scope"].queryset = Unit.objects.filter(pk__in=allowed)
        if len(allowed) == 1:
            self.fields["scope"].initial = allowed[0]
        self.own = {f"{OWN}{own.pk}": own for own in OwnScheme.objects.visible_to(employee)}
        shipped = [(code, schemes.preset(code).name) for code in schemes.preset_codes()]
        own = [(key, f"{own} ({own.unit})") for key, own in self.own.items()]
        self.fields["scheme"].choices = [(_("Of the office"), own), (_("Comes with ANAS"), shipped)] if own else shipped

    def clean(self) -> dict[str, Any]:
        """`scheme` becomes the scheme itself, and `own` whose it is, for `services.create_round`."""
        data = super().clean()
        if choice := data.get("scheme"):
            data["own"] = own = self.own.get(choice)
            data["scheme"] = own.scheme if own else schemes.preset(choice)
            if data.get("scope") and (reason := guards.reason_foreign_scheme(own, data["scope"])):
                self.add_error("scheme", reason)
        return data


class Day(forms.DateField):
    """A day, entered with the browser's own picker."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ScheduleForm(forms.Form):
    """What a draft looks back on, and opening and deadline of each of its stages. `suggested`: what stands in the
    fields of a stage until something is saved, by the stage's code."""

    period_from = Day(label=_("From"), required=False)
    period_until = Day(label=_("Until"), required=False, help_text=_("Empty: the twelve months up to today."))

    def __init__(self, *args, round: Round, suggested: guards.Schedule | None = None, **kwargs):
        initial = {"period_from": round.period_from, "period_until": round.period_until}
        super().__init__(*args, initial=initial, **kwargs)
        self.round = round
        for stage in round.stage_list:
            opens_at, closes_at = (suggested or {}).get(stage.code, (stage.opens_at, stage.closes_at))
            self.fields[f"{stage.code}-opens_at"] = Moment(label=_("Opens"), required=False, initial=opens_at)
            self.fields[f"{stage.code}-closes_at"] = Moment(label=_("Deadline"), required=False, initial=closes_at)

    def rows(self) -> list[dict[str, Any]]:
        """One row per stage for the template: the stage and its two fields."""
        return [
            {"stage": stage, "opens_at": self[f"{stage.code}-opens_at"], "closes_at": self[f"{stage.code}-closes_at"]}
            for stage in self.round.stage_list
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        reason = guards.reason_period(data.get("period_from"), data.get("period_until"))
        if reason and not self.errors:
            self.add_error("period_until", reason)
        for find in (guards.faults_of_schedule, guards.overlaps):
            for stage, edge, fault in find(self.round, self._schedule(data)):
                if (name := f"{stage.code}-{edge}") not in self.errors:
                    self.add_error(name, fault)
        return data

    def options(self) -> dict[str, Any]:
        """As `services.set_schedule` takes them."""
        data = self.cleaned_data
        return {"schedule": self._schedule(data), "period": (data.get("period_from"), data.get("period_until"))}

    def _schedule(self, data: Mapping[str, Any]) -> guards.Schedule:
        return {
            stage.code: (data.get(f"{stage.code}-opens_at"), data.get(f"{stage.code}-closes_at"))
            for stage in self.round.stage_list
        }


class BeginForm(forms.Form):
    """From which day on dates are suggested; `first` is None where none are."""

    mulai = Day(label=_("First day of the round"))

    def __init__(self, data: Mapping[str, Any] | None, *, has_dates: bool):
        super().__init__(data, initial={"mulai": suggesting.first_day()})
        self.first: date | None = None if has_dates or self.is_bound else suggesting.first_day()
        if self.is_valid():
            self.first = self.cleaned_data["mulai"]

    def clean_mulai(self) -> date:
        if self.cleaned_data["mulai"] < timezone.localdate():
            raise forms.ValidationError(_("The first day has already passed."))
        if self.cleaned_data["mulai"].year > timezone.localdate().year + YEARS_AHEAD:
            raise forms.ValidationError(_("The first day lies too far ahead."))
        return self.cleaned_data["mulai"]


class ScoreField(forms.DecimalField):
    """Takes the decimal comma and the decimal point alike, whatever the language of the page."""

    def to_python(self, value: object) -> Decimal | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ScoresForm(forms.Form):
    """One field per criterion; `scores` has what was entered. Whether a score can be is for `scores.checked` to say:
    here a text becomes a number, with the decimal comma or point, and an error stands beside its field."""

    def __init__(self, *args, criteria: tuple[Criterion, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[criterion.code] = _score_field(criterion)

    @staticmethod
    def initial_of(criteria: tuple[Criterion, ...], scores: Mapping[str, Decimal]) -> dict[str, object]:
        """Stored scores as the fields show them: 85 and 87.5, not 85.00 and 87.50."""
        shown = {
            code: score.to_integral_value() if score == int(score) else score.normalize()
            for code, score in scores.items()
        }
        yes_no = {criterion.code for criterion in criteria if criterion.is_yes_no}
        return {code: str(score) if code in yes_no else score for code, score in shown.items()}

    @property
    def scores(self) -> dict[str, object]:
        codes = [criterion.code for criterion in self.criteria]
        return {code: self.cleaned_data[code] for code in codes if self.cleaned_data.get(code) not in (None, "")}


def _score_field(criterion: Criterion) -> forms.Field:
    if criterion.is_yes_no:
        return forms.TypedChoiceField(
            label=criterion.name,
            choices=[("100", _("yes")), ("0", _("no"))],
            widget=forms.RadioSelect,
            required=False,
            empty_value=None,
        )
    return ScoreField(
        label=criterion.name,
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=True,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
