"""What a unit's proposal goes through. Every function takes `by`, the person who acts, runs in one transaction, and
raises Refused with the reasons where the act cannot be done."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import Refused, refuse_for, require
from anas.rounds import rules, scores
from anas.rounds.guards import reason_missing
from anas.rounds.services import locked, note
from nominations import guards, uploads
from nominations.models import Evidence, Nominee, Proposal, Skip


def _held(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held against other writers."""
    locked(proposal.stage.round)
    return Proposal.objects.select_related("stage__round__scope", "unit").get(pk=proposal.pk)


def _held_for_edit(proposal: Proposal, by: Employee) -> Proposal:
    proposal = _held(proposal)
    require(rules.may_propose_for(by, proposal.unit, proposal.round), guards.reason_not_editable(proposal))
    return proposal


@transaction.atomic
def assess(
    proposal: Proposal,
    *,
    employee: Employee,
    classification: str,
    scores_by_criterion: Mapping[str, Any],
    reason: str = "",
    by: Employee,
) -> Nominee:
    """Keeps what the unit head thinks of one of the unit's people so far; scores may still be incomplete.

    Raises BadScore, with the criterion, for a score that cannot be.
    """
    proposal = _held_for_edit(proposal, by)
    require(
        guards.reason_not_of_unit(proposal, employee),
        guards.reason_heads_unit(proposal, employee, by),
        guards.reason_wrong_classification(proposal, employee, classification),
    )
    values = scores.checked(proposal.stage.spec.criteria, scores_by_criterion, partial=True)
    nominee, created = Nominee.objects.update_or_create(
        proposal=proposal,
        employee=employee,
        defaults={"classification": classification, "scores": scores.stored(values), "reason": reason.strip()},
    )
    if created:
        note(proposal.round, by, "nominee.assessed", employee)
    nominee.proposal = proposal
    return nominee


@transaction.atomic
def name(nominee: Nominee, *, by: Employee) -> Nominee:
    """Puts an assessed person into a free slot of the classification. Raises Refused where all slots are taken."""
    proposal = _held_for_edit(nominee.proposal, by)
    nominee = proposal.nominees.select_related("employee").get(pk=nominee.pk)
    nominee.proposal = proposal
    refuse_for(guards.reasons_not_to_name(nominee))
    if nominee.slot:
        return nominee
    nominee.slot = guards.free_slot(proposal, nominee.classification, proposal.stage.spec)
    if nominee.slot is None:
        raise Refused(
            _("%(classification)s already has its nominee. Take that one back first.")
            % {"classification": proposal.round.scheme.classification(nominee.classification).name}
        )
    nominee.save(update_fields=["slot"])
    proposal.skips.filter(classification=nominee.classification).delete()
    note(proposal.round, by, "nominee.named", nominee, unit=str(proposal.unit), classification=nominee.classification)
    return nominee


@transaction.atomic
def unname(nominee: Nominee, *, by: Employee) -> None:
    """Takes a person out of his slot; the assessment stays."""
    proposal = _held_for_edit(nominee.proposal, by)
    proposal.nominees.filter(pk=nominee.pk).update(slot=None)
    note(proposal.round, by, "nominee.unnamed", nominee, unit=str(proposal.unit))


@transaction.atomic
def discard(nominee: Nominee, *, by: Employee) -> None:
    """Throws the assessment of a person away, with photo and evidence."""
    proposal = _held_for_edit(nominee.proposal, by)
    for evidence in nominee.evidence.all():
        uploads.delete_after_commit(evidence.file)
    uploads.delete_after_commit(nominee.photo)
    note(proposal.round, by, "nominee.discarded", nominee, unit=str(proposal.unit))
    proposal.nominees.filter(pk=nominee.pk).delete()


@transaction.atomic
def skip(proposal: Proposal, *, classification: str, reason: str, by: Employee) -> Skip:
    """The unit proposes nobody, or fewer than it may, in this classification, and says why."""
    proposal = _held_for_edit(proposal, by)
    require(reason_missing(reason))
    if classification not in proposal.round.scheme.classification_codes:
        raise Refused(_("There is no such classification."))
    skipped, _created = Skip.objects.update_or_create(
        proposal=proposal, classification=classification, defaults={"reason": reason.strip()}
    )
    note(proposal.round, by, "classification.skipped", proposal, classification=classification, reason=reason)
    return skipped


@transaction.atomic
def unskip(proposal: Proposal, *, classification: str, by: Employee) -> None:
    """The unit wants to propose somebody after all."""
    proposal = _held_for_edit(proposal, by)
    proposal.skips.filter(classification=classification).delete()
    note(proposal.round, by, "classification.unskipped", proposal, classification=classification)


@transaction.atomic
def set_photo(nominee: Nominee, *, upload: File | None, by: Employee) -> Nominee:
    """Keeps a smaller, clean copy of the photo. Raises Refused for what is not a picture."""
    _held_for_edit(nominee.proposal, by)
    uploads.delete_after_commit(nominee.photo)
    if upload is None:
        nominee.photo = ""
    else:
        nominee.photo.save("photo.jpg", uploads.clean_photo(upload), save=False)
    nominee.save(update_fields=["photo"])
    return nominee


@transaction.atomic
def attach(nominee: Nominee, *, upload: File, by: Employee) -> Evidence:
    """Adds a file to the nomination. Raises Refused where its content is not what may be attached."""
    proposal = _held_for_edit(nominee.proposal, by)
    refuse_for(uploads.reasons_too_many(nominee))
    evidence = uploads.checked_evidence(nominee, upload)
    evidence.save()
    note(proposal.round, by, "evidence.attached", nominee, file=evidence.name, sha256=evidence.sha256)
    return evidence


@transaction.atomic
def detach(evidence: Evidence, *, by: Employee) -> None:
    """Takes a file away again."""
    proposal = _held_for_edit(evidence.nominee.proposal, by)
    note(proposal.round, by, "evidence.detached", evidence.nominee, file=evidence.name, sha256=evidence.sha256)
    uploads.delete_after_commit(evidence.file)
    evidence.delete()


@transaction.atomic
def submit(proposal: Proposal, *, by: Employee) -> Proposal:
    """Hands the unit's proposal in."""
    proposal = _held_for_edit(proposal, by)
    refuse_for(guards.reasons_not_to_submit(proposal))
    proposal.state, proposal.submitted_by, proposal.submitted_at = Proposal.State.SUBMITTED, by, timezone.now()
    proposal.remark = ""
    proposal.save(update_fields=["state", "submitted_by", "submitted_at", "remark"])
    note(proposal.round, by, "proposal.submitted", proposal)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Employee) -> Proposal:
    """The unit head takes a submitted proposal back to change it, while proposals are still accepted."""
    proposal = _held(proposal)
    require(rules.may_propose_for(by, proposal.unit, proposal.round), proposal.stage.reason_not_accepting())
    if proposal.state != Proposal.State.SUBMITTED:
        raise Refused(_("The proposal of %(unit)s has not been submitted.") % {"unit": proposal.unit})
    proposal.state = Proposal.State.DRAFT
    proposal.save(update_fields=["state"])
    note(proposal.round, by, "proposal.withdrawn", proposal)
    return proposal


@transaction.atomic
def return_proposal(proposal: Proposal, *, reason: str, by: Employee) -> Proposal:
    """The committee gives a submitted proposal back for repair, with the reason that the unit head will read."""
    proposal = _held(proposal)
    require(rules.must_be(rules.COMMITTEE, by, proposal.round), reason_missing(reason))
    if not proposal.stage.is_open:
        raise Refused(_("%(stage)s is not open.") % {"stage": proposal.stage})
    if proposal.state == Proposal.State.RETURNED:
        raise Refused(_("The proposal of %(unit)s has already been returned.") % {"unit": proposal.unit})
    proposal.state, proposal.remark = Proposal.State.RETURNED, reason.strip()
    proposal.save(update_fields=["state", "remark"])
    note(proposal.round, by, "proposal.returned", proposal, reason=reason)
    return proposal


@transaction.atomic
def waive(proposal: Proposal, *, reason: str, by: Employee) -> Proposal:
    """The committee goes on without a unit that let the deadline pass, and says why."""
    proposal = _held(proposal)
    require(rules.must_be(rules.COMMITTEE, by, proposal.round), reason_missing(reason))
    if not (proposal.stage.is_open and proposal.stage.is_past_deadline()):
        raise Refused(_("The round can go on without a unit only after the deadline."))
    if not proposal.is_editable:
        raise Refused(_("The proposal of %(unit)s has been submitted.") % {"unit": proposal.unit})
    proposal.state, proposal.remark = Proposal.State.WAIVED, reason.strip()
    proposal.save(update_fields=["state", "remark"])
    note(proposal.round, by, "proposal.waived", proposal, reason=reason)
    return proposal
