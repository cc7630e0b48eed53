"""Why a unit's proposal cannot be changed or handed in yet, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds.scheme import StageSpec
from nominations.eligible import Eligible
from nominations.models import Nominee, Proposal
from nominations.places import Place, places


def reason_not_editable(proposal: Proposal) -> str | None:
    return proposal.stage.reason_not_accepting() or reason_settled(proposal)


def reason_settled(proposal: Proposal) -> str | None:
    """A proposal that is no longer in the hands of its unit."""
    if proposal.state == Proposal.State.SUBMITTED:
        return _("The proposal of %(unit)s has been submitted.") % {"unit": proposal.unit}
    if proposal.state == Proposal.State.WAIVED:
        return _("The round goes on without a proposal of %(unit)s.") % {"unit": proposal.unit}
    return None


def reason_not_of_unit(proposal: Proposal, employee: Employee) -> str | None:
    if not employee.is_active:
        return _("%(name)s is no longer in service.") % {"name": employee}
    if employee.unit_id and proposal.unit.contains(employee.unit):
        return None
    return _("%(name)s does not work in %(unit)s.") % {"name": employee, "unit": proposal.unit}


def reason_proposes_himself(employee: Employee, by: Employee) -> str | None:
    """Nobody scores himself: the head of a unit can be proposed only by a deputy."""
    if employee.pk == by.pk:
        return _("Nobody can propose himself.")
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


def reason_unclassified(proposal: Proposal, employee: Employee) -> str | None:
    if employee.classification in proposal.round.scheme.classification_codes:
        return None
    return _("%(name)s has no classification in this award.") % {"name": employee}


def reasons_not_to_assess(
    proposal: Proposal, employee: Employee, by: Employee, eligible: Eligible | None = None
) -> Iterator[str]:
    """Why this person's page of scores is not opened: in no classification can this unit put him forward. `eligible`:
    what is known about him and others already."""
    reasons = (
        reason_not_of_unit(proposal, employee),
        reason_proposes_himself(employee, by),
        reason_unclassified(proposal, employee),
    )
    yield from filter(None, reasons)
    yield from reasons_ineligible(proposal, employee, eligible)


def reasons_ineligible(proposal: Proposal, employee: Employee, eligible: Eligible | None) -> Iterator[str]:
    """The rules of the scheme that are against this person."""
    yield from (eligible or Eligible(proposal.round, [employee])).reasons(employee)


def reasons_not_to_propose(
    proposal: Proposal, employee: Employee, code: str, by: Employee, eligible: Eligible | None = None
) -> Iterator[str]:
    """Why this person cannot be put forward by this unit in this classification."""
    reasons = (
        reason_not_of_unit(proposal, employee),
        reason_proposes_himself(employee, by),
        reason_wrong_classification(proposal, employee, code),
    )
    yield from filter(None, reasons)
    yield from reasons_ineligible(proposal, employee, eligible)


def reasons_not_to_name(nominee: Nominee, by: Employee, eligible: Eligible | None = None) -> Iterator[str]:
    """A nominee can be proposed by this unit, and has a score for every indicator and a reason."""
    yield from reasons_not_to_propose(nominee.proposal, nominee.employee, nominee.classification, by, eligible)
    criteria = nominee.proposal.stage.spec.criteria
    missing = [criterion.name for criterion in criteria if criterion.code not in nominee.scores]
    if missing:
        yield _("%(name)s: no score yet for %(criteria)s.") % {"name": nominee, "criteria": ", ".join(missing)}
    if not nominee.reason.strip():
        yield _("%(name)s: the reason for the proposal is missing.") % {"name": nominee}


def reasons_not_to_submit(proposal: Proposal, by: Employee) -> Iterator[str]:
    """Every classification has its nominees, or the reason why not (mechanism, step 1)."""
    found = places(proposal)
    eligible = Eligible(proposal.round, [nominee.employee for place in found for nominee in place.named])
    for place in found:
        for nominee in place.named:
            yield from reasons_not_to_name(nominee, by, eligible)
        if place.missing:
            yield reason_empty(proposal, place)


def reason_empty(proposal: Proposal, place: Place) -> str:
    """What a place that is not full says, on the unit's own page and on the committee's."""
    words = {"unit": proposal.unit, "classification": place.classification.name}
    if not place.named:
        return _("%(unit)s: nobody has been proposed for %(classification)s yet.") % words
    counts = {"filled": len(place.named), "quota": place.spec.quota}
    return _("%(unit)s: %(filled)s of %(quota)s have been proposed for %(classification)s.") % {**words, **counts}


def reason_full(proposal: Proposal, code: str) -> str | None:
    """Every slot of the classification is taken, and by whom."""
    if free_slot(proposal, code, proposal.stage.spec):
        return None
    named = proposal.nominees.filter(classification=code, slot__isnull=False).select_related("employee")
    return _("%(classification)s already has its nominee: %(names)s. Take back first whom you want to replace.") % {
        "classification": proposal.round.scheme.classification(code).name,
        "names": ", ".join(nominee.name for nominee in named),
    }


def free_slot(proposal: Proposal, classification: str, spec: StageSpec) -> int | None:
    """The first of the slots 1 to quota that nobody holds."""
    taken = set(
        proposal.nominees.filter(classification=classification, slot__isnull=False).values_list("slot", flat=True)
    )
    return next((slot for slot in range(1, spec.quota + 1) if slot not in taken), None)


def reason_not_submitted(proposal: Proposal) -> str | None:
    if proposal.state == Proposal.State.SUBMITTED:
        return None
    return _("The proposal of %(unit)s has not been submitted.") % {"unit": proposal.unit}


def reason_not_running(proposal: Proposal) -> str | None:
    """For what the committee does: the proposals are open, whether or not the deadline has passed."""
    if proposal.round.is_running and proposal.stage.is_open:
        return None
    return _("%(stage)s is not open.") % {"stage": proposal.stage}


def reason_not_returnable(proposal: Proposal) -> str | None:
    """What the unit does not have in its hands can be given back to it: submitted, or gone on without."""
    if proposal.state == Proposal.State.RETURNED:
        return _("The proposal of %(unit)s has already been returned.") % {"unit": proposal.unit}
    return reason_not_submitted(proposal) if proposal.is_editable else None


def reason_not_waivable(proposal: Proposal) -> str | None:
    if not proposal.stage.is_past_deadline():
        return _("The round can go on without a unit only after the deadline.")
    return reason_settled(proposal)
