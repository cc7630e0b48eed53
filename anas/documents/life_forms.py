"""For the acts that take a document out of force."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anas.documents import guards, life
from anas.documents.forms import DecreeForm, IssueForm, checked
from anas.documents.models import Document
from anas.documents.result_forms import ObjectionsFields


class PublicReasonForm(forms.Form):
    """Why a document goes out of force."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=guards.REASON_LENGTH,
        help_text=_("Everybody who checks the document reads it. No personal numbers."),
    )

    def clean_reason(self) -> str:
        return checked(self.cleaned_data["reason"], guards.reason_bad_reason(self.cleaned_data["reason"]))


class SupersedeForm(PublicReasonForm, IssueForm):
    """Number and day of the corrected document, and why it is needed."""

    field_order = ["reason", "number", "date"]

    def __init__(self, *args, document: Document, **kwargs):
        self.document = document
        day = timezone.localdate() if document.is_decree else document.date
        super().__init__(*args, round=document.round, kind=document.kind, day=day, **kwargs)

    def clean_date(self) -> datetime.date:
        return checked(self.cleaned_data["date"], life.reason_bad_day(self.document, self.cleaned_data["date"]))


class PeopleField(forms.BooleanField):
    def __init__(self):
        super().__init__(
            label=_("Write names, numbers, ranks and positions as the list of people has them now"),
            help_text=_("Who has won, and with which score, stays."),
            required=False,
        )


class SupersedePeopleForm(SupersedeForm):
    renew_people = PeopleField()


class SupersedeAnnouncementForm(ObjectionsFields, SupersedeForm):
    """The way to object is asked anew, as the deadline will be another one."""

    field_order = [*SupersedeForm.field_order, *ObjectionsFields.base_fields]


class SupersedeMinutesForm(SupersedeForm):
    place = forms.CharField(label=_("Place"), max_length=guards.PLACE_LENGTH)

    def __init__(self, *args, document: Document, **kwargs):
        super().__init__(*args, document=document, **kwargs)
        self.fields["place"].initial = document.data["place"]

    def clean_place(self) -> str:
        return checked(self.cleaned_data["place"], guards.reason_bad_place(self.cleaned_data["place"]))


class SupersedeDecreeForm(SupersedeForm, DecreeForm):
    """The texts of the decree stand in the form as they were issued."""

    field_order = [*SupersedeForm.field_order, "renew_people"]
    renew_people = PeopleField()

    def __init__(self, *args, document: Document, **kwargs):
        super().__init__(*args, document=document, initial=document.data["texts"], **kwargs)

    def options(self) -> dict[str, Any]:
        """What `life.supersede` takes."""
        own = {name: self.cleaned_data[name] for name in self.field_order}
        return {**own, "texts": self.texts}


FORMS = {
    "decree": SupersedeDecreeForm,
    "certificate": SupersedePeopleForm,
    "recap": SupersedePeopleForm,
    "announcement": SupersedeAnnouncementForm,
}


def supersede_form(data: Any, document: Document) -> SupersedeForm:
    return FORMS.get(document.kind, SupersedeMinutesForm)(data, document=document)
