"""What the committee says about a list of people."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from anas.people.columns import COLUMNS, NEEDED
from anas.people.models import Employee, PeopleImport, Unit
from anas.people.sheets import MEGABYTES
from anas.rounds.people.forms import UnitField


class SendForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("An Excel workbook (.xlsx) or CSV."),
    )
    unit = UnitField(
        Unit.objects.none(),
        label=_("Whose people are in it"),
        empty_label=None,
        help_text=_("Only units under this one can be named in the file."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean_file(self):
        if self.cleaned_data["file"].size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": MEGABYTES})
        return self.cleaned_data["file"]


class ColumnsForm(forms.Form):
    """Which column of the file is which field."""

    def __init__(self, *args: Any, job: PeopleImport, heads: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = [(str(place), f"{get_column_letter(place + 1)}: {head or '–'}") for place, head in enumerate(heads)]
        for name in COLUMNS:
            self.fields[name] = forms.ChoiceField(
                label=capfirst(Employee._meta.get_field(name).verbose_name),
                choices=[("", _("not in the file")), *places],
                initial=str(job.columns.get(name, "")),
                required=name in NEEDED,
            )
        for name in ("adds_units", "retires"):
            label = PeopleImport._meta.get_field(name).verbose_name
            self.fields[name] = forms.BooleanField(label=label, initial=getattr(job, name), required=False)
        self.fields["adds_units"].help_text = _("They come right under the unit whose people are in the file.")
        self.fields["retires"].help_text = _("Everybody of that unit who is not in the file is taken out of service.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = {}
        for name in COLUMNS:
            if place := data.get(name):
                if place in chosen:
                    self.add_error(name, _("This column has been chosen twice."))
                chosen[place] = name
        return data

    def options(self) -> dict[str, Any]:
        """As the service takes them."""
        data = self.cleaned_data
        columns = {name: int(data[name]) for name in COLUMNS if data[name]}
        return {"columns": columns, "adds_units": data["adds_units"], "retires": data["retires"]}


class SeenForm(forms.Form):
    """The plan that stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
