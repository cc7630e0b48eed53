"""What happens to a round. One function per transition: it checks the guard, changes the state, does the side effects
and writes the audit entry, in one transaction. Nothing else in the project assigns `Round.state` or `Stage.state`.

Every function takes `by`, the person who acts, and raises Refused with all reasons where the act cannot be done.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee, Unit
from anas.refused import Refused, refuse_for, require
from anas.rounds import audit, guards, rules
from anas.rounds import scheme as schemes
from anas.rounds import stage as stages
from anas.rounds.models import Member, Round, Stage
from anas.rounds.own_schemes import OwnScheme


def locked(round: Round) -> Round:
    """The round as it is now, held against other writers until the transaction ends. Raises Refused where its frozen
    scheme is no longer the one it was opened with."""
    fresh = Round.objects.select_for_update(of=("self",)).select_related("scope").get(pk=round.pk)
    if not fresh.is_draft:
        require(guards.reason_scheme_changed(fresh))
    return fresh


def note(round: Round, by: Employee, action: str, subject: object = "", **detail: object) -> None:
    """An audit entry in the round's trail, with the role in which the person acted."""
    role = rules.main_role(rules.roles_in(by, round))
    audit.record(round, by=by, action=action, subject=str(subject), role=role, **detail)


@transaction.atomic
def create_round(
    *,
    name: str,
    scope: Unit,
    scheme: schemes.Scheme,
    own: OwnScheme | None = None,
    rehearsal: str = "",
    by: Employee,
    **detail: object,
) -> Round:
    """A draft with the stages of the scheme, not yet scheduled. Only its committee sees it. `own`: the office's scheme
    whose text it is, if any. `rehearsal`: who takes part in one (`Round.Rehearsal`). `detail`: what else its first
    entry in the trail says."""
    require(rules.may_set_up_in(by, scope), guards.reason_foreign_scheme(own, scope))
    frozen = schemes.freeze(scheme)
    round = Round.objects.create(name=name, scope=scope, frozen_scheme=frozen, own_scheme=own, rehearsal=rehearsal)
    make_stages(round, {})
    note(round, by, "round.created", round, **detail)
    return round


def make_stages(round: Round, schedule: dict[str, tuple[datetime | None, datetime | None]]) -> None:
    """Those of the round's scheme; `schedule`: opening and deadline by their codes."""
    found = [
        Stage(round=round, position=position, code=spec.code, kind=spec.kind)
        for position, spec in enumerate(round.scheme.stages)
    ]
    for stage in found:
        stage.opens_at, stage.closes_at = schedule.get(stage.code, (None, None))
    Stage.objects.bulk_create(found)


@transaction.atomic
def set_schedule(
    round: Round,
    *,
    schedule: dict[str, tuple[datetime | None, datetime | None]],
    period: tuple[date | None, date | None] | None = None,
    by: Employee,
) -> None:
    """Opening and deadline by stage code, and the first and last day that the award looks back on (None: as it is),
    while the round is a draft. Afterwards a deadline can only be extended."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_not_draft(round))
    refuse_for(guards.reasons_schedule(round, schedule))
    if period:
        require(guards.reason_period(*period))
        round.period_from, round.period_until = period
        round.save(update_fields=["period_from", "period_until"])
    for stage in round.stage_list:
        stage.opens_at, stage.closes_at = schedule.get(stage.code, (None, None))
        stage.save(update_fields=["opens_at", "closes_at"])
    dates = [round.period_from, round.period_until]
    note(round, by, "round.scheduled", **({"period": dates} if round.period_from else {}))


@transaction.atomic
def set_member(round: Round, *, employee: Employee, role: str, by: Employee) -> Member:
    """Puts somebody into the team or on the witness's chair, or changes that role; before the assessment opens."""
    round = locked(round)
    require(
        rules.must_be(rules.COMMITTEE, by, round),
        guards.reason_team_fixed(round),
        guards.reason_own_role(employee, by),
        guards.reason_second_chair(round, employee, role),
    )
    member, _created = Member.objects.update_or_create(round=round, employee=employee, defaults={"role": role})
    _end_sessions(round, employee)
    note(round, by, "member.set", employee, member_role=role)
    return member


@transaction.atomic
def remove_member(round: Round, *, member: Member, by: Employee) -> None:
    """Takes somebody out of the team, before the assessment opens."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_team_fixed(round))
    note(round, by, "member.removed", member.employee, member_role=member.role)
    member.delete()
    if member.employee != by:
        _end_sessions(round, member.employee)


def _end_sessions(round: Round, employee: Employee) -> None:
    """A role in a rehearsal opens nothing real, so it throws nobody out of his work."""
    if not round.is_rehearsal:
        employee.end_sessions()


@transaction.atomic
def open_round(round: Round, *, by: Employee) -> Round:
    """draft → running. Freezes the scheme with its hash and opens the first stage."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_not_draft(round))
    refuse_for(guards.reasons_not_to_open_round(round))
    round.scheme_hash = schemes.digest(round.frozen_scheme)
    round.state = Round.State.RUNNING
    round.save(update_fields=["state", "scheme_hash"])
    note(round, by, "round.opened", round, scheme_hash=round.scheme_hash)
    _open_stage(round.stage_list[0], by=by)
    return round


def _open_stage(stage: Stage, *, by: Employee, **options) -> None:
    """A stage begins when a person opens it: one that was planned for later begins now."""
    refuse_for(stage.what.reasons_not_to_open(stage))
    planned = {"planned": stage.opens_at} if stage.is_ahead_of_plan() else {}
    stage.state, stage.opens_at = Stage.State.OPEN, timezone.now() if planned else stage.opens_at
    stage.save(update_fields=["state", "opens_at"])
    stage.what.on_open(stage, by=by, **options)
    note(stage.round, by, "stage.opened", stage, closes_at=stage.closes_at, **planned)


@transaction.atomic
def close_stage(round: Round, *, by: Employee) -> Stage:
    """Ends the input of the current stage: open → closed, and on to settled where the kind needs nothing more."""
    round = locked(round)
    stage = guards.current(round)
    require(rules.must_be(stage.what.closed_by, by, round))
    refuse_for(guards.reasons_not_to_close(stage))
    stage.state = Stage.State.CLOSED
    stage.save(update_fields=["state"])
    stage.what.on_close(stage, by=by)
    note(round, by, "stage.closed", stage)
    if stage.what.settles_on_close:
        _settle(stage, by=by)
    return stage


@transaction.atomic
def settle_stage(round: Round, *, by: Employee) -> Stage:
    """closed → settled: computes the stage's scores. For kinds where something happens in between, like a count."""
    round = locked(round)
    stage = guards.current(round)
    require(rules.must_be(stage.what.closed_by, by, round))
    _settle(stage, by=by)
    return stage


def _settle(stage: Stage, *, by: Employee) -> None:
    if stage.state != Stage.State.CLOSED:
        raise Refused(_("%(stage)s is not closed.") % {"stage": stage})
    refuse_for(stage.what.reasons_not_to_settle(stage))
    stages.scorekeeper().settle(stage)
    stage.state = Stage.State.SETTLED
    stage.save(update_fields=["state"])
    note(stage.round, by, "stage.settled", stage)


@transaction.atomic
def advance(round: Round, *, by: Employee, **options) -> Round:
    """Goes on from a settled stage: leaves out who was not shortlisted and opens the next stage, or, after the last
    one, combines all parts into the result."""
    round = locked(round)
    stage = guards.current(round)
    require(rules.may_advance(by, round))
    refuse_for(guards.reasons_not_to_advance(stage))
    stages.scorekeeper().shortlist(stage)
    if stage.next:
        _open_stage(stage.next, by=by, **options)
    else:
        stages.scorekeeper().combine(round)
        round.state, round.remark = Round.State.RESULT, ""
        round.objections_until = round.objection_deadline()
        round.save(update_fields=["state", "remark", "objections_until"])
        until = {"objections_until": round.objections_until} if round.objections_until else {}
        note(round, by, "round.combined", **until)
    return round


@transaction.atomic
def extend_stage(stage: Stage, *, closes_at: datetime, reason: str, by: Employee) -> None:
    """A later deadline for a stage that is not closed yet."""
    round = locked(stage.round)
    stage = round.stages.get(pk=stage.pk)
    stage.round = round
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_missing(reason))
    refuse_for(guards.reasons_not_to_extend(stage, closes_at))
    before, stage.closes_at = stage.closes_at, closes_at
    stage.save(update_fields=["closes_at"])
    note(round, by, "stage.extended", stage, before=before, after=closes_at, reason=reason)


@transaction.atomic
def reopen_stage(round: Round, *, reason: str, by: Employee) -> Stage:
    """Takes the close of the current stage back, before the next stage is open."""
    round = locked(round)
    stage = guards.current(round)
    require(rules.must_be(stage.what.closed_by, by, round), guards.reason_missing(reason))
    refuse_for(guards.reasons_not_to_reopen(stage))
    _reopen(stage, reason=reason, by=by)
    return stage


def _reopen(stage: Stage, *, reason: str, by: Employee) -> None:
    stages.scorekeeper().unsettle(stage)
    stage.state = Stage.State.OPEN
    if stage.is_past_deadline():
        stage.closes_at = None
    stage.save(update_fields=["state", "closes_at"])
    stage.what.on_reopen(stage, by=by)
    note(stage.round, by, "stage.reopened", stage, reason=reason)


@transaction.atomic
def approve(round: Round, *, by: Employee) -> Round:
    """The head of the office agrees with the result, so that it can be decreed (mechanism, step 7)."""
    round = locked(round)
    require(rules.must_be(rules.HEAD, by, round))
    refuse_for(guards.reasons_not_to_approve(round))
    round.approved_by, round.approved_at, round.remark = by, timezone.now(), ""
    round.save(update_fields=["approved_by", "approved_at", "remark"])
    note(round, by, "round.approved")
    return round


@transaction.atomic
def send_back(round: Round, *, reason: str, by: Employee) -> Round:
    """The head of the office does not agree: the result is taken back and the last stage is open again."""
    round = locked(round)
    require(rules.must_be(rules.HEAD, by, round), guards.reason_missing(reason))
    last = round.stage_list[-1]
    refuse_for(guards.reasons_not_to_send_back(round))
    stages.scorekeeper().uncombine(round)
    round.state, round.remark, round.objections_until = Round.State.RUNNING, reason, None
    round.save(update_fields=["state", "remark", "objections_until"])
    note(round, by, "round.sent_back", reason=reason)
    _reopen(last, reason=reason, by=by)
    return round


@transaction.atomic
def decree(round: Round, *, by: Employee, number: str) -> Round:
    """result → decreed, when the Keputusan is issued."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_decree(round))
    round.state = Round.State.DECREED
    round.save(update_fields=["state"])
    note(round, by, "round.decreed", number)
    return round


@transaction.atomic
def announce(round: Round, *, by: Employee) -> Round:
    """decreed → announced: every employee, and the public page, sees the winners."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_announce(round))
    round.state = Round.State.ANNOUNCED
    round.save(update_fields=["state"])
    note(round, by, "round.announced")
    return round


@transaction.atomic
def cancel(round: Round, *, reason: str, by: Employee) -> Round:
    """Ends a round that has not been decreed. Everything stays readable; nothing can be handed in any more."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_missing(reason))
    refuse_for(guards.reasons_not_to_cancel(round))
    round.state, round.remark = Round.State.CANCELLED, reason
    round.save(update_fields=["state", "remark"])
    note(round, by, "round.cancelled", reason=reason)
    return round


@transaction.atomic
def set_team(round: Round, *, chair: Employee, assessors: Iterable[Employee], by: Employee) -> None:
    """The whole team at once; each change is an act of its own in the audit trail."""
    set_member(round, employee=chair, role=rules.CHAIR, by=by)
    for assessor in assessors:
        set_member(round, employee=assessor, role=rules.ASSESSOR, by=by)
