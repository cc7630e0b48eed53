from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anas.people import numbers
from anas.people.listing import ListForm
from anas.people.models import Deputy, Employee, Unit
from anas.people.ranks import CONTRACT_GRADES, RANKS
from anas.rounds import scheme as schemes
from anas.rounds.own_schemes import OwnScheme
from anas.rounds.people import citizens, guards
from anas.rounds.people.access import colleagues

SORTS = {
    "name": ["name", "number"],
    "position": ["position", "name", "number"],
    "unit": ["unit__path", "name", "number"],
    "status": ["status", "name", "number"],
    "classification": ["classification", "name", "number"],
}
NONE = "-"  # stands for "in no classification" in an address


def classifications(units: QuerySet[Unit]) -> dict[str, str]:
    """Names of the classifications of all awards that these units can have, by their codes."""
    own = OwnScheme.objects.filter(Exists(units.filter(path__startswith=OuterRef("unit__path"))))
    some = [schemes.preset(code) for code in schemes.preset_codes()] + [scheme.scheme for scheme in own]
    return {item.code: item.name for scheme in some for item in scheme.classifications}


class UnitField(forms.ModelChoiceField):
    """Units as a tree."""

    def label_from_instance(self, unit: Unit) -> str:
        return "\u2003" * (unit.path.count("/") - 2) + unit.name


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, employee: Employee) -> str:
        return ", ".join(filter(None, [employee.full_name, employee.position]))


class FilterForm(ListForm):
    """Which people are shown."""

    sorts, usual_order, narrowing = SORTS, "name", ("unit", "classification", "status", "service")

    q = forms.CharField(label=_("Name, position or number"), required=False, max_length=100)
    unit = UnitField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("all"))
    classification = forms.ChoiceField(label=_("Classification"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("all")), *Employee.Status.choices])
    service = forms.ChoiceField(
        label=_("In service"), required=False, choices=[("", _("yes")), ("out", _("no")), ("all", _("all"))]
    )
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            ("name", _("name")),
            ("position", _("position")),
            ("unit", _("unit")),
            ("status", _("status")),
            ("classification", _("classification")),
        ],
    )

    def __init__(self, data: Any, *, units: QuerySet[Unit]):
        super().__init__(data)
        self.units = units
        self.fields["unit"].queryset = units
        self.classifications = classifications(units)
        self.fields["classification"].choices = [("", _("all")), *self.classifications.items(), (NONE, _("none"))]
        self.is_valid()

    def found(self) -> QuerySet[Employee]:
        """The people of the units who match, in the order that was asked for."""
        people = Employee.objects.filter(unit__in=self.units).filter(self._conditions()).search(self.value("q"))
        return self.in_order(people.select_related("unit"))

    def _conditions(self) -> Q:
        wanted = Q()
        if unit := self.value("unit"):
            wanted &= Q(unit__path__startswith=unit.path)
        if classification := self.value("classification"):
            wanted &= Q(classification="" if classification == NONE else classification)
        if status := self.value("status"):
            wanted &= Q(status=status)
        if (service := self.value("service")) != "all":
            wanted &= Q(is_active=not service)
        return wanted


class EmployeeForm(forms.ModelForm):
    """What is known about somebody. `doubts` has what is odd without being wrong."""

    nik = forms.CharField(
        label=_("NIK"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Only where it is needed: to log in without a NIP, or to sign. It is sealed and never shown."),
    )

    class Meta:
        model = Employee
        fields = [
            "name",
            "title_before",
            "title_after",
            "status",
            "number",
            "grade",
            "position",
            "unit",
            "in_unit_since",
            "classification",
            "email",
        ]
        field_classes = {"unit": UnitField}
        widgets = {"in_unit_since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"number": {"unique": _("Somebody else has this number.")}}

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].required = True
        self.fields["unit"].empty_label = _("choose")
        self.fields["classification"] = forms.ChoiceField(
            label=_("Classification"),
            required=False,
            choices=self._with_present("classification", [("", _("none")), *classifications(units).items()]),
            help_text=_("In which classification this person can be proposed. Heads and the team are in none."),
        )
        self.fields["grade"] = forms.ChoiceField(
            label=_("Grade"), required=False, choices=self._with_present("grade", GRADES)
        )
        if self.instance.pk and citizens.is_known(self.instance):
            self.fields["nik"].help_text = _("One is kept, sealed. It is never shown; type another to replace it.")
            self.fields["forget_nik"] = forms.BooleanField(label=_("Forget the NIK"), required=False)

    def _with_present(self, name: str, choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """What somebody has already can be kept, also where nobody would be given it today."""
        present = getattr(self.instance, name)
        return choices if present in dict(choices) else [*choices, (present, present)]

    def clean_nik(self) -> str:
        nik = numbers.without_blanks(self.cleaned_data["nik"])
        faults = [*numbers.nik_faults(nik)] if nik else []
        if taken := citizens.reason_taken(nik, self.instance):
            faults.append(taken)
        if faults:
            raise forms.ValidationError(faults)
        return nik

    def clean_number(self) -> str:
        return numbers.without_blanks(self.cleaned_data["number"])

    def clean_in_unit_since(self) -> date | None:
        if reason := guards.reason_since_ahead(self.cleaned_data["in_unit_since"]):
            raise forms.ValidationError(reason)
        return self.cleaned_data["in_unit_since"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "number" in data and "status" in data:
            for reason in guards.reasons_number(data["number"], data["status"]):
                self.add_error("number", reason)
        return data

    @property
    def fields_to_save(self) -> dict[str, Any]:
        """The rank follows the grade, where that has changed."""
        rank = {"rank": RANKS.get(self.cleaned_data["grade"], "")} if "grade" in self.changed_data else {}
        data = {name: value for name, value in self.cleaned_data.items() if name != "forget_nik"}
        nik = "" if self.cleaned_data.get("forget_nik") else data["nik"] or None
        return {**data, **rank, "nik": nik}

    @property
    def doubts(self) -> list[str]:
        return list(numbers.doubts(self.cleaned_data["number"], self.cleaned_data["status"]))


GRADES = [
    ("", _("none")),
    *((grade, f"{grade} {rank}") for grade, rank in RANKS.items()),
    *((grade, f"{grade} (PPPK)") for grade in CONTRACT_GRADES),
]


class PlacedForm(forms.ModelForm):
    position = forms.IntegerField(
        label=_("Place among its siblings"),
        min_value=0,
        max_value=999,
        initial=0,
        help_text=_("Units with the smaller number come first."),
    )


class NewUnitForm(PlacedForm):
    class Meta:
        model = Unit
        fields = ["parent", "name", "head_title", "position"]
        field_classes = {"parent": UnitField}
        help_texts = {"head_title": _("e.g. Kepala Bidang")}

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units
        self.fields["parent"].required = True
        self.fields["parent"].empty_label = _("choose")


class UnitForm(PlacedForm):
    class Meta:
        model = Unit
        fields = ["name", "head", "head_title", "position"]
        field_classes = {"head": PersonField}
        help_texts = NewUnitForm.Meta.help_texts

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = colleagues(self.instance) | Employee.objects.filter(pk=self.instance.head_id)
        self.fields["head"].empty_label = _("nobody")


class DeputyForm(forms.ModelForm):
    class Meta:
        model = Deputy
        fields = ["employee", "kind", "starts", "ends"]
        field_classes = {"employee": PersonField}
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts", "ends")}
        help_texts = {"ends": _("The last day on which this person acts.")}

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = colleagues(unit)
        self.fields["employee"].empty_label = _("choose")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", _("The last day lies before the first."))
        return data
