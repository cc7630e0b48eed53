"""Why a unit's proposal cannot be changed or handed in yet, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds.scheme import StageSpec
from nominations.models import Nominee, Proposal


def reason_not_editable(proposal: Proposal) -> str | None:
    if reason := proposal.stage.reason_not_accepting():
        return reason
    if not proposal.is_editable:
        return _("The proposal of %(unit)s has been submitted.") % {"unit": proposal.unit}
    return None


def reason_not_of_unit(proposal: Proposal, employee: Employee) -> str | None:
    if employee.unit_id and proposal.unit.contains(employee.unit) and employee.is_active:
        return None
    return _("%(name)s does not work in %(unit)s.") % {"name": employee, "unit": proposal.unit}


def reason_heads_unit(proposal: Proposal, employee: Employee, by: Employee) -> str | None:
    """Nobody scores himself: neither the head of the unit nor who acts for the head."""
    if employee.pk in (proposal.unit.head_id, by.pk):
        return _("%(name)s proposes for this unit and cannot be proposed by it.") % {"name": employee}
    return None


def reason_wrong_classification(proposal: Proposal, employee: Employee, code: str) -> str | None:
    scheme = proposal.round.scheme
    if code not in scheme.classification_codes:
        return _("There is no such classification.")
    if employee.classification == code:
        return None
    return _("%(name)s does not belong to the classification %(classification)s.") % {
        "name": employee,
        "classification": scheme.classification(code).name,
    }


def reasons_not_to_name(nominee: Nominee) -> Iterator[str]:
    """What a named nominee must have: a score for every indicator and a reason."""
    criteria = nominee.proposal.stage.spec.criteria
    missing = [criterion.name for criterion in criteria if criterion.code not in nominee.scores]
    if missing:
        yield _("%(name)s: no score yet for %(criteria)s.") % {"name": nominee, "criteria": ", ".join(missing)}
    if not nominee.reason.strip():
        yield _("%(name)s: the reason for the proposal is missing.") % {"name": nominee}


def reasons_not_to_submit(proposal: Proposal) -> Iterator[str]:
    """Every classification has its nominees, or the reason why not (mechanism, step 1)."""
    skipped = set(proposal.skips.values_list("classification", flat=True))
    named = list(proposal.nominees.filter(slot__isnull=False).select_related("employee"))
    for nominee in named:
        nominee.proposal = proposal
        yield from reasons_not_to_name(nominee)
    for item in proposal.round.scheme.classifications:
        filled = sum(nominee.classification == item.code for nominee in named)
        if filled < proposal.stage.spec.quota and item.code not in skipped:
            yield missing(proposal, item.name)


def missing(proposal: Proposal, classification: str) -> str:
    return _("%(unit)s: nobody has been proposed for %(classification)s yet.") % {
        "unit": proposal.unit,
        "classification": classification,
    }


def free_slot(proposal: Proposal, classification: str, spec: StageSpec) -> int | None:
    """The first of the slots 1 to quota that nobody holds."""
    taken = set(
        proposal.nominees.filter(classification=classification, slot__isnull=False).values_list("slot", flat=True)
    )
    return next((slot for slot in range(1, spec.quota + 1) if slot not in taken), None)
