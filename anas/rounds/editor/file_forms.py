"""Where a scheme comes from and whose it becomes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anas.people.models import Unit
from anas.rounds import scheme_file
from anas.rounds.people.forms import UnitField
from anas.rounds.tables import BadData


class OfficeForm(forms.Form):
    unit = UnitField(
        Unit.objects.none(),
        label=_("Office"),
        empty_label=None,
        help_text=_("Its committee, and those above it, can change the scheme; offices under it can use it."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class FileForm(forms.Form):
    """A TOML file, or its text. `content` has the bytes, once it is valid."""

    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".toml"})
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "font-monospace"}),
    )

    def clean(self) -> dict[str, Any]:
        """The keys of the file come to stand in `data`."""
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if not file and not text.strip():
            raise forms.ValidationError(_("Choose a file, or paste its text."))
        name = "file" if file else "text"
        try:
            limit = scheme_file.KILOBYTES * 1024
            cleaned["data"] = scheme_file.read(file.read(limit + 1) if file else text.encode())
        except BadData as bad:
            self.add_error(
                name,
                f"{bad.place}: {bad.reason}"
                if bad.place != "file"
                else _("The file %(reason)s.") % {"reason": bad.reason},
            )
        return cleaned
