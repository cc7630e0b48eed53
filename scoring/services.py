"""What happens to score sheets, recusals and ties. Every function takes `by`, the person who acts, runs in one
transaction, and raises Refused with the reasons where the act cannot be done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.people.rules import acts_as_head_of
from anas.refused import Refused, require
from anas.rounds import rules, scores
from anas.rounds.guards import current, reason_missing
from anas.rounds.models import Round, Stage
from anas.rounds.scheme import FINAL
from anas.rounds.services import locked, note
from nominations.models import Nominee
from scoring import results
from scoring.models import Decision, Recusal, ScoreSheet
from scoring.panel import panel


def seat(stage: Stage, by: Employee) -> Employee:
    """Whose sheet this person writes: his own in a panel, the head's in a head stage. Raises Refused for others."""
    if stage.kind == "head":
        if not acts_as_head_of(by, stage.round.scope):
            raise Refused(rules.must_be(rules.HEAD, by, stage.round))
        return stage.round.scope.head or by
    require(rules.must_be(rules.ASSESSOR, by, stage.round))
    return by


def reason_not_scoring(stage: Stage, nominee: Nominee, assessor: Employee) -> str | None:
    """Why this assessor gives this nominee no score."""
    if nominee.employee_id == assessor.pk:
        return _("Nobody scores himself.")
    recusals = Recusal.objects.filter(round=stage.round, assessor=assessor, classification=nominee.classification)
    if any(recusal.covers(nominee) for recusal in recusals):
        return _("%(assessor)s does not score %(nominee)s: recused.") % {"assessor": assessor, "nominee": nominee}
    return None


def _held(stage: Stage, nominee: Nominee, by: Employee) -> tuple[Stage, Nominee, Employee]:
    round = locked(stage.round)
    stage = next(item for item in round.stage_list if item.pk == stage.pk)
    require(stage.reason_not_accepting())
    assessor = seat(stage, by)
    nominee = Nominee.objects.in_play(round).filter(pk=nominee.pk).first()
    if nominee is None:
        raise Refused(_("This nominee is not in the round, or no longer."))
    require(reason_not_scoring(stage, nominee, assessor))
    if by.pk != assessor.pk:
        require(reason_not_scoring(stage, nominee, by))
    return stage, nominee, assessor


@transaction.atomic
def save_draft(stage: Stage, *, nominee: Nominee, scores_by_criterion: Mapping[str, Any], by: Employee) -> ScoreSheet:
    """Keeps the scores entered so far; they count for nothing yet, and nobody else sees them.

    Raises BadScore, with the criterion, for a score that cannot be.
    """
    stage, nominee, assessor = _held(stage, nominee, by)
    values = scores.checked(stage.spec.criteria, scores_by_criterion, partial=True)
    sheet, _created = ScoreSheet.objects.update_or_create(
        stage=stage,
        nominee=nominee,
        assessor=assessor,
        state=ScoreSheet.State.DRAFT,
        defaults={"scores": scores.stored(values), "written_by": by},
    )
    return sheet


@transaction.atomic
def submit_sheet(
    stage: Stage, *, nominee: Nominee, scores_by_criterion: Mapping[str, Any], reason: str = "", by: Employee
) -> ScoreSheet:
    """Hands a complete sheet in. Where the assessor has handed one in before, that one is superseded, which needs a
    reason; both stay."""
    stage, nominee, assessor = _held(stage, nominee, by)
    values = scores.checked(stage.spec.criteria, scores_by_criterion)
    before = ScoreSheet.objects.filter(
        stage=stage, nominee=nominee, assessor=assessor, state=ScoreSheet.State.SUBMITTED
    ).first()
    if before:
        require(reason_missing(reason))
        before.state = ScoreSheet.State.SUPERSEDED
        before.save(update_fields=["state"])
    sheet, _created = ScoreSheet.objects.update_or_create(
        stage=stage,
        nominee=nominee,
        assessor=assessor,
        state=ScoreSheet.State.DRAFT,
        defaults={
            "state": ScoreSheet.State.SUBMITTED,
            "scores": scores.stored(values),
            "written_by": by,
            "reason": reason.strip() if before else "",
            "submitted_at": timezone.now(),
        },
    )
    action = "sheet.superseded" if before else "sheet.submitted"
    note(stage.round, by, action, nominee, stage=stage.code, **({"reason": reason.strip()} if before else {}))
    return sheet


@transaction.atomic
def recuse(
    round: Round,
    *,
    assessor: Employee,
    classification: str,
    nominee: Nominee | None = None,
    reason: str,
    by: Employee,
) -> Recusal:
    """An assessor steps back from a nominee, or from a whole classification. What he has already handed in for it is
    superseded. Raises Refused where nobody would be left to score a nominee."""
    round = locked(round)
    require(rules.must_be(rules.ASSESSOR, by, round), reason_missing(reason))
    if assessor != by:
        raise Refused(_("Only the assessor himself can step back."))
    stage = current(round)
    require(stage.reason_not_accepting())
    if round.recusals.filter(assessor=assessor, classification=classification, nominee=nominee).exists():
        raise Refused(_("You have already stepped back from this."))
    recusal = Recusal.objects.create(
        round=round, assessor=assessor, classification=classification, nominee=nominee, reason=reason.strip()
    )
    if unscored := panel(stage).unscored():
        raise Refused(_("Nobody would be left to score %(nominee)s.") % {"nominee": unscored[0]})
    for sheet in ScoreSheet.objects.filter(stage__round=round, stage=stage, assessor=assessor).select_related(
        "nominee"
    ):
        if recusal.covers(sheet.nominee):
            if sheet.is_submitted:
                sheet.state, sheet.reason = ScoreSheet.State.SUPERSEDED, reason.strip()
                sheet.save(update_fields=["state", "reason"])
            elif sheet.state == ScoreSheet.State.DRAFT:
                sheet.delete()
    note(round, by, "assessor.recused", nominee or round.scheme.classification(classification).name, reason=reason)
    return recusal


@transaction.atomic
def decide(
    round: Round, *, stage: str, classification: str, order: Sequence[int], reason: str, by: Employee
) -> Decision:
    """Puts tied nominees into an order: the chair for a shortlist, the head of the office for the end result.

    Raises Refused where there is no open tie between exactly these nominees.
    """
    round = locked(round)
    require(rules.must_be(rules.HEAD if stage == FINAL else rules.CHAIR, by, round), reason_missing(reason))
    now = current(round)
    if not now.is_settled:
        raise Refused(_("%(stage)s is not finished yet.") % {"stage": now})
    tied = [tie for tie in results.open_ties(now) if (tie.stage, tie.classification) == (stage, classification)]
    tie = next((tie for tie in tied if {nominee.pk for nominee in tie.nominees} == set(order)), None)
    if tie is None or len(set(order)) != len(order):
        raise Refused(_("There is no open tie between exactly these people."))
    if any(nominee.employee_id == by.pk for nominee in tie.nominees):
        raise Refused(_("Nobody decides on himself."))
    decision = Decision.objects.create(
        round=round,
        stage=stage,
        classification=classification,
        order=list(order),
        reason=reason.strip(),
        decided_by=by,
    )
    names = {nominee.pk: nominee.name for nominee in tie.nominees}
    note(
        round,
        by,
        "tie.decided",
        round.scheme.classification(classification).name,
        stage=stage,
        order=[names[key] for key in order],
        reason=reason.strip(),
    )
    return decision
