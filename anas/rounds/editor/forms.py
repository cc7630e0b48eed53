"""The form that shows a draft, each error beside its field. It has no rules of its own: `scheme_rules` has them."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.rounds import scheme as schemes
from anas.rounds import stage as stages
from anas.rounds.editor.draft import Draft
from anas.rounds.scheme import Scheme
from anas.rounds.scheme_parts import COMPLAINTS
from anas.rounds.tables import BadData

TEXT = {"autocomplete": "off"}
NUMBER = TEXT | {"inputmode": "numeric", "class": "narrow"}
DECIMAL = TEXT | {"inputmode": "decimal", "class": "narrow"}
INDEX = re.compile(r"\[(\d+)\]")
SECTIONS = {
    "classifications": gettext_lazy("Classifications"),
    "criteria": gettext_lazy("Indicators"),
    "stages": gettext_lazy("Stages"),
}


def field(label: Any, widget: forms.Widget, help_text: Any = "", **how: Any) -> forms.Field:
    """A field that takes whatever is typed."""
    return forms.Field(label=label, widget=widget, help_text=help_text, required=False, **how)


def text(label: Any, help_text: Any = "", longest: int = 200) -> forms.Field:
    return field(label, forms.TextInput(TEXT | {"maxlength": longest}), help_text)


def number(label: Any, help_text: Any = "", attrs: dict[str, Any] = NUMBER) -> forms.Field:
    return field(label, forms.TextInput(attrs | {"maxlength": 20}), help_text)


def choice(label: Any, choices: Iterable[tuple[str, Any]], help_text: Any = "") -> forms.Field:
    return field(label, forms.Select(choices=list(choices)), help_text)


class PlacedForm(forms.Form):
    """A form whose fields are named after their places in the file: `stages[1].weight`."""

    def add_prefix(self, name: str) -> str:
        return f"{self.prefix}.{name}" if self.prefix else name


class AwardForm(PlacedForm):
    name = text(gettext_lazy("Name of the award"))
    title = text(gettext_lazy("What a winner becomes"), gettext_lazy("e.g. Petugas Pelayanan Terbaik"))
    code = text(
        gettext_lazy("Code"),
        gettext_lazy("Rounds with the same code are rounds of the same award. Empty: made from the name."),
        40,
    )
    subject = choice(
        gettext_lazy("Who or what is honoured"),
        [("employee", gettext_lazy("an employee")), ("entry", gettext_lazy("an innovation, put in by a unit"))],
    )
    note = field(
        gettext_lazy("Note"),
        forms.Textarea({"rows": 3, "maxlength": 2000}),
        gettext_lazy("Stands above the rules, for everybody who reads them."),
    )


class LimitsForm(PlacedForm):
    minimum_votes = number(
        gettext_lazy("Fewest votes"),
        gettext_lazy("With fewer votes than this the count is warned of: they could be guessed."),
    )
    quorum = number(
        gettext_lazy("Quorum in percent"),
        gettext_lazy("So many of the voter roll have to vote, or nothing is counted. Empty: no quorum."),
        DECIMAL,
    )
    objection_days = number(
        gettext_lazy("Days for objections"),
        gettext_lazy("Between the result and the head's approval. Empty: no objections."),
    )


class EligibilityForm(PlacedForm):
    months_in_unit = number(gettext_lazy("Months in the unit, at least"), gettext_lazy("Empty: does not matter."))
    rounds_since_win = number(
        gettext_lazy("Rounds without having won"),
        gettext_lazy("Who won in one of so many last rounds of this award is left out. Empty: does not matter."),
    )
    no_penalty = field(gettext_lazy("No discipline penalty in the period"), forms.CheckboxInput())
    no_complaint = field(gettext_lazy("No complaint upheld in the period"), forms.CheckboxInput())


class RowForm(PlacedForm):
    """One row of a section."""

    section: ClassVar[str]

    def __init__(self, data: Any, *, index: int, draft: Draft):
        super().__init__(data, prefix=f"{self.section}[{index}]")
        self.index, self.draft = index, draft
        rows = draft.rows[self.section]
        self.is_first, self.is_last, self.row = index == 0, index == len(rows) - 1, rows[index]
        self.anchor = f"{self.section}-{index}"
        self.above, self.below = f"{self.section}-{index - 1}", f"{self.section}-{index + 1}"


class ClassificationForm(RowForm):
    section = "classifications"

    name = text(gettext_lazy("Name"))
    code = text(gettext_lazy("Code"), longest=40)


class CriterionForm(RowForm):
    section = "criteria"

    name = text(gettext_lazy("Name"))
    code = text(gettext_lazy("Code"), longest=40)
    scale = choice(
        gettext_lazy("How it is scored"),
        [
            ("0-100", gettext_lazy("0 to 100")),
            ("yes-no", gettext_lazy("yes (100) or no (0)")),
            (COMPLAINTS, gettext_lazy("yes or no, as the register of complaints suggests")),
        ],
    )
    weight = number(gettext_lazy("Weight"), attrs=DECIMAL)


class StageForm(RowForm):
    section = "stages"

    name = text(gettext_lazy("Name"))
    code = text(gettext_lazy("Code"), longest=40)
    kind = choice(gettext_lazy("What happens"), [])
    weight = number(gettext_lazy("Weight in percent"), attrs=DECIMAL | {"data-weight": ""})
    quota = number(gettext_lazy("People per unit and classification"))
    advance = number(gettext_lazy("How many per classification go on"), gettext_lazy("Empty: all."))
    tie = choice(gettext_lazy("Decides ties as number"), [])
    criteria = field(gettext_lazy("Indicators in this stage"), forms.CheckboxSelectMultiple())
    asked = field("", forms.HiddenInput())

    def __init__(self, data: Any, **how: Any):
        super().__init__(data, **how)
        kind = stages.kinds().get(self.row.get("kind", ""))
        labels = [(code, known.label) for code, known in stages.kinds().items()]
        self.fields["kind"].widget.choices = [("", "–"), *labels]
        tie = self.row.get("tie", "")
        last = max(len(self.draft.rows["stages"]), int(tie) if tie.isdigit() and len(tie) < 3 else 0)
        self.fields["tie"].widget.choices = [("", _("does not decide")), *((n, n) for n in range(1, last + 1))]
        criteria = self.draft.rows["criteria"]
        self.fields["criteria"].widget.choices = [
            (n, row.get("name") or row.get("code") or n + 1) for n, row in enumerate(criteria)
        ]
        if not (kind and kind.is_nominating):
            del self.fields["quota"]
        if not (kind and kind.uses_criteria):
            del self.fields["criteria"], self.fields["asked"]

    @property
    def tells_criteria(self) -> bool:
        return "criteria" in self.fields


class Section:
    """The rows of one kind, and what is wrong with all of them together."""

    def __init__(self, form: type[RowForm], data: Any, draft: Draft):
        self.code, self.name = form.section, SECTIONS[form.section]
        self.forms = [form(data, index=index, draft=draft) for index in range(len(draft.rows[form.section]))]
        self.new_anchor = f"{self.code}-{len(self.forms)}"
        self.errors: list[str] = []


class Editor:
    """A draft as a form. `check` says what is wrong with it, and has the scheme where nothing is."""

    def __init__(self, draft: Draft):
        data = draft.flat()
        self.draft = draft
        self.award, self.limits = AwardForm(data), LimitsForm(data)
        self.eligibility = EligibilityForm(data, prefix="eligibility")
        self.classifications = Section(ClassificationForm, data, draft)
        self.criteria = Section(CriterionForm, data, draft)
        self.stages = Section(StageForm, data, draft)
        self.problems: list[dict[str, str]] = []
        self.scheme: Scheme | None = None

    @classmethod
    def checked(cls, draft: Draft, more: Iterable[BadData] = ()) -> "Editor":
        """`more`: what is wrong besides, like a code that is used already."""
        draft.fill_codes()
        editor = cls(draft)
        scheme, faults = schemes.examine(draft.data())
        for fault in [*faults, *more, *_faults_of_ties(draft)]:
            editor.complain(fault)
        editor.scheme = None if editor.problems else scheme
        return editor

    def complain(self, fault: BadData) -> None:
        """Puts the error beside its field, or to its section, or only into the list above all."""
        section = getattr(self, fault.place.partition("[")[0], None)
        if isinstance(section, Section) and (found := INDEX.search(fault.place)):
            form, name = section.forms[int(found[1])], (fault.place.split(".")[1:] or ["code"])[0]
        elif fault.place.startswith("eligibility."):
            form, name = self.eligibility, fault.place.removeprefix("eligibility.")
        else:
            form, name = (self.limits if fault.place in self.limits.fields else self.award), fault.place
        name = name.partition("[")[0]
        if name in form.fields:
            form.add_error(name, fault.reason)
            anchor, where = form[name].id_for_label or f"div_{form[name].auto_id}", place_in_words(fault.place)
        else:
            anchor, where = fault.place, place_in_words(fault.place)
        if isinstance(section, Section) and not INDEX.search(fault.place):
            section.errors.append(fault.reason)
        self.problems.append({"anchor": anchor, "where": where, "reason": fault.reason})


def _faults_of_ties(draft: Draft) -> list[BadData]:
    reason = _("another stage has this place already")
    return [BadData(f"stages[{index}].tie", reason) for index in draft.twice_in_ties()]


def place_in_words(place: str) -> str:
    """ "stages[1].weight" → "Stages, row 2: Weight in percent". What the form does not know stays as it is."""
    head, _dot, key = place.partition(".")
    section, row = head.partition("[")[0], INDEX.search(head)
    if section in SECTIONS:
        forms_of = {"classifications": ClassificationForm, "criteria": CriterionForm, "stages": StageForm}
        known = forms_of[section].base_fields.get(key.partition("[")[0])
        where = _("%(section)s, row %(row)s") % {"section": SECTIONS[section], "row": int(row[1]) + 1} if row else ""
        return ": ".join(filter(None, [where or str(SECTIONS[section]), str(known.label) if known else key]))
    for form in (AwardForm, LimitsForm, EligibilityForm):
        if found := form.base_fields.get(key or head):
            return str(found.label)
    return {"tie_break": _("Order of ties"), "file": _("The file")}.get(section, place)
