import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anas.people.columns import squeezed
from anas.people.models import Employee, Unit
from anas.rounds import suggesting
from anas.rounds.forms import NewRoundForm
from anas.rounds.people import guards
from anas.rounds.scheme import Scheme
from anas.setup import heads
from anas.setup.heads import HeadsOf

LONGEST = Unit._meta.get_field("name").max_length
MOST = 100  # units typed at once
BULLET = re.compile(r"^(?:[-–—•*·]|\d{1,3}[.)])\s*")  # what a list copied from a letter brings along
ROMAN = ("I", "II", "III", "IV")


class LinesField(forms.CharField):
    """Names, one on each line, as they are typed or pasted; cleaned they are a list."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [BULLET.sub("", squeezed(line)).strip(" ;,") for line in super().clean(value).splitlines()]
        names = list(filter(None, lines))
        if self.required and not names:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(names) > MOST:
            raise forms.ValidationError(_("At most %(most)s lines at once."), params={"most": MOST})
        if faults := [*_too_long(names), *_twice(names)]:
            raise forms.ValidationError(faults)
        return names


def _too_long(names: list[str]) -> list[forms.ValidationError]:
    text = _("“%(name)s…” is too long: at most %(most)s letters.")
    long = [name for name in names if len(name) > LONGEST]
    return [forms.ValidationError(text, params={"name": name[:40], "most": LONGEST}) for name in long]


def _twice(names: list[str]) -> list[forms.ValidationError]:
    folded = [name.casefold() for name in names]
    again = {name.casefold(): name for name in names if folded.count(name.casefold()) > 1}
    return [
        forms.ValidationError(_("“%(name)s” stands there twice."), params={"name": name}) for name in again.values()
    ]


class DivisionsForm(forms.Form):
    names = LinesField(
        label=_("Units, one on each line"),
        help_text=_("Type them, or paste them from a letter or a spreadsheet: numbers and bullets are left out."),
    )

    def __init__(self, *args: Any, office: Unit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = {unit.name.casefold() for unit in office.children.all()}

    def clean_names(self) -> list[str]:
        there = [name for name in self.cleaned_data["names"] if name.casefold() in self.known]
        if there:
            text = _("“%(name)s” is there already.")
            raise forms.ValidationError([forms.ValidationError(text, params={"name": name}) for name in there])
        return self.cleaned_data["names"]


class OfficeForm(forms.Form):
    """The first office of an installation."""

    government = forms.CharField(
        label=_("Government"), max_length=LONGEST, help_text=_("e.g. Pemerintah Kota Batu; it stands above the office.")
    )
    name = forms.CharField(label=_("Name of the office"), max_length=LONGEST, help_text=_("Written in full."))
    head_title = forms.CharField(
        label=_("Title of the head of the office"), max_length=LONGEST, initial="Kepala Dinas", required=False
    )
    divisions = LinesField(
        label=_("Its units, one on each line"),
        required=False,
        help_text=_(
            "Those that propose, e.g. Sekretariat and each Bidang. Type or paste them; they can be added later too."
        ),
    )
    works_here = forms.BooleanField(
        label=_("I work in this office myself"),
        required=False,
        help_text=_(
            "Then you can vote like everybody. Leave it open for an account that only looks after the installation."
        ),
    )

    def __init__(self, *args: Any, by: Employee, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_works_here(self) -> bool:
        works_here = self.cleaned_data["works_here"]
        if faults := list(guards.reasons_number(self.by.number, self.by.status)) if works_here else []:
            your_number = _("Your account has the number “%(number)s”, which is no number of an employee:")
            raise forms.ValidationError(
                [forms.ValidationError(your_number, params={"number": self.by.number}), *faults]
            )
        return works_here


class HeadsForm(forms.Form):
    """Head and title of the office and of each of its units. Where there is no head yet, the one whom the positions
    suggest is chosen."""

    def __init__(self, *args: Any, places: list[HeadsOf], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            present = place.unit.head or place.suggested
            self.fields[f"head-{place.unit.pk}"] = forms.TypedChoiceField(
                label=_("Head"),
                choices=[("", _("nobody yet")), *((str(person.pk), heads.label(person)) for person in place.people)],
                coerce=place.person,
                empty_value=None,
                required=False,
                initial=str(present.pk) if present else "",
                help_text=_("Suggested from the position; please check.") if place.is_suggestion else "",
            )
            self.fields[f"title-{place.unit.pk}"] = forms.CharField(
                label=_("Title of the head"), max_length=LONGEST, required=False, initial=place.title
            )

    def rows(self) -> list[dict[str, Any]]:
        """One per unit for the template."""
        return [
            {"unit": place.unit, "head": self[f"head-{place.unit.pk}"], "title": self[f"title-{place.unit.pk}"]}
            for place in self.places
        ]

    @property
    def heads(self) -> dict[Unit, tuple[Employee | None, str]]:
        data = self.cleaned_data
        return {place.unit: (data[f"head-{place.unit.pk}"], data[f"title-{place.unit.pk}"]) for place in self.places}


class AwardForm(NewRoundForm):
    """A new round of one office: which award, and what this run of it is called."""

    field_order = ["scheme", "name"]

    def __init__(self, *args: Any, employee: Employee, office: Unit, **kwargs: Any):
        super().__init__(*args, employee=employee, **kwargs)
        self.employee, self.office = employee, office
        del self.fields["scope"]
        day = suggesting.first_day()
        self.initial.setdefault("name", f"Triwulan {ROMAN[(day.month - 1) // 3]} {day.year}")
        self.initial.setdefault("scheme", _first(self.fields["scheme"].choices))

    def clean(self) -> dict[str, Any] | None:
        self.cleaned_data["scope"] = self.office
        return super().clean()

    @property
    def shown_scheme(self) -> Scheme | None:
        """The award that is looked at: as it was chosen, or the first one."""
        code = self.data.get("scheme") if self.is_bound else self.initial["scheme"]
        probe = self.__class__({"scheme": code, "name": "-"}, employee=self.employee, office=self.office)
        probe.full_clean()
        return probe.cleaned_data.get("scheme")


def _first(choices: Iterable[tuple[str, Any]]) -> str:
    """The key of the first choice, in the first group where they are grouped."""
    key, label = next(iter(choices))
    return label[0][0] if isinstance(label, (list, tuple)) else key
