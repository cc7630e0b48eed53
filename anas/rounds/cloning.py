"""A new draft that is like an earlier round: office, scheme, team, and the schedule moved to new days. Nothing else
goes along: no proposal, no score, no vote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import require
from anas.rounds import guards, rules, services, succession
from anas.rounds.models import Member, Round
from anas.rounds.scheme import Scheme
from anas.rounds.scheme_changes import changes
from anas.rounds.succession import Period, Schedule


@dataclass(frozen=True)
class Copy:
    """What the new draft would be, before it is made."""

    scheme: Scheme
    changes: list[str]  # of the scheme since the earlier round
    schedule: Schedule
    period: Period
    members: list[Member]  # of the earlier round
    left_out: list[tuple[Member, str]]  # with the reason

    @property
    def has_chair(self) -> bool:
        return any(member.role == rules.CHAIR for member in self.members)

    @property
    def stages(self) -> list[dict[str, object]]:
        """The schedule as it is shown."""
        found = [(spec.name, *self.schedule.get(spec.code, (None, None))) for spec in self.scheme.stages]
        return [{"name": name, "opens_at": opens, "closes_at": closes} for name, opens, closes in found]


def reason_no_copy(round: Round) -> str | None:
    """A rehearsal is not the beginning of anything real."""
    return _("A rehearsal cannot be made into a real round.") if round.is_rehearsal else None


def schedule_of(round: Round) -> Schedule:
    """Its dates as a plan: a stage that was opened before the deadline of the one before it begins at that deadline."""
    found, ends = {}, None
    for stage in round.stage_list:
        opens, closes = stage.opens_at, stage.closes_at
        if opens and ends and opens < ends and (closes is None or ends < closes):
            opens = ends
        found[stage.code] = (opens, closes)
        ends = closes or ends
    return found


def months_of(round: Round) -> int:
    """How many months after this round the next one begins."""
    return succession.months_of(round.name, (round.period_from, round.period_until))


def suggested_day(round: Round) -> date | None:
    """The first day of the next round; None where this one has no dates that could be moved."""
    return succession.suggested_day(schedule_of(round), months_of(round), timezone.localdate())


def next_name(round: Round, first_day: date | None) -> str:
    """The name of a copy that begins on this day; empty where nobody can guess it."""
    return succession.next_name(round.name, _steps(round, first_day))


def _steps(round: Round, first_day: date | None) -> int:
    begin = succession.first_day(schedule_of(round))
    return succession.steps_between(begin, first_day, months_of(round)) if begin and first_day else 1


def plan(round: Round, *, first_day: date | None, by: Employee) -> Copy:
    """What a copy that begins on this day would be."""
    schedule = schedule_of(round)
    members, left_out = team_of(round, by=by)
    scheme = round.present_scheme or round.scheme
    return Copy(
        scheme=scheme,
        changes=changes(round.scheme, scheme),
        schedule=succession.moved(schedule, first_day) if first_day else schedule,
        period=_moved_period(round, months_of(round) * _steps(round, first_day)),
        members=members,
        left_out=left_out,
    )


def _moved_period(round: Round, months: int) -> Period:
    if not (round.period_from and round.period_until):
        return None, None
    return tuple(succession.months_later(day, months) for day in (round.period_from, round.period_until))


def team_of(round: Round, *, by: Employee) -> tuple[list[Member], list[tuple[Member, str]]]:
    """Who of the round's team and witnesses goes along, and who does not, with the reason."""
    members, left_out = [], []
    for member in round.members.select_related("employee__unit"):
        reason = _reason_left_out(member, by)
        if reason:
            left_out.append((member, reason))
        else:
            members.append(member)
    return members, left_out


def _reason_left_out(member: Member, by: Employee) -> str | None:
    if not member.employee.is_active:
        return _("%(name)s is no longer in service.") % {"name": member.employee}
    return guards.reason_own_role(member.employee, by)


@transaction.atomic
def clone(round: Round, *, name: str, first_day: date | None, by: Employee) -> Round:
    """Makes the draft. Its trail begins with the round that it came from. Raises Refused where the person may not set
    up rounds here, or the round is a rehearsal."""
    require(rules.must_be(rules.COMMITTEE, by, round), reason_no_copy(round))
    copy = plan(round, first_day=first_day, by=by)
    origin = {"copied_from": str(round), "copied_round": round.pk}
    made = services.create_round(
        name=name, scope=round.scope, scheme=copy.scheme, own=round.own_scheme, by=by, **origin
    )
    known = {code: moments for code, moments in copy.schedule.items() if code in {s.code for s in copy.scheme.stages}}
    services.set_schedule(made, schedule=known, period=copy.period, by=by)
    carry(copy.members, to=made, by=by)
    return made


def carry(members: Iterable[Member], *, to: Round, by: Employee) -> None:
    """Gives the same people the same roles in another round."""
    for member in members:
        services.set_member(to, employee=member.employee, role=member.role, by=by)
