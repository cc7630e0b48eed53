"""What is suggested to a committee that prepares a round: dates, and people for the team. Nothing is kept."""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from anas.people.models import Employee
from anas.people.ranks import RANKS
from anas.rounds.guards import Schedule
from anas.rounds.models import Member, Round

OPENS, CLOSES = time(8), time(16)
DAYS_AHEAD = 7  # so long before a round opens is it time to tell everybody
FRIDAY = 4
PEOPLE = 12


def schedule(round: Round, first: date) -> Schedule:
    """One stage after the other from the first working day on, each as long as its kind usually takes. Saturdays and
    Sundays are no working days; holidays are not known here."""
    dates, day = {}, first
    for stage in round.stage_list:
        opens = _working_day(day)
        closes = opens
        for _more in range(stage.what.working_days - 1):
            closes = _working_day(closes + timedelta(1))
        dates[stage.code] = (_at(opens, OPENS), _at(closes, CLOSES))
        day = closes + timedelta(1)
    return dates


def _working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day if day.weekday() <= FRIDAY else day + timedelta(7 - day.weekday())


def _at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


def first_day() -> date:
    """The Monday from which a round that is prepared today might run."""
    day = timezone.localdate() + timedelta(DAYS_AHEAD)
    return day + timedelta(-day.weekday() % 7)


def team(round: Round, by: Employee) -> QuerySet[Employee]:
    """Who might be taken into the team: not whoever acts, heads a unit, sets the round up or can be proposed; those
    of the office's last teams first, then by grade."""
    others = round.electorate().filter(classification="", headed_units=None, committee_seats=None, is_superuser=False)
    free = others.exclude(pk__in=round.members.values("employee")).exclude(pk=by.pk)
    rounds = Round.objects.real().filter(scope=round.scope)
    before = Member.objects.filter(round__in=rounds, role__in=[Member.Role.CHAIR, Member.Role.ASSESSOR])
    known = Q(pk__in=before.values("employee"))
    grades = Case(*(When(grade=grade, then=place) for place, grade in enumerate(RANKS, 1)), default=0)
    sorted_people = free.annotate(known=known, height=grades).order_by("-known", "-height", "name", "pk")
    return sorted_people.select_related("unit")[:PEOPLE]
