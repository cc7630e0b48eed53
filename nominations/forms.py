import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from anas.conduct.suggestions import attach
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds.forms import ScoresForm
from anas.rounds.scores import BadScore
from nominations import services, uploads
from nominations.models import Evidence, Nominee, Proposal


class SearchForm(forms.Form):
    """Whom a unit head looks for among the unit's people."""

    q = forms.CharField(label=_("Name or position"), max_length=100, required=False)
    classification = forms.ChoiceField(label=_("Classification"), required=False)

    def __init__(self, *args, proposal: Proposal, **kwargs):
        super().__init__(*args, **kwargs)
        items = proposal.round.scheme.classifications
        self.fields["classification"].choices = [("", _("all")), *((item.code, item.name) for item in items)]

    def found(self, people: QuerySet[Employee]) -> QuerySet[Employee]:
        """Those of the people who are looked for; nobody where the search makes no sense."""
        if not self.is_valid():
            return people.none()
        found = people.search(self.cleaned_data["q"])
        code = self.cleaned_data["classification"]
        return found.filter(classification=code) if code else found


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """At most as many files as a nominee may have. What they are is for `uploads` to say, file by file."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        files = [file for file in data or [] if file is not None]
        if len(files) > settings.EVIDENCE_MAX_FILES:
            raise forms.ValidationError(
                _("At most %(count)s files can be attached.") % {"count": settings.EVIDENCE_MAX_FILES}
            )
        return files


class CaseForm(forms.Form):
    """What speaks for a nominee besides the scores."""

    reason = forms.CharField(
        label=_("Why this person?"),
        help_text=_("Needed for a nominee. The team reads it, and all employees before they vote."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
    )
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP. The place and time that a phone writes into it are removed."),
        widget=forms.FileInput(attrs={"accept": uploads.PHOTO_TYPES}),
        allow_empty_file=True,
        required=False,
    )
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    evidence = SeveralFilesField(
        label=_("Evidence"), widget=SeveralFilesInput(attrs={"accept": uploads.EVIDENCE_TYPES}), required=False
    )
    remove = forms.MultipleChoiceField(label=_("Remove files"), required=False)

    def __init__(self, *args, nominee: Nominee, **kwargs):
        super().__init__(*args, initial={"reason": nominee.reason}, **kwargs)
        self.files_kept = list(nominee.evidence.all()) if nominee.pk else []
        self.fields["remove"].choices = [(str(evidence.pk), evidence.name) for evidence in self.files_kept]
        self.fields["evidence"].help_text = _("PDF, JPEG or PNG: at most %(count)s files of %(size)s MB each.") % {
            "count": settings.EVIDENCE_MAX_FILES,
            "size": settings.EVIDENCE_MAX_MEGABYTES,
        }


class Assessment:
    """The page on which one person is assessed: a form of scores and a form of what speaks for the person, which are
    saved together. What is right is kept, and what is not is said at its field: nothing typed is lost."""

    def __init__(self, nominee: Nominee, data: dict | None = None, files: MultiValueDict | None = None):
        criteria = nominee.proposal.stage.spec.criteria
        initial = ScoresForm.initial_of(criteria, nominee.score_values)
        self.nominee = nominee
        self.scores = ScoresForm(data, criteria=criteria, initial=initial, prefix="score")
        attach(nominee.proposal.round, {nominee.employee_id: self.scores})
        self.case = CaseForm(data, files, nominee=nominee)

    @property
    def evidence(self) -> list[Evidence]:
        """The files that are kept, as of now."""
        return list(self.nominee.evidence.all()) if self.nominee.pk else []

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong, by the name of the field."""
        return {
            form.add_prefix(field): " ".join(reasons)
            for form in (self.scores, self.case)
            for field, reasons in form.errors.items()
        }

    @property
    def reasons(self) -> list[str]:
        """Why nothing can be saved at all."""
        return [str(reason) for reason in self.case.non_field_errors()] if self.case.is_bound else []

    @property
    def version(self) -> str:
        """What is stored, in short: a browser compares it with what it kept itself."""
        stored = json.dumps([self.nominee.scores, self.nominee.reason], sort_keys=True)
        return sha256(stored.encode()).hexdigest()[:16]

    def save(self, *, by: Employee, with_files: bool = True, then_name: bool = False) -> bool:
        """Whether everything went well. A file that is refused does not keep the rest from being saved; nobody is
        named while something is wrong."""
        with self._said_at(None):
            self._assess(by)
            if with_files:
                self._save_photo(by)
                self._save_evidence(by)
            if then_name and not self.errors:
                services.name(self.nominee, by=by)
        return not self.errors

    def _assess(self, by: Employee) -> None:
        self.scores.is_valid()
        self.case.is_valid()
        try:
            self.nominee = services.assess(
                self.nominee.proposal,
                employee=self.nominee.employee,
                classification=self.nominee.employee.classification,
                scores_by_criterion=self.scores.scores,
                reason=self.case.cleaned_data.get("reason", self.nominee.reason),
                by=by,
            )
        except BadScore as bad:
            self.scores.add_error(bad.criterion, bad.reasons[0])

    def _save_photo(self, by: Employee) -> None:
        photo = self.case.cleaned_data.get("photo")
        with self._said_at("photo"):
            if photo or (self.case.cleaned_data.get("remove_photo") and self.nominee.photo):
                services.set_photo(self.nominee, upload=photo, by=by)

    def _save_evidence(self, by: Employee) -> None:
        removed, attached = self.case.cleaned_data.get("remove", []), self.case.cleaned_data.get("evidence", [])
        for evidence in self.case.files_kept:
            if str(evidence.pk) in removed:
                services.detach(evidence, by=by)
        for upload in attached:
            with self._said_at("evidence"):
                services.attach(self.nominee, upload=upload, by=by)

    @contextmanager
    def _said_at(self, field: str | None) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            for reason in refused.reasons:
                self.case.add_error(field, reason)
