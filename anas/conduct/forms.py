from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anas.conduct import guards
from anas.conduct.finding import one_of
from anas.conduct.models import Penalty, Report, ReportQuerySet
from anas.people.listing import ListForm
from anas.people.models import Employee
from anas.people.sheets import MEGABYTES
from anas.refused import Refused

SORTS = {
    "date": ["date", "pk"],
    "employee": ["employee__name", "-date", "pk"],
    "kind": ["kind", "-date", "pk"],
    "source": ["source", "-date", "pk"],
    "state": ["state", "-date", "pk"],
}


class FilterForm(ListForm):
    """Which entries are shown: the newest first, where nothing was asked for."""

    sorts, usual_order, narrowing = SORTS, "-date", ("kind", "state")

    q = forms.CharField(label=_("Name, source, number or word"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *Report.Kind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Report.State.choices])
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            ("date", _("date")),
            ("employee", _("name")),
            ("kind", _("kind")),
            ("source", _("source")),
            ("state", _("state")),
        ],
    )

    def __init__(self, data: Any):
        super().__init__(data)
        self.is_valid()

    def found(self, reports: ReportQuerySet) -> ReportQuerySet:
        """Those of the entries that match, in the order that was asked for. Only complaints have a state."""
        found = reports.search(self.value("q"))
        if kind := self.value("kind"):
            found = found.filter(kind=kind)
        if state := self.value("state"):
            found = found.filter(kind=Report.Kind.COMPLAINT, state=state)
        return self.in_order(found)


class AboutForm(forms.ModelForm):
    """Something about one person, who is found by name or number, so that the page works for thirty and for
    thousands."""

    person = forms.CharField(
        label=_("Whom it is about"), max_length=150, help_text=_("The name or a part of it, or the whole number.")
    )

    def __init__(self, *args: Any, people: QuerySet[Employee], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = people
        self.order_fields(["person"])
        if self.instance.employee_id:
            self.fields["person"].initial = self.instance.employee.number

    def clean_person(self) -> Employee:
        try:
            return one_of(self.people, self.cleaned_data["person"])
        except Refused as refused:
            raise forms.ValidationError(refused.reasons) from None

    def options(self) -> dict[str, Any]:
        """As the services take them."""
        data = dict(self.cleaned_data)
        return {"employee": data.pop("person"), **data}


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReportForm(AboutForm):
    class Meta:
        model = Report
        fields = ["kind", "source", "reference", "date", "text"]
        widgets = {"date": day(), "kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}

    def clean_date(self) -> Any:
        if reason := guards.reason_bad_day(self.cleaned_data["date"]):
            raise forms.ValidationError(reason)
        return self.cleaned_data["date"]


class PenaltyForm(AboutForm):
    class Meta:
        model = Penalty
        fields = ["level", "starts", "ends"]
        widgets = {"starts": day(), "ends": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("choose")), *Penalty.Level.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("starts") and data.get("ends"):
            for reason in guards.reasons_bad_days(data["starts"], data["ends"]):
                self.add_error("ends", reason)
        return data


class DecisionForm(forms.Form):
    upheld = forms.TypedChoiceField(
        label=_("Is the complaint right?"),
        choices=[("yes", _("yes, it is upheld")), ("no", _("no, it is not upheld"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("An Excel workbook (.xlsx) or CSV."),
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": MEGABYTES})
        return self.cleaned_data["file"]
