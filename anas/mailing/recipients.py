"""Whom a notice concerns, and what it asks of him."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from anas.mailing.models import Notice
from anas.people.models import Deputy, Employee, Unit
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from anas.rounds.stage import Task
from nominations.models import Proposal
from voting.models import Poll

Occasion = Notice.Occasion


def with_address(people: QuerySet[Employee]) -> QuerySet[Employee]:
    return people.filter(is_active=True).exclude(email="").order_by("pk")


def recipients(notice: Notice) -> list[Employee]:
    """Who is told, of those who have an e-mail address. Not for a reminder to vote: see `not_voted`.

    When a poll opens everybody on the roll is told, whoever has voted meanwhile too: so the rows of it say nothing.
    """
    if notice.occasion == Occasion.ANNOUNCEMENT:
        return list(with_address(_office(notice.round)))
    if notice.occasion == Occasion.OPENING and _is_told_again(notice):
        return []
    if notice.occasion == Occasion.OPENING and (poll := _started_poll(notice.stage)):
        return list(with_address(Employee.objects.filter(votes_cast__poll=poll)))
    people = with_address(_with_a_part(notice.round))
    if notice.occasion == Occasion.RETURN:
        people = people.filter(pk__in=_acting_for(_returned(notice)))
    return [person for person in people.distinct() if tasks_of(notice, person)]


def tasks_of(notice: Notice, person: Employee) -> list[Task]:
    """What the notice asks the person to do, in the language of the moment; empty where there is nothing (any more).
    For an open poll it is the same for everybody, and does not ask who has voted."""
    stage = notice.stage
    if stage is None or stage.round.current_stage != stage:
        return []
    if _started_poll(stage):
        return [] if stage.reason_not_accepting() else [stage.what.call(stage)]
    return stage.what.tasks(stage, person, rules.roles_in(person, stage.round))


def not_voted(stage: Stage) -> tuple[QuerySet[Employee], int]:
    """Who is on the roll, has an address and has not voted; and how many there are who have an address at all."""
    roll = with_address(Employee.objects.filter(votes_cast__poll__stage=stage))
    waiting = Employee.objects.filter(
        votes_cast__poll__stage=stage, votes_cast__has_voted=False, votes_cast__poll__is_started=True
    )
    return with_address(waiting), roll.count()


def _started_poll(stage: Stage | None) -> Poll | None:
    if stage is None or stage.kind != "poll":
        return None
    return Poll.objects.filter(stage=stage, is_started=True).first()


def _is_told_again(notice: Notice) -> bool:
    """Whether the stage has been opened once more before anybody was told of the first time."""
    later = Notice.objects.filter(stage=notice.stage, occasion=Occasion.OPENING, pk__gt=notice.pk)
    return later.exists()


def _office(round: Round) -> QuerySet[Employee]:
    """Everybody in service in the office, and whoever has a role in the round."""
    return Employee.objects.filter(Q(unit__path__startswith=round.scope.path) | Q(memberships__round=round)).distinct()


def _with_a_part(round: Round) -> QuerySet[Employee]:
    """Who may have a task of his own in a stage: team, heads and today's deputies, keyholders."""
    units = Unit.objects.filter(Q(pk=round.scope_id) | Q(parent=round.scope_id))
    return Employee.objects.filter(
        Q(memberships__round=round) | Q(pk__in=_acting_for(units)) | Q(key_shares__poll__stage__round=round)
    )


def _acting_for(units: QuerySet[Unit]) -> list[int]:
    """Keys of the heads of these units, and of those who act for them today."""
    today = timezone.localdate()
    deputies = Deputy.objects.filter(unit__in=units, starts__lte=today, ends__gte=today)
    return [*units.exclude(head=None).values_list("head", flat=True), *deputies.values_list("employee", flat=True)]


def _returned(notice: Notice) -> QuerySet[Unit]:
    proposals = Proposal.objects.filter(stage=notice.stage, state=Proposal.State.RETURNED)
    return Unit.objects.filter(pk__in=proposals.values("unit"), name=notice.subject)
