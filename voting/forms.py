from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee
from anas.rounds.models import Round
from voting import parts
from voting.ceremony import reason_bad_number
from voting.keys import KeyFile, KeyKeeper, KeyParts

# A phone must not correct, remember or capitalise the words of a key.
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def possible_keyholders(round: Round):
    """Who has a part in the round beyond voting: head, unit heads, team, witness, committee."""
    return Employee.objects.filter(
        Q(memberships__round=round)
        | Q(headed_units=round.scope)
        | Q(headed_units__parent=round.scope)
        | Q(committee_seats__unit__in=[round.scope_id, round.scope.parent_id]),
        is_active=True,
    ).distinct()


class PeopleField(forms.ModelMultipleChoiceField):
    """Boxes to tick. A number too large for the database names nobody, like any other that nobody has."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None


class KeyholdersForm(forms.Form):
    """Who takes a part of the key away, and how many of them have to come together for the count."""

    keyholders = PeopleField(
        Employee.objects.none(),
        label=_("Keyholders"),
        required=False,
        help_text=_("Each takes a part of the key away. Choose people who do not stand close to each other."),
    )
    threshold = forms.IntegerField(
        label=_("How many of them the count needs"), min_value=2, max_value=parts.MOST, initial=2
    )

    def __init__(self, *args, round: Round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keyholders"].queryset = possible_keyholders(round)

    def clean(self) -> dict:
        data = super().clean()
        if "threshold" in data and "keyholders" in data and self._splits(data):
            reason = reason_bad_number(list(data["keyholders"]), data["threshold"])
            if reason:
                self.add_error("keyholders", reason)
        return data

    def _splits(self, data: dict) -> bool:
        return True


class OpeningForm(KeyholdersForm):
    """The same when the poll is opened, where the office may also choose the simple mode."""

    MODES = [
        ("parts", _("Split the key among keyholders (recommended)")),
        ("file", _("Simple: keep the key in a file on the server")),
    ]
    field_order = ["mode", "keyholders", "threshold"]
    mode = forms.ChoiceField(
        label=_("The key of the ballot box"),
        choices=MODES,
        widget=forms.RadioSelect,
        help_text=_("Simple: whoever administers the server could open the envelopes before the count."),
    )

    def __init__(self, *args, round: Round, **kwargs):
        """In a rehearsal the simple mode is offered first: who plays it alone has nobody to bring parts."""
        super().__init__(*args, round=round, **kwargs)
        self.fields["mode"].initial = "file" if round.is_rehearsal else "parts"

    def _splits(self, data: dict) -> bool:
        return data.get("mode") == "parts"

    def options(self) -> dict[str, KeyKeeper]:
        """What the opening of the stage takes."""
        data = self.cleaned_data
        if data["mode"] == "file":
            return {"keys": KeyFile()}
        return {"keys": KeyParts(list(data["keyholders"]), data["threshold"])}


class ConfirmPartForm(forms.Form):
    """Two words of the part, typed back."""

    first = forms.CharField(max_length=10)
    second = forms.CharField(max_length=10)

    def __init__(self, *args, asked: tuple[int, int], **kwargs):
        super().__init__(*args, **kwargs)
        for name, number in zip(("first", "second"), asked, strict=True):
            self.fields[name].label = _("Word %(number)s") % {"number": number}
            self.fields[name].widget.attrs.update(PLAIN)


class BringPartForm(forms.Form):
    words = forms.CharField(
        label=_("The words of the part"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, **PLAIN}),
        help_text=_("All words in their order; numbers, commas and capitals do not matter."),
    )
