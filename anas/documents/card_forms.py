from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit
from voting.models import Poll

SHOWN = 5  # names, where a search finds several people


class WhomForm(forms.Form):
    """For whom codes are to be issued. A person is found by name or number, so that the page works for an office of
    thirty and for a regency."""

    ALL, UNIT, PERSON = "all", "unit", "person"
    everybody: str
    nobody: str
    whom = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("choose"))
    person = forms.CharField(
        label=_("Person"), required=False, max_length=150, help_text=_("The name or a part of it, or the whole number.")
    )

    def __init__(self, *args, units: QuerySet[Unit], people: QuerySet[Employee], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["unit"].queryset = units
        self.fields["whom"].choices = [
            (self.ALL, self.everybody),
            (self.UNIT, _("One unit")),
            (self.PERSON, _("One person")),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        whom = data.get("whom")
        if whom == self.UNIT and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", gettext("Choose the unit."))
        if whom == self.PERSON and "person" not in self.errors:
            data["employee"] = self._found(data["person"])
        return data

    def _found(self, words: str) -> Employee | None:
        """The only one whom the words fit, else an error that says who they could be."""
        found = list(self.people.search(words).order_by("name", "pk")[: SHOWN + 1]) if words.strip() else []
        if len(found) == 1:
            return found[0]
        names = "; ".join(employee.full_name for employee in found[:SHOWN])
        several = gettext("Several people have this name: %(names)s. Type more of it, or the number.") % {
            "names": names
        }
        self.add_error("person", several if found else self.nobody)
        return None


class CardsForm(WhomForm):
    """For whom voter cards are to be printed."""

    everybody = _("All who have not voted yet")
    nobody = _("Nobody on the voter roll has this name or number.")

    def __init__(self, *args, poll: Poll, **kwargs):
        units = poll.round.scope.children.order_by("position", "path")
        super().__init__(*args, units=units, people=Employee.objects.filter(votes_cast__poll=poll), **kwargs)

    def options(self) -> dict[str, Unit | Employee]:
        """What `cards.draw` takes."""
        whom, data = self.cleaned_data["whom"], self.cleaned_data
        if whom == self.UNIT:
            return {"unit": data["unit"]}
        return {"employee": data["employee"]} if whom == self.PERSON else {}
