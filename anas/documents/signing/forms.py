from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from anas.documents.models import Document
from anas.documents.signature import Signature
from anas.documents.signing import services, ways
from anas.documents.signing.passphrase import Passphrase
from anas.refused import Refused

KEY_KILOBYTES = 200


class PassphraseField(forms.CharField):
    """Never shown again, and in no value but a Passphrase."""

    def __init__(self, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=200, strip=False, widget=widget, **kwargs)

    @sensitive_variables()
    def clean(self, value: Any) -> Passphrase:
        return Passphrase(super().clean(value))


class DocumentsField(forms.MultipleChoiceField):
    """What has been signed since the page was made is passed over, so that a batch can go on."""

    def clean(self, value: Any) -> list[str]:
        return super().clean([item for item in value or [] if self.valid_value(item)])


class SigningForm(forms.Form):
    """What every way asks: which documents."""

    documents = DocumentsField(
        label=_("Documents"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one document.")},
    )

    def __init__(self, *args, waiting: list[Document], **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(waiting)

    def offer(self, waiting: list[Document]) -> None:
        """The documents that can be chosen: all of them, unless somebody chooses otherwise."""
        self.waiting, field = waiting, self.fields["documents"]
        field.choices = [(str(item.pk), str(item)) for item in waiting]
        field.initial = [value for value, _label in field.choices]

    @property
    def chosen(self) -> list[Document]:
        return [item for item in self.waiting if str(item.pk) in self.cleaned_data["documents"]]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What the way asks for itself."""
        return [self[name] for name in self.fields if name != "documents"]


class LocalForm(SigningForm):
    key_file = forms.FileField(
        label=_("Certificate file"),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
        help_text=_("Your own .p12 or .pfx file. It is used for this signature and not kept."),
    )
    passphrase = PassphraseField(label=_("Passphrase"), help_text=_("It opens the file. It is not kept anywhere."))

    def clean_key_file(self) -> bytes:
        file = self.cleaned_data["key_file"]
        if file.size > KEY_KILOBYTES * 1024:
            raise forms.ValidationError(gettext("The file is larger than %(limit)s kB.") % {"limit": KEY_KILOBYTES})
        return file.read()

    def clean(self) -> None:
        """Opens the key, so that what is wrong with it is said before anything is signed."""
        if {"key_file", "passphrase"} <= set(self.cleaned_data):
            try:
                self.way = ways.Local(self.cleaned_data["key_file"], self.cleaned_data["passphrase"])
            except Refused as refused:
                self.add_error(None, refused.reasons)


class BsreForm(SigningForm):
    nik = forms.RegexField(
        r"^\d{16}$",
        label=_("NIK"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Your 16 digits, as they are registered with BSrE. They are not kept."),
        error_messages={"invalid": _("A NIK has 16 digits.")},
    )
    passphrase = PassphraseField(
        label=_("Passphrase"), help_text=_("That of your certificate with BSrE. It is not kept anywhere.")
    )

    def clean(self) -> None:
        if {"nik", "passphrase"} <= set(self.cleaned_data):
            self.way = ways.Bsre(self.cleaned_data["nik"], self.cleaned_data["passphrase"])


class UploadForm(SigningForm):
    file = forms.FileField(
        label=_("Signed PDF file"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("The file as your signing tool gave it back."),
    )

    def offer(self, waiting: list[Document]) -> None:
        """A file is of one document, so that is chosen by itself only where there is no other."""
        super().offer(waiting)
        if len(waiting) > 1:
            self.fields["documents"].initial = []

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > services.LARGEST * 1024 * 1024:
            raise forms.ValidationError(gettext("The file is larger than %(limit)s MB.") % {"limit": services.LARGEST})
        return file.read()

    def clean(self) -> None:
        if len(self.cleaned_data.get("documents", [])) > 1:
            self.add_error("documents", gettext("A signed file is of one document: choose which."))
        if "file" in self.cleaned_data:
            self.way = ways.Upload(self.cleaned_data["file"])


FORMS = {Signature.Way.LOCAL: LocalForm, Signature.Way.BSRE: BsreForm, Signature.Way.UPLOAD: UploadForm}
