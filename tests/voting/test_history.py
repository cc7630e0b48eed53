"""The turnout by day: written down outside of voting, in steps too large to tell who."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from anas.people.models import Employee
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from tests import cast
from voting import history, turnout
from voting.models import TurnoutDay, Voter


@pytest.fixture
def poll(round):
    return round.stage_of_kind("poll").poll


@pytest.fixture
def on(monkeypatch, poll):
    """Lets so many have voted on the day so many days after the opening."""

    def on(days: int, voted: int):
        first = Voter.objects.filter(poll=poll).order_by("pk").values_list("pk", flat=True)
        Voter.objects.filter(poll=poll).update(has_voted=False)
        Voter.objects.filter(pk__in=list(first)[:voted]).update(has_voted=True)
        opened = TurnoutDay.objects.earliest("day").day
        today, local = opened + timedelta(days), timezone.localtime
        monkeypatch.setattr(history.timezone, "localdate", lambda when=None: local(when).date() if when else today)

    return on


def notes() -> list[int]:
    return list(TurnoutDay.objects.values_list("voted", flat=True))


def test_a_total_is_noted_once_a_day_in_whole_steps_and_only_with_a_further_one(poll, on):
    for days, voted in ((0, 7), (1, 4), (2, 6), (2, 14), (3, 9), (5, 22)):
        on(days, voted)
        history.note(poll)

    assert notes() == [0, 5, 20]
    assert [item.day - TurnoutDay.objects.first().day for item in TurnoutDay.objects.all()] == [
        timedelta(days) for days in (0, 2, 5)
    ]


def test_whoever_looks_writes_and_a_second_look_reads_alone(office, poll, on, login, django_assert_num_queries):
    on(1, 12)
    client, page = login(office.ratna), f"/periode/{poll.round.pk}/kotak-suara/"
    client.get(page)

    with django_assert_num_queries(14):
        seen = client.get(page)

    assert notes() == [0, 10]
    assert [bar.voted for bar in seen.context["history"].bars[:2]] == [0, 10]
    on(2, 17)
    call_command("remind")
    assert notes() == [0, 10, 15]


def test_voting_notes_nothing(office, round, poll, on):
    on(1, 12)

    cast.vote(office, round, Employee.objects.filter(votes_cast__has_voted=False).first())

    assert notes() == [0]


def test_the_close_writes_the_last_note_and_then_nothing_is_noted_any_more(office, round, poll, on):
    for name in ("ratna", "siti", "agus", "ayu", "andi", "budi"):
        cast.vote(office, round, getattr(office, name))
    rounds.close_stage(cast.again(round), by=office.kartika)
    on(3, 20)
    history.note(cast.again(round).stage_of_kind("poll").poll)

    assert notes() == [5]


def test_a_small_poll_has_no_history(office, settings):
    settings.TURNOUT_MINIMUM_UNIT = 24  # one more than are on the roll
    poll = cast.play(office, to="polling", anew=True).stage_of_kind("poll").poll

    assert history.picture(poll, turnout.overall(poll)) is None
    assert notes() == []


def test_the_picture_shows_each_day_the_quorum_and_the_deadline(office, poll, on):
    poll.round.frozen_scheme = schemes.freeze(schemes.parse({**schemes.as_data(poll.round.scheme), "quorum": 50}))
    on(2, 23)

    shown = history.picture(poll, turnout.overall(poll))

    assert [bar.voted for bar in shown.bars] == [0, 0, 20, None, None, None, None, None]
    assert (shown.quorum, shown.quorum_y, shown.deadline_x) == ("50", 60.0, 300.0)
    assert shown.bars[2].height == round_(120 * 20 / 23)
    assert [row.voted for row in shown.rows] == [0, 20]


def round_(number: float) -> float:
    return round(number, 2)


def test_the_notes_know_no_voter_and_no_time():
    kinds = {field.name: field.get_internal_type() for field in TurnoutDay._meta.get_fields()}

    assert kinds == {"id": "BigAutoField", "poll": "ForeignKey", "day": "DateField", "voted": "PositiveIntegerField"}
