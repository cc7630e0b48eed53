"""What happens to score sheets, recusals and ties. Every function takes `by`, the person who acts, runs in one
transaction, and raises Refused with the reasons where the act cannot be done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import Refused, require
from anas.rounds import scores
from anas.rounds.guards import current, reason_missing
from anas.rounds.models import Round, Stage
from anas.rounds.services import locked, note
from nominations.models import Nominee
from scoring import results, rules
from scoring.models import Decision, Recusal, ScoreSheet
from scoring.panel import Panel, panel, reason_excused
from scoring.stage import PanelStage

STATE = ScoreSheet.State


def seat(stage: Stage, by: Employee) -> Employee:
    """Whose sheet this person writes: his own in a panel, the head's in a head stage. Raises Refused for others."""
    require(rules.may_score(by, stage))
    if found := stage.what.seat(stage, by):
        return found
    raise Refused(_("%(office)s has no head.") % {"office": stage.round.scope})


def _held(stage: Stage, by: Employee) -> tuple[Stage, Employee]:
    """The stage as it is now, held against other writers, and whose sheets this person writes in it."""
    round = locked(stage.round)
    stage = next(item for item in round.stage_list if item.pk == stage.pk)
    require(stage.reason_not_accepting())
    return stage, seat(stage, by)


def _check_may_write(stage: Stage, nominee: Nominee, assessor: Employee, by: Employee) -> None:
    if not Nominee.objects.in_play(stage.round).filter(pk=nominee.pk).exists():
        raise Refused(_("This nominee is not in the round, or no longer."))
    recusals = list(stage.round.recusals.filter(assessor__in=[assessor, by]))
    require(reason_excused(nominee, assessor, recusals) or reason_excused(nominee, by, recusals))


def save_draft(stage: Stage, *, nominee: Nominee, scores_by_criterion: Mapping[str, Any], by: Employee) -> None:
    """`save_drafts` for one nominee."""
    save_drafts(stage, sheets={nominee: scores_by_criterion}, by=by)


@transaction.atomic
def save_drafts(stage: Stage, *, sheets: Mapping[Nominee, Mapping[str, Any]], by: Employee) -> None:
    """Keeps the scores entered so far, by nominee and criterion, all or none; they count for nothing yet, and nobody
    else sees them. A criterion that is not given stays as it was; None takes its score out.

    Raises BadScore, with the criterion, for a score that cannot be.
    """
    stage, assessor = _held(stage, by)
    whole, drafts = panel(stage), []
    for nominee, given in sheets.items():
        _check_may_draft(whole, nominee, assessor, by)
        values = scores.stored(scores.checked(stage.spec.criteria, given, partial=True))
        draft = whole.drafts.get((nominee.pk, assessor.pk)) or ScoreSheet(
            stage=stage, nominee=nominee, assessor=assessor
        )
        draft.scores = {code: value for code, value in draft.scores.items() if code not in given} | values
        draft.written_by = by
        drafts.append(draft)
    ScoreSheet.objects.bulk_create(draft for draft in drafts if not draft.pk)
    ScoreSheet.objects.bulk_update([draft for draft in drafts if draft.pk], ["scores", "written_by"])


def _check_may_draft(whole: Panel, nominee: Nominee, assessor: Employee, by: Employee) -> None:
    if nominee not in whole.nominees:
        raise Refused(_("This nominee is not in the round, or no longer."))
    require(reason_excused(nominee, assessor, whole.recusals) or reason_excused(nominee, by, whole.recusals))
    if (nominee.pk, assessor.pk) in whole.sheets:
        raise Refused(
            _("The sheet for %(nominee)s has been handed in. It can only be superseded.") % {"nominee": nominee}
        )


@transaction.atomic
def submit_sheet(
    stage: Stage, *, nominee: Nominee, scores_by_criterion: Mapping[str, Any], reason: str = "", by: Employee
) -> ScoreSheet:
    """Hands a complete sheet in. Where the assessor has handed one in before, that one is superseded, which needs a
    reason; both stay."""
    stage, assessor = _held(stage, by)
    _check_may_write(stage, nominee, assessor, by)
    values = scores.checked(stage.spec.criteria, scores_by_criterion)
    mine = {"stage": stage, "nominee": nominee, "assessor": assessor}
    before = ScoreSheet.objects.filter(**mine, state=STATE.SUBMITTED)
    if supersedes := before.exists():
        require(reason_missing(reason))
        before.update(state=STATE.SUPERSEDED)
    reason = reason.strip() if supersedes else ""
    sheet, _created = ScoreSheet.objects.update_or_create(
        **mine,
        state=STATE.DRAFT,
        defaults={
            "state": STATE.SUBMITTED,
            "scores": scores.stored(values),
            "written_by": by,
            "reason": reason,
            "submitted_at": timezone.now(),
        },
    )
    action = "sheet.superseded" if supersedes else "sheet.submitted"
    note(stage.round, by, action, nominee, stage=stage.code, **({"reason": reason} if reason else {}))
    return sheet


@transaction.atomic
def submit_sheets(stage: Stage, *, sheets: Mapping[Nominee, Mapping[str, Any]], by: Employee) -> None:
    """`submit_sheet` for several nominees, all or none of them."""
    for nominee, scores_by_criterion in sheets.items():
        submit_sheet(stage, nominee=nominee, scores_by_criterion=scores_by_criterion, by=by)


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
    stage = current(round)
    require(rules.may_step_back(by, stage), reason_missing(reason), stage.reason_not_accepting())
    if assessor != by:
        raise Refused(_("Only the assessor himself can step back."))
    _check_can_step_back(stage, classification, nominee)
    if any(r.assessor_id == by.pk and _covers(r, classification, nominee) for r in round.recusals.all()):
        raise Refused(_("You have already stepped back from this."))
    recusal = Recusal.objects.create(
        round=round, assessor=assessor, classification=classification, nominee=nominee, reason=reason.strip()
    )
    _check_scorable(round)
    _take_back(stage, recusal)
    name = round.scheme.classification(classification).name
    note(round, by, "assessor.recused", nominee or name, stage=stage.code, reason=recusal.reason)
    return recusal


def _check_can_step_back(stage: Stage, classification: str, nominee: Nominee | None) -> None:
    if classification not in stage.round.scheme.classification_codes:
        raise Refused(_("There is no such classification."))
    in_play = Nominee.objects.in_play(stage.round)
    if nominee and not in_play.filter(pk=nominee.pk, classification=classification).exists():
        raise Refused(_("This nominee is not in the round, or no longer."))


def _covers(recusal: Recusal, classification: str, nominee: Nominee | None) -> bool:
    if nominee:
        return recusal.covers(nominee)
    return recusal.nominee_id is None and recusal.classification == classification


def _check_scorable(round: Round) -> None:
    """Every stage with sheets that is still to come can be finished."""
    for stage in round.stage_list:
        if isinstance(stage.what, PanelStage) and not stage.is_closed:
            for nominee in panel(stage).unscored():
                raise Refused(_("Nobody would be left to score %(nominee)s.") % {"nominee": nominee})


def _take_back(stage: Stage, recusal: Recusal) -> None:
    """The sheets that the assessor has written for those he steps back from no longer count."""
    written = stage.sheets.filter(assessor=recusal.assessor, nominee__classification=recusal.classification)
    if recusal.nominee_id:
        written = written.filter(nominee=recusal.nominee_id)
    written.filter(state=STATE.SUBMITTED).update(state=STATE.SUPERSEDED, reason=recusal.reason)
    written.filter(state=STATE.DRAFT).delete()


@transaction.atomic
def decide(
    round: Round, *, stage: str, classification: str, order: Sequence[int], reason: str, by: Employee
) -> Decision:
    """Puts tied nominees into an order; `scoring.rules.decider` says who does.

    Raises Refused where there is no open tie between exactly these nominees.
    """
    round = locked(round)
    require(reason_missing(reason))
    now = current(round)
    if not now.is_settled:
        raise Refused(_("%(stage)s is not finished yet.") % {"stage": now})
    tied = [tie for tie in results.open_ties(now) if (tie.stage, tie.classification) == (stage, classification)]
    tie = next((tie for tie in tied if {nominee.pk for nominee in tie.nominees} == set(order)), None)
    if tie is None or len(set(order)) != len(order):
        raise Refused(_("There is no open tie between exactly these people."))
    require(rules.may_decide(by, round, tie))
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
