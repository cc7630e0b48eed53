from django import forms
from django.utils.translation import gettext_lazy as _

from anas.rounds.scheme import Criterion


class ReasonForm(forms.Form):
    """For acts that need a reason, which everybody concerned will read."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ScoresForm(forms.Form):
    """One field per criterion; `scores` has what was entered. Whether a score can be is for `scores.checked` to say:
    here a text becomes a number, with the decimal comma or point, and an error stands beside its field."""

    def __init__(self, *args, criteria: tuple[Criterion, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[criterion.code] = _score_field(criterion)

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
    return forms.DecimalField(
        label=criterion.name,
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=True,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
