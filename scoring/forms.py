import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.conduct.suggestions import attach
from anas.people.models import Employee
from anas.rounds.forms import ReasonForm, ScoresForm
from anas.rounds.scheme import Criterion
from nominations.models import Nominee
from scoring import services
from scoring.desk import Desk
from scoring.panel import panel
from scoring.results import Tie


class Grid:
    """The score fields of one page, some nominees by some criteria: one ScoresForm per nominee.

    Whether a page shows one nominee with every criterion, every nominee with one criterion, or everything, it is read,
    kept and handed in alike.
    """

    def __init__(self, desk: Desk, nominees: Iterable[Nominee], criteria: Sequence[Criterion], data=None):
        self.desk = desk
        self.criteria = tuple(criteria)
        self.forms = {nominee: self._form(nominee, data) for nominee in nominees}
        attach(desk.stage.round, {nominee.employee_id: form for nominee, form in self.forms.items()})

    def _form(self, nominee: Nominee, data) -> ScoresForm:
        sheet = self.desk.draft(nominee) or self.desk.sheet(nominee)
        codes = {criterion.code for criterion in self.criteria}
        known: dict[str, Decimal] = sheet.score_values if sheet else {}
        form = ScoresForm(
            data,
            criteria=self.criteria,
            prefix=f"n{nominee.pk}",
            initial=ScoresForm.initial_of(self.criteria, {code: known[code] for code in codes & known.keys()}),
        )
        form.use_required_attribute = False  # a draft may have gaps
        return form

    def require_all(self) -> None:
        """From now on a missing score is an error."""
        for form in self.forms.values():
            for field in form.fields.values():
                field.required = True

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def values(self) -> dict[Nominee, dict[str, object]]:
        """What was entered and can be; None where a field was left empty."""
        return {
            nominee: {code: value if value != "" else None for code, value in form.cleaned_data.items()}
            for nominee, form in self.forms.items()
        }

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong, by the name of the field."""
        return {
            form.add_prefix(code): " ".join(errors)
            for form in self.forms.values()
            for code, errors in form.errors.items()
        }

    @property
    def version(self) -> str:
        """What is stored for this page, in short: a browser compares it with what it kept itself."""
        sheets = {str(nominee.pk): self.desk.draft(nominee) for nominee in self.forms}
        stored = {key: sheet.scores for key, sheet in sheets.items() if sheet}
        return sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:16]

    def keep(self, *, by: Employee) -> None:
        """Saves what can be saved as drafts, also where another field is wrong."""
        services.save_drafts(self.desk.stage, sheets=self.values, by=by)
        self.desk = replace(self.desk, whole=panel(self.desk.stage))

    def hand_in(self, *, by: Employee) -> None:
        services.submit_sheets(self.desk.stage, sheets=self.values, by=by)

    def supersede(self, *, reason: str, by: Employee) -> None:
        for nominee, scores in self.values.items():
            services.submit_sheet(self.desk.stage, nominee=nominee, scores_by_criterion=scores, reason=reason, by=by)


class RecusalForm(ReasonForm):
    """A nominee or a whole classification to step back from."""

    field_order = ["whom", "reason"]
    whom = forms.ChoiceField(label=gettext_lazy("Whom do you not want to score?"))

    def __init__(self, *args, desk: Desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.nominees = {f"n{nominee.pk}": nominee for nominee in desk.due}
        self.fields["whom"].choices = [("", "–"), *(self._group(item, some) for item, some in desk.groups)]
        self.fields["reason"].label = _("What is the conflict of interest?")
        self.fields["reason"].help_text = _("It stands in the minutes.")

    def _group(self, classification, nominees: list[Nominee]) -> tuple[str, list[tuple[str, str]]]:
        whole = (f"c{classification.code}", _("everybody in %(name)s") % {"name": classification.name})
        people = [(f"n{item.pk}", str(item)) for item in nominees if f"n{item.pk}" in self.nominees]
        return classification.name, [*people, whole]

    def clean(self) -> dict[str, object]:
        """As `services.recuse` takes it."""
        data = super().clean()
        if whom := data.pop("whom", ""):
            nominee = self.nominees.get(whom)
            data |= {"nominee": nominee, "classification": nominee.classification if nominee else whom[1:]}
        return data


class TieForm(ReasonForm):
    """One place per tied person, each place once."""

    def __init__(self, *args, tie: Tie, goes_on: int | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.tie = tie
        choices = [("", "–"), *((place, _place_in_words(place, goes_on)) for place in tie.places)]
        for nominee in tie.nominees:
            self.fields[f"n{nominee.pk}"] = forms.TypedChoiceField(label=nominee.name, choices=choices, coerce=int)
        self.order_fields([f"n{nominee.pk}" for nominee in tie.nominees])
        self.fields["reason"].help_text = _("It stands in the minutes, with your name.")

    def clean(self) -> dict[str, object]:
        """As `services.decide` takes it."""
        data = super().clean()
        places = {nominee.pk: data.pop(f"n{nominee.pk}", None) for nominee in self.tie.nominees}
        taken: set[int] = set()
        for nominee in self.tie.nominees:
            place = places[nominee.pk]
            if place in taken:
                reason = _("Place %(place)s is taken. Each place goes to one person.") % {"place": place}
                self.add_error(f"n{nominee.pk}", reason)
            if place:
                taken.add(place)
        return {**data, "order": sorted(places, key=lambda pk: places[pk] or 0)}


def _place_in_words(place: int, goes_on: int | None) -> str:
    if goes_on is None:
        return _("place %(place)s") % {"place": place}
    if place <= goes_on:
        return _("place %(place)s: goes on") % {"place": place}
    return _("place %(place)s: does not go on") % {"place": place}


class WordsForm(forms.Form):
    """What somebody has to say about a result, or about an objection to it."""

    text = forms.CharField(
        label=gettext_lazy("In your words"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000
    )


class AnswerForm(WordsForm):
    """What the team says to an objection."""

    field_order = ["upheld", "text"]
    upheld = forms.TypedChoiceField(
        label=gettext_lazy("Is the objection right?"),
        choices=[
            ("yes", gettext_lazy("yes, the objection is upheld")),
            ("no", gettext_lazy("no, the objection is not upheld")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
