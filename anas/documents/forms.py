import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.documents import compare, guards, minutes, numbers
from anas.documents.models import NUMBER_HELP, Document
from anas.documents.texts import DecreeTexts
from anas.rounds.models import Round

# A point that somebody numbered by hand, as one does when copying from a letter: "a. ", "12) ".
TYPED_MARK = re.compile(r"^\s*(?:\(?[a-z]\)|[a-z]\.|\(?\d{1,2}\)|\d{1,2}\.)\s+")
MAX_POINTS = 40
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PointsField(forms.CharField):
    """The points of a list, one per line; the paper sets their letters and numbers itself."""

    def __init__(self, *, rows: int = 4, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=8000, **kwargs)

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [TYPED_MARK.sub("", line).strip() for line in super().clean(value).splitlines()]
        points = [line for line in lines if line]
        if len(points) > MAX_POINTS:
            raise forms.ValidationError(gettext("At most %(limit)s points.") % {"limit": MAX_POINTS})
        return points


class DecreeForm(forms.Form):
    """The texts of the Keputusan that the committee may change."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    considering = PointsField(
        label=_("Considering"),
        rows=6,
        help_text=_("Why. One point per line; their letters are set by themselves. **bold** and *italic* can be used."),
    )
    basis = PointsField(
        label=_("In view of"), rows=9, help_text=_("The laws, one per line. Check them before you issue.")
    )
    noting = PointsField(
        label=_("Noting"), rows=2, required=False, help_text=_("For example the minutes of the assessment.")
    )
    rulings = PointsField(
        label=_("Rulings"),
        rows=8,
        help_text=_("One ruling per line. The winners stand below the first one and in the attachment by themselves."),
    )
    copies = PointsField(label=_("Copies"), rows=4, required=False, help_text=_("Who gets a copy, one per line."))

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    @property
    def texts(self) -> DecreeTexts:
        return DecreeTexts(**{name: self.cleaned_data[name] for name in DecreeForm.base_fields})


class IssueForm(forms.Form):
    number = forms.CharField(
        label=_("Number"),
        max_length=guards.NUMBER_LENGTH,
        help_text=_("As it stands in the office's register. The number shown is only the next one in the usual form."),
    )
    date = forms.DateField(label=_("Date"), widget=DAY)

    def __init__(
        self, *args, round: Round, kind: str = Document.Kind.DECREE, day: datetime.date | None = None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.round, self.kind, day = round, kind, day or timezone.localdate()
        self.fields["date"].initial = day
        self.fields["number"].initial = numbers.suggested(round, kind, day)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        return checked(number, guards.reason_bad_number(self.round, self.kind, number))

    def clean_date(self) -> datetime.date:
        return checked(self.cleaned_data["date"], guards.reason_bad_date(self.round, self.cleaned_data["date"]))


class MinutesForm(IssueForm):
    """Number, day and place of a Berita Acara. `day`: when what it tells of happened."""

    place = forms.CharField(label=_("Place"), max_length=guards.PLACE_LENGTH)

    def __init__(self, *args, round: Round, kind: str, day: datetime.date | None, **kwargs):
        super().__init__(*args, round=round, kind=kind, day=day, **kwargs)
        self.day, self.fields["place"].initial = day, minutes.usual_place(round)

    def clean_date(self) -> datetime.date:
        when = self.cleaned_data["date"]
        return checked(when, self.day and guards.reason_bad_day_of_minutes(self.day, when))

    def clean_place(self) -> str:
        return checked(self.cleaned_data["place"], guards.reason_bad_place(self.cleaned_data["place"]))


class CertificatesForm(forms.Form):
    template = forms.CharField(
        label=_("Form of the numbers"),
        max_length=60,
        help_text=NUMBER_HELP,
    )
    first = forms.IntegerField(label=_("First running number"), min_value=1, max_value=999_999)
    finalists = forms.BooleanField(
        label=_("For the other finalists too"),
        help_text=_("Theirs say “finalist”, and are numbered after those of the winners."),
        required=False,
    )

    def __init__(self, *args, round: Round, decree: Document | None, **kwargs):
        super().__init__(*args, **kwargs)
        form = numbers.template(round, Document.Kind.CERTIFICATE)
        year = (decree.date if decree else timezone.localdate()).year
        self.waiting = guards.without_certificate(round, decree) if decree else []
        self.fields["finalists"].initial = not self.waiting
        self.fields["template"].initial = form
        self.fields["first"].initial = numbers.following(round.scope, Document.Kind.CERTIFICATE, form, year)

    def clean_template(self) -> str:
        return checked(self.cleaned_data["template"], guards.reason_bad_template(self.cleaned_data["template"]))

    def clean_finalists(self) -> bool:
        wished = self.cleaned_data["finalists"]
        return checked(wished, None if wished or self.waiting else gettext("Every winner has a certificate already."))


class FileForm(forms.Form):
    """A PDF that a visitor wants to have compared. It is read, and never kept."""

    file = forms.FileField(
        label=_("PDF file"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("Choose it, or drop it onto this field. It is only compared, never kept."),
    )

    def clean_file(self) -> compare.Fingerprint:
        file = self.cleaned_data["file"]
        if file.size > compare.MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(gettext("The file is larger than %(limit)s MB.") % {"limit": compare.MEGABYTES})
        return file


def checked(value: Any, reason: str | None) -> Any:
    """The value, or a form's error beside its field."""
    if reason:
        raise forms.ValidationError(reason)
    return value
