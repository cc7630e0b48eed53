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
from nominations.places import places


def _held(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held against other writers."""
    locked(proposal.stage.round)
    return Proposal.objects.select_related("stage__round__scope", "unit").get(pk=proposal.pk)


def _held_for_edit(proposal: Proposal, by: Employee) -> Proposal:
    proposal = _held(proposal)
    require(rules.may_propose_for(by, proposal.unit, proposal.round), guards.reason_not_editable(proposal))
    return proposal


def _held_candidate(nominee: Nominee, by: Employee) -> Nominee:
    """The candidate as he is now, in a proposal that this person may edit."""
    proposal = _held_for_edit(nominee.proposal, by)
    found = proposal.nominees.select_related("employee__unit").filter(pk=nominee.pk).first()
    if found is None:
        raise Refused(_("The assessment of %(name)s has been discarded.") % {"name": nominee})
    found.proposal = proposal
    return found


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
    """Keeps what the unit head thinks of one of the unit's people so far; scores may still be incomplete. Somebody who
    has come into another classification since then loses his slot in the old one.

    Raises BadScore, with the criterion, for a score that cannot be.
    """
    proposal = _held_for_edit(proposal, by)
    refuse_for(guards.reasons_not_to_propose(proposal, employee, classification, by))
    values = scores.checked(proposal.stage.spec.criteria, scores_by_criterion, partial=True)
    proposal.nominees.filter(employee=employee).exclude(classification=classification).update(slot=None)
    nominee, created = Nominee.objects.update_or_create(
        proposal=proposal,
        employee=employee,
        defaults={"classification": classification, "scores": scores.stored(values), "reason": reason.strip()},
    )
    if created:
        note(proposal.round, by, "nominee.assessed", employee, unit=str(proposal.unit))
    nominee.proposal = proposal
    return nominee


@transaction.atomic
def name(nominee: Nominee, *, by: Employee) -> Nominee:
    """Puts an assessed person into a free slot of the classification. Raises Refused where all slots are taken."""
    nominee = _held_candidate(nominee, by)
    proposal = nominee.proposal
    refuse_for(guards.reasons_not_to_name(nominee, by))
    if nominee.slot:
        return nominee
    require(guards.reason_full(proposal, nominee.classification))
    nominee.slot = guards.free_slot(proposal, nominee.classification, proposal.stage.spec)
    nominee.save(update_fields=["slot"])
    proposal.skips.filter(classification=nominee.classification).delete()
    note(proposal.round, by, "nominee.named", nominee, unit=str(proposal.unit), classification=nominee.classification)
    return nominee


@transaction.atomic
def unname(nominee: Nominee, *, by: Employee) -> None:
    """Takes a person out of his slot; the assessment stays."""
    nominee = _held_candidate(nominee, by)
    if nominee.slot:
        nominee.slot = None
        nominee.save(update_fields=["slot"])
        note(nominee.proposal.round, by, "nominee.unnamed", nominee, unit=str(nominee.unit))


@transaction.atomic
def discard(nominee: Nominee, *, by: Employee) -> None:
    """Throws the assessment of a person away, with photo and evidence."""
    nominee = _held_candidate(nominee, by)
    for evidence in nominee.evidence.all():
        uploads.delete_after_commit(evidence.file)
    uploads.delete_after_commit(nominee.photo)
    note(nominee.proposal.round, by, "nominee.discarded", nominee, unit=str(nominee.unit))
    nominee.delete()


@transaction.atomic
def skip(proposal: Proposal, *, classification: str, reason: str, by: Employee) -> Skip:
    """The unit proposes nobody, or fewer than it may, in this classification, and says why."""
    proposal = _held_for_edit(proposal, by)
    require(reason_missing(reason))
    if classification not in proposal.round.scheme.classification_codes:
        raise Refused(_("There is no such classification."))
    require(guards.reason_full(proposal, classification))
    skipped, _created = Skip.objects.update_or_create(
        proposal=proposal, classification=classification, defaults={"reason": reason.strip()}
    )
    note(proposal.round, by, "classification.skipped", proposal, classification=classification, reason=reason)
    return skipped


@transaction.atomic
def unskip(proposal: Proposal, *, classification: str, by: Employee) -> None:
    """The unit wants to propose somebody after all."""
    proposal = _held_for_edit(proposal, by)
    deleted, _rows = proposal.skips.filter(classification=classification).delete()
    if deleted:
        note(proposal.round, by, "classification.unskipped", proposal, classification=classification)


def set_photo(nominee: Nominee, *, upload: File | None, by: Employee) -> Nominee:
    """Keeps a smaller, clean copy of the photo in the place of the one before; None takes the photo away. Raises
    Refused for what is not a picture."""
    photo = uploads.clean_photo(upload) if upload else ""  # outside of the transaction: decoding takes time
    with transaction.atomic():
        nominee = _held_candidate(nominee, by)
        uploads.delete_after_commit(nominee.photo)
        nominee.photo = photo
        nominee.save(update_fields=["photo"])
        note(nominee.proposal.round, by, "photo.set" if upload else "photo.removed", nominee)
    return nominee


def attach(nominee: Nominee, *, upload: File, by: Employee) -> Evidence:
    """Adds a file to the nomination. Raises Refused where its content is not what may be attached."""
    evidence = uploads.checked_evidence(nominee, upload)  # outside of the transaction, as above
    with transaction.atomic():
        evidence.nominee = _held_candidate(nominee, by)
        refuse_for(uploads.reasons_not_to_attach(evidence))
        evidence.save()
        detail = {"file": evidence.name, "sha256": evidence.sha256}
        note(evidence.nominee.proposal.round, by, "evidence.attached", evidence.nominee, **detail)
    return evidence


@transaction.atomic
def detach(evidence: Evidence, *, by: Employee) -> None:
    """Takes a file away again."""
    nominee = _held_candidate(evidence.nominee, by)
    deleted, _rows = nominee.evidence.filter(pk=evidence.pk).delete()
    if deleted:
        uploads.delete_after_commit(evidence.file)
        detail = {"file": evidence.name, "sha256": evidence.sha256}
        note(nominee.proposal.round, by, "evidence.detached", nominee, **detail)


@transaction.atomic
def submit(proposal: Proposal, *, by: Employee) -> Proposal:
    """Hands the unit's proposal in."""
    proposal = _held_for_edit(proposal, by)
    refuse_for(guards.reasons_not_to_submit(proposal, by))
    proposal.state, proposal.submitted_by, proposal.submitted_at = Proposal.State.SUBMITTED, by, timezone.now()
    proposal.remark = ""
    proposal.save(update_fields=["state", "submitted_by", "submitted_at", "remark"])
    named = {place.classification.code: [nominee.name for nominee in place.named] for place in places(proposal)}
    note(proposal.round, by, "proposal.submitted", proposal, named=named)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Employee) -> Proposal:
    """The unit head takes a submitted proposal back to change it, while proposals are still accepted."""
    proposal = _held(proposal)
    require(rules.may_propose_for(by, proposal.unit, proposal.round), proposal.stage.reason_not_accepting())
    require(guards.reason_not_submitted(proposal))
    proposal.state = Proposal.State.DRAFT
    proposal.save(update_fields=["state"])
    note(proposal.round, by, "proposal.withdrawn", proposal)
    return proposal


@transaction.atomic
def return_proposal(proposal: Proposal, *, reason: str, by: Employee) -> Proposal:
    """The committee gives a proposal back for repair, with the reason that the unit head will read: one that was
    submitted, or one that the round was to go on without."""
    proposal = _held(proposal)
    require(rules.must_be(rules.COMMITTEE, by, proposal.round), reason_missing(reason))
    require(guards.reason_not_running(proposal) or guards.reason_not_returnable(proposal))
    _mark(proposal, Proposal.State.RETURNED, reason)
    note(proposal.round, by, "proposal.returned", proposal, reason=reason)
    return proposal


@transaction.atomic
def waive(proposal: Proposal, *, reason: str, by: Employee) -> Proposal:
    """The committee goes on without a unit that let the deadline pass, and says why."""
    proposal = _held(proposal)
    require(rules.must_be(rules.COMMITTEE, by, proposal.round), reason_missing(reason))
    require(guards.reason_not_running(proposal) or guards.reason_not_waivable(proposal))
    _mark(proposal, Proposal.State.WAIVED, reason)
    note(proposal.round, by, "proposal.waived", proposal, reason=reason)
    return proposal


def _mark(proposal: Proposal, state: str, remark: str) -> None:
    proposal.state, proposal.remark = state, remark.strip()
    proposal.save(update_fields=["state", "remark"])
