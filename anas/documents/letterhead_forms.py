from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.documents import crests, guards, versions, wording
from anas.documents.forms import PointsField, checked
from anas.documents.letterhead_models import NUMBER_HELP, SETTINGS, Crest, Letterhead
from anas.documents.letterheads import letterhead_for
from anas.people.models import Unit
from anas.refused import Refused

TEXT_ROWS = {"considering": 6, "basis": 9, "noting": 3, "rulings": 8, "copies": 4}
CREST_TEXT_LENGTH = 2_000_000  # a clean PNG of noise in base64
MARGINS = [name for name in SETTINGS if name.startswith("margin_")]
NUMBERS = [name for name in SETTINGS if name.endswith("_number")]


class TextField(PointsField):
    """The points as one text, a line for each, as they are kept."""

    def clean(self, value: Any) -> str:
        text = "\n".join(super().clean(value))
        return checked(text, guards.reason_bad_text(text))


class LetterheadForm(forms.ModelForm):
    """An empty field is inherited; what it would then be stands in it in grey. Usual texts stand there to be changed;
    who leaves them as they are inherits them. Of a chosen crest the clean picture stays in the form, so that it need
    not be chosen again."""

    crest_file = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("A PNG or JPEG picture, best with a transparent background."),
    )
    crest_kept = forms.CharField(required=False, max_length=CREST_TEXT_LENGTH, widget=forms.HiddenInput)
    no_crest = forms.BooleanField(label=_("Take the own crest away"), required=False)

    class Meta:
        model = Letterhead
        fields = [name for name in SETTINGS if name != "crest"]

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, instance=versions.current(unit), **kwargs)
        self.unit, self.own_crest = unit, self.instance.crest
        self.inherited = letterhead_for(unit, own=Letterhead(unit=unit))
        for name, rows in TEXT_ROWS.items():
            self.fields[name] = TextField(rows=rows, required=False, label=self.fields[name].label)
            self.initial[name] = self.initial.get(name) or getattr(self.inherited, name)
        for name in self.Meta.fields:
            self._show_inherited(name)
        if not self.own_crest:
            del self.fields["no_crest"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _show_inherited(self, name: str) -> None:
        field, shown = self.fields[name], versions.in_words(self.inherited, name)
        if isinstance(field.widget, forms.Select):
            choices = [choice for choice in field.widget.choices if choice[0] not in ("", "unknown")]
            empty = "unknown" if isinstance(field, forms.NullBooleanField) else ""
            field.widget.choices = [(empty, gettext("%(value)s, inherited") % {"value": shown}), *choices]
        elif name not in TEXT_ROWS:
            field.widget.attrs["placeholder"] = shown

    def _layout(self) -> Layout:
        half, quarter = "col-md-6", "col-6 col-md-3"
        fields = ", ".join(f"{{{name}}}" for name in wording.FIELDS)
        return Layout(
            *(_heading(gettext("Names")), "government", "office"),
            *(_heading(gettext("Crest")), HTML('{% include "documents/crest.html" %}'), "crest_file", "crest_kept"),
            *(["no_crest"] if "no_crest" in self.fields else []),
            *(_heading(gettext("Address")), "address", _row(half, "phone", "email", "website")),
            *(_heading(gettext("Paper and letters")), "paper", _row(half, "font", "font_size")),
            HTML(format_html("<h3>{}</h3>", gettext("Margins in millimetres"))),
            _row(quarter, *MARGINS),
            *(_heading(gettext("Signatory")), _hint(gettext("The head of the unit signs, or a deputy."))),
            *("place", "head_title", _row(half, "shows_rank", "shows_nip")),
            *(_heading(gettext("Numbers")), _hint(NUMBER_HELP), *NUMBERS),
            _heading(gettext("Usual texts of a decree")),
            _hint(gettext("One point per line; letters and numbers are set by themselves.")),
            _hint(
                gettext("**bold** and *italic* can be used. Fields that are filled in: %(fields)s.")
                % {"fields": fields}
            ),
            *TEXT_ROWS,
        )

    def clean_crest_file(self) -> bytes | None:
        return _clean(crests.clean, self.cleaned_data["crest_file"])

    def clean_crest_kept(self) -> bytes | None:
        if self.cleaned_data.get("crest_file"):
            return None
        try:
            return _clean(crests.from_text, self.cleaned_data["crest_kept"])
        except forms.ValidationError as error:
            self.add_error("crest_file", error)  # where it can be seen
            return None

    def clean(self) -> dict[str, Any]:
        for name in NUMBERS:
            if template := self.cleaned_data.get(name):
                self._refuse(name, guards.reason_bad_template(template))
        for name in TEXT_ROWS:
            if self.cleaned_data.get(name) == getattr(self.inherited, name):
                self.cleaned_data[name] = ""
        self.data = self.data.copy()  # to be sent back with the form
        self.data["crest_kept"] = crests.as_text(self.new_crest) if self.new_crest else ""
        return super().clean()

    def _post_clean(self) -> None:
        """Looks at the settings as they would be, the inherited ones included."""
        super()._post_clean()
        self.instance.crest = self._crest()
        if not {"paper", *MARGINS} & self.errors.keys():
            whole = letterhead_for(self.unit, own=self.instance)
            self._refuse("margin_left", guards.reason_too_narrow(whole))
            self._refuse("margin_top", guards.reason_too_low(whole))

    def _refuse(self, name: str, reason: str | None) -> None:
        if reason:
            self.add_error(name, reason)

    @property
    def new_crest(self) -> bytes | None:
        """The clean picture that was chosen now, or in a form before this one."""
        data = getattr(self, "cleaned_data", {})
        return data.get("crest_file") or data.get("crest_kept")

    def _crest(self) -> Crest | None:
        if self.new_crest:
            return Crest.of(self.new_crest)
        return None if self.cleaned_data.get("no_crest") else self.own_crest

    @property
    def shown_crest(self) -> str:
        """What stands beside the field: the address of the picture as it would be."""
        if self.new_crest:
            return f"data:image/png;base64,{crests.as_text(self.new_crest)}"
        return ""

    @property
    def values(self) -> dict[str, Any]:
        """What `services.set_letterhead` takes: the crest only where it changes."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.new_crest:
            return values | {"crest": self.new_crest}
        return values | ({"crest": None} if self.cleaned_data.get("no_crest") else {})

    def faults(self) -> list[str]:
        """What is wrong, each with the name of its field, for where the form itself does not show it."""
        return [
            f"{capfirst(self.fields[name].label)}: {' '.join(errors)}" if name in self.fields else " ".join(errors)
            for name, errors in self.errors.items()
        ]


def _clean(cleaner, given: Any) -> bytes | None:
    try:
        return cleaner(given) if given else None
    except Refused as refused:
        raise forms.ValidationError(refused.reasons) from None


def _row(css_class: str, *names: str) -> Row:
    return Row(*(Column(name, css_class=css_class) for name in names))


def _heading(text: str) -> HTML:
    return HTML(format_html("<h2>{}</h2>", text))


def _hint(text: str) -> HTML:
    return HTML(format_html('<p class="form-text">{}</p>', text))
