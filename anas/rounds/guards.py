"""Why something about a round cannot be done yet, in words for the person who wants to do it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from anas.people.models import Employee, Unit
from anas.refused import Refused
from anas.rounds import rules
from anas.rounds import scheme as schemes
from anas.rounds import stage as stages
from anas.rounds.models import Round, Stage
from anas.rounds.own_schemes import OwnScheme

EXCERPT = 120  # letters of an objection in a list of reasons


def current(round: Round) -> Stage:
    """The stage that the round is in. Raises Refused where the round is not running."""
    if stage := round.current_stage:
        return stage
    raise Refused(_("The round is not running: it is %(state)s.") % {"state": round.get_state_display()})


def reason_scheme_changed(round: Round) -> str | None:
    if schemes.digest(round.frozen_scheme) == round.scheme_hash:
        return None
    return _("The rules of this round are no longer those it was opened with. Nothing can go on; tell the witness.")


def reason_not_draft(round: Round) -> str | None:
    return None if round.is_draft else _("The round has been opened; this can no longer be changed.")


def reason_foreign_scheme(own: OwnScheme | None, scope: Unit) -> str | None:
    """An office's scheme holds in the office, and in those under it."""
    if own is None or own.unit.contains(scope):
        return None
    return _("This scheme is another office's.")


def reasons_not_to_take_scheme(round: Round) -> Iterator[str]:
    if not round.is_draft:
        yield _("The round has been opened: its rules are frozen and can no longer be changed.")
    elif not round.is_behind_its_scheme:
        yield _("The round already has its scheme as it is now.")


def reason_missing(reason: str) -> str | None:
    return None if reason.strip() else _("A reason is needed.")


def reason_own_role(employee: Employee, by: Employee) -> str | None:
    """Nobody gives himself a role that scores, decides or witnesses."""
    return _("Nobody can give himself a role.") if employee == by else None


def reason_second_chair(round: Round, employee: Employee, role: str) -> str | None:
    if role != rules.CHAIR:
        return None
    others = round.members.filter(role=rules.CHAIR).exclude(employee=employee)
    return _("The team already has a chair.") if others.exists() else None


def reason_team_fixed(round: Round) -> str | None:
    """The team and the witness are fixed when the first stage after the proposals opens."""
    begun = [stage for stage in round.stage_list[1:] if stage.state != Stage.State.PENDING]
    if begun or not (round.is_draft or round.is_running):
        return _("The team has begun its work and can no longer be changed.")
    return None


Schedule = Mapping[str, tuple[datetime | None, datetime | None]]  # opening and deadline by stage code


def reasons_schedule(round: Round, schedule: Schedule) -> Iterator[str]:
    """A stage ends after it begins, and begins no earlier than the one before it."""
    return (reason for _stage, _edge, reason in faults_of_schedule(round, schedule))


def faults_of_schedule(round: Round, schedule: Schedule) -> Iterator[tuple[Stage, str, str]]:
    """The same with the stage and the edge, "opens_at" or "closes_at", that is to be mended."""
    before = None
    for stage in round.stage_list:
        opens_at, closes_at = schedule.get(stage.code, (None, None))
        if opens_at and closes_at and closes_at <= opens_at:
            yield stage, "closes_at", _("%(stage)s: the deadline lies before the opening.") % {"stage": stage}
        if opens_at and before and opens_at < before:
            yield stage, "opens_at", _("%(stage)s opens before the stage ahead of it.") % {"stage": stage}
        before = opens_at or before


def overlaps(round: Round, schedule: Schedule) -> Iterator[tuple[Stage, str, str]]:
    """Stages that are planned to begin while the one before them still runs: nothing breaks, since a person opens each,
    but nobody would mean it."""
    before = None
    for stage in round.stage_list:
        opens_at, closes_at = schedule.get(stage.code, (None, None))
        if opens_at and before and stage.previous and opens_at < before:
            words = {"stage": stage, "before": stage.previous}
            yield stage, "opens_at", _("%(stage)s would begin before %(before)s ends.") % words
        before = closes_at or before


def reason_period(first: date | None, last: date | None) -> str | None:
    if (first is None) != (last is None):
        return _("The period needs its first and its last day, or neither.")
    return _("The period ends before it begins.") if first and last and last < first else None


def reasons_not_to_open_round(round: Round) -> Iterator[str]:
    for reasons in (reasons_no_units, reasons_no_heads, reasons_no_chair, reasons_deadlines_passed):
        yield from reasons(round)


def reasons_no_units(round: Round) -> Iterator[str]:
    if not round.scope.children.exists():
        yield _("%(office)s has no units that could propose.") % {"office": round.scope}


def reasons_no_heads(round: Round) -> Iterator[str]:
    for unit in round.scope.children.filter(head__isnull=True):
        yield _("%(unit)s has no head.") % {"unit": unit}
    if round.scope.head_id is None and any(stage.kind == "head" for stage in round.stage_list):
        yield _("%(office)s has no head.") % {"office": round.scope}


def reasons_no_chair(round: Round) -> Iterator[str]:
    has_panel = any(stage.kind == "panel" for stage in round.stage_list)
    if has_panel and not round.members.filter(role=rules.CHAIR).exists():
        yield _("The team has no chair.")


def reasons_deadlines_passed(round: Round) -> Iterator[str]:
    for stage in round.stage_list:
        if stage.is_past_deadline():
            yield _("%(stage)s: the deadline has already passed.") % {"stage": stage}


def reasons_not_to_close(stage: Stage) -> list[str]:
    if not stage.is_open:
        return [_("%(stage)s is not open.") % {"stage": stage}]
    return stage.what.reasons_not_to_close(stage)


def warnings_ahead_of_plan(stage: Stage) -> list[str]:
    """For whoever opens a stage before its day."""
    if not stage.is_ahead_of_plan():
        return []
    words = {"stage": stage, "date": date_format(timezone.localtime(stage.opens_at), "DATETIME_FORMAT")}
    return [_("%(stage)s was planned to begin on %(date)s. It begins now.") % words]


def reasons_not_to_advance(stage: Stage) -> Iterator[str]:
    if stage.state == Stage.State.OPEN:
        yield _("%(stage)s is still open.") % {"stage": stage}
        yield from stage.what.reasons_not_to_close(stage)
    elif stage.state == Stage.State.CLOSED:
        yield from stage.what.reasons_not_to_settle(stage) or [_("The scores have not been computed yet.")]
    else:
        yield from stages.scorekeeper().reasons_not_to_advance(stage)


def reasons_not_to_extend(stage: Stage, closes_at: datetime) -> Iterator[str]:
    if stage.is_closed or not (stage.round.is_draft or stage.round.is_running):
        yield _("%(stage)s is closed.") % {"stage": stage}
    if stage.closes_at and closes_at <= stage.closes_at:
        yield _("The new deadline has to be later than the old one.")
    if closes_at <= timezone.now():
        yield _("The new deadline has to lie ahead.")


def reasons_not_to_reopen(stage: Stage) -> Iterator[str]:
    if not stage.is_closed:
        yield _("%(stage)s is not closed.") % {"stage": stage}
    if not stage.what.is_reopenable:
        yield _("%(stage)s cannot be opened again once it is closed.") % {"stage": stage}
    yield from stage.what.reasons_not_to_reopen(stage)


def _reasons_no_result(round: Round) -> Iterator[str]:
    if round.state != Round.State.RESULT:
        yield _("There is no result that waits for a decision: the round is %(state)s.") % {
            "state": round.get_state_display()
        }


def reasons_not_to_approve(round: Round) -> Iterator[str]:
    yield from _reasons_no_result(round)
    if round.is_approved:
        yield _("The result has already been approved.")
    elif round.objections_until:
        yield from reasons_objections(round)


def reasons_objections(round: Round) -> Iterator[str]:
    """The objection period runs, or what was objected is not dealt with: nothing is approved over anybody's head."""
    if round.is_open_to_objections:
        until = date_format(timezone.localtime(round.objections_until), "DATETIME_FORMAT")
        yield _("Employees can object until %(date)s.") % {"date": until}
    for objection in round.objections.all():
        objection.round = round
        words = {
            "classification": objection.classification_name,
            "text": Truncator(objection.text).chars(EXCERPT),
        }
        if not objection.is_answered:
            yield _("%(classification)s: an objection has not been answered yet: “%(text)s”") % words
        elif objection.is_waiting:
            yield (
                _("%(classification)s: nothing is said yet of what follows from an upheld objection: “%(text)s”")
                % words
            )


def reasons_not_to_send_back(round: Round) -> Iterator[str]:
    yield from _reasons_no_result(round)
    if round.is_approved:
        yield _("The result has already been approved.")
    last = round.stage_list[-1]
    if not last.what.is_reopenable:
        yield _("%(stage)s cannot be opened again once it is closed.") % {"stage": last}


def reasons_not_to_decree(round: Round) -> Iterator[str]:
    yield from _reasons_no_result(round)
    if not round.is_approved:
        yield _("The head of the office has not approved the result yet.")


def reasons_not_to_announce(round: Round) -> Iterator[str]:
    if round.state != Round.State.DECREED:
        yield _("The result has not been decreed yet.")


def reasons_not_to_cancel(round: Round) -> Iterator[str]:
    if round.state in (Round.State.DECREED, Round.State.ANNOUNCED, Round.State.CANCELLED):
        yield _("The round is %(state)s and can no longer be cancelled.") % {"state": round.get_state_display()}
