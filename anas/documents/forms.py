import datetime
import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.documents import compare, crests, guards, minutes, numbers
from anas.documents.letterheads import letterhead_for
from anas.documents.models import NUMBER_HELP, Document, Letterhead
from anas.documents.texts import DecreeTexts
from anas.people.models import Unit
from anas.refused import Refused
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
        help_text=_("Why. One point per line; their letters are set by themselves."),
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
        self.fields["number"].initial = numbers.suggested(round.scope, kind, day)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        return checked(number, guards.reason_bad_number(self.round.scope, self.kind, number))

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
        form = numbers.template(round.scope, Document.Kind.CERTIFICATE)
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


class LetterheadForm(forms.ModelForm):
    """An empty field is inherited; what it would then be stands in it in grey."""

    crest_file = forms.FileField(
        label=_("Picture"), required=False, help_text=_("A PNG or JPEG picture, best with a transparent background.")
    )
    no_crest = forms.BooleanField(label=_("Take the own crest away"), required=False)

    class Meta:
        model = Letterhead
        fields = [
            "government", "office", "head_title", "address", "phone", "email", "website", "place",
            "paper", "margin_top", "margin_bottom", "margin_left", "margin_right",
            "decree_number", "certificate_number", "minutes_number",
        ]  # fmt: skip

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        inherited = letterhead_for(unit)
        for name in self.Meta.fields:
            self.fields[name].widget.attrs["placeholder"] = getattr(inherited, name)
        self.fields["paper"].choices = [
            ("", gettext("as above: %(paper)s") % {"paper": inherited.get_paper_display()}),
            *Letterhead.Paper.choices,
        ]
        if not self.instance.crest:
            del self.fields["no_crest"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        margins = Row(*(Column(name, css_class="col-6 col-md-3") for name in self.Meta.fields if "margin" in name))
        contact = Row(*(Column(name, css_class="col-md-6") for name in ("phone", "email", "website", "place")))
        return Layout(
            *(_heading(gettext("Names")), "government", "office", "head_title"),
            *(_heading(gettext("Crest")), "crest_file", *(["no_crest"] if "no_crest" in self.fields else [])),
            *(_heading(gettext("Address")), "address", contact),
            *(_heading(gettext("Paper and its margins in millimetres")), "paper", margins),
            *(_heading(gettext("Numbers")), "decree_number", "certificate_number", "minutes_number"),
        )

    def clean_crest_file(self) -> bytes | None:
        upload = self.cleaned_data["crest_file"]
        try:
            return crests.clean(upload) if upload else None
        except Refused as refused:
            raise forms.ValidationError(refused.reasons) from None

    def clean_decree_number(self) -> str:
        return self._checked_template("decree_number")

    def clean_certificate_number(self) -> str:
        return self._checked_template("certificate_number")

    def clean_minutes_number(self) -> str:
        return self._checked_template("minutes_number")

    def _checked_template(self, name: str) -> str:
        template = self.cleaned_data[name]
        return checked(template, guards.reason_bad_template(template) if template else None)

    @property
    def values(self) -> dict[str, Any]:
        """What `services.set_letterhead` takes: the crest only where it changes."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.cleaned_data.get("no_crest"):
            values["crest"] = None
        if self.cleaned_data["crest_file"]:
            values["crest"] = self.cleaned_data["crest_file"]
        return values


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


def _heading(text: str) -> HTML:
    return HTML(format_html("<h2>{}</h2>", text))


def checked(value: Any, reason: str | None) -> Any:
    """The value, or a form's error beside its field."""
    if reason:
        raise forms.ValidationError(reason)
    return value
