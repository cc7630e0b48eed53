"""For the papers that tell others of the result."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anas.documents import guards
from anas.documents.forms import DAY, IssueForm, checked
from anas.documents.models import Document
from anas.rounds.models import Round


class ObjectionsFields(forms.Form):
    """Where one can object, and until when: both or neither."""

    objections_to = forms.CharField(
        label=_("Where one can object"),
        max_length=guards.CHANNEL_LENGTH,
        required=False,
        help_text=_("To whom and how, as it stands in the announcement. Empty where there is no such way."),
    )
    objections_until = forms.DateField(label=_("Last day to object"), widget=DAY, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            to, until = cleaned["objections_to"], cleaned["objections_until"]
            if reason := guards.reason_bad_objections(to, until, cleaned["date"]):
                self.add_error("objections_until" if to else "objections_to", reason)
        return cleaned


class AnnouncementForm(ObjectionsFields, IssueForm):
    """Number, day and way to object of the Pengumuman of a decree."""

    field_order = ["number", "date"]

    def __init__(self, *args, round: Round, decree: Document | None, **kwargs):
        super().__init__(*args, round=round, kind=Document.Kind.ANNOUNCEMENT, **kwargs)
        self.decree = decree

    def clean_date(self) -> datetime.date:
        when = self.cleaned_data["date"]
        return checked(when, self.decree and guards.reason_bad_day_of_announcement(self.decree, when))


class PosterForm(forms.Form):
    with_photos = forms.BooleanField(
        label=_("With the photos of the winners"),
        help_text=_("Who has no photo, and everybody without this, is shown by initials."),
        required=False,
        initial=True,
    )
