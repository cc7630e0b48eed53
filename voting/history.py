"""How the turnout grew, day by day, in steps too large to tell who.

No line of the roll has a time, so nobody can say afterwards who had voted by when; all there is, is a total that is
written down while the poll runs. Whoever first looks at the turnout on a day writes it (a page of the ballot box, the
meeting room's screen, `manage.py remind`), never whoever votes: casting a vote reads and writes nothing of it.

What the notes could tell, and why they do not:
- A single voter: a total is rounded down to whole steps of TURNOUT_STEP, and a day on which no further step was reached
  is not written at all, so between two notes lie between one and nine votes, and nobody can say which. The exact total
  of the moment is on the page anyway, for everybody, and whoever writes that down each hour knows more than this.
- Small polls: with fewer than TURNOUT_MINIMUM_UNIT voters on the roll nothing is written. By unit nothing is, ever.
- The kiosk: a card opens the ballot alone, whose pages do not look at the turnout. A day at which many voted there
  shows as a day at which many voted.
- A copy of the database taken while the poll runs says who has voted by then; the notes in it say how many had on the
  days before, not who of them. On PostgreSQL the transaction number of a note, which has a day, lies between those of
  the votes before and after it, as does that of every entry of the audit trail, to the second: the close of the box
  writes roll and envelopes anew and wipes the old versions (`voting.box`).
- The last note is that of the close, when the number of envelopes is published exactly.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from voting.models import Poll, TurnoutDay
from voting.turnout import Turnout, overall

WIDTH, HEIGHT = 300, 120  # units of the picture
MOST_DAYS = 60  # so many of the last ones fit in
LABELS = 5


@dataclass(frozen=True)
class Bar:
    """One day in the picture: how many had voted, rounded down, None on days to come; place and size of its bar;
    `middle` for what is written below it, which only some days bear."""

    day: date
    voted: int | None
    x: float
    y: float
    width: float
    height: float
    middle: float
    is_labelled: bool


@dataclass(frozen=True)
class History:
    """The turnout by day as a picture. `rows`: the days on which a further step was reached, for the table beside it.
    `quorum_y` and `deadline_x`: where their marks stand, None without one."""

    bars: list[Bar]
    rows: list[TurnoutDay]
    voters: int
    quorum: str
    quorum_y: float | None
    deadline_x: float | None
    step: int
    width: int = WIDTH
    height: int = HEIGHT


def begin(poll: Poll, voters: int) -> None:
    """The first note: nobody, on the day on which the box is opened."""
    if voters >= settings.TURNOUT_MINIMUM_UNIT:
        TurnoutDay.objects.create(poll=poll, day=timezone.localdate(), voted=0)


def note(poll: Poll, now: Turnout | None = None) -> list[TurnoutDay]:
    """All notes of the poll, with a new one where it runs and today brought a further step. One query, and one more
    the first time on such a day. `now`: the turnout, where the caller has read it already."""
    known = list(poll.turnout_days.all())
    today = timezone.localdate()
    if not known or known[-1].day >= today or not (poll.is_started and poll.stage.is_open):
        return known
    new = TurnoutDay(poll=poll, day=today, voted=_whole_steps((now or overall(poll)).voted))
    if new.voted <= known[-1].voted:
        return known
    TurnoutDay.objects.bulk_create([new], ignore_conflicts=True)  # of two who look at once the first counts
    return [*known, new]


def end(poll: Poll, voted: int) -> None:
    """The last note, of the close."""
    if poll.turnout_days.exists():
        whole = {"voted": _whole_steps(voted)}
        TurnoutDay.objects.update_or_create(poll=poll, day=timezone.localdate(), defaults=whole)


def _whole_steps(voted: int) -> int:
    return voted - voted % settings.TURNOUT_STEP


def picture(poll: Poll, now: Turnout) -> History | None:
    """None where nothing is noted: the poll has not been opened, or too few are on its roll."""
    notes = note(poll, now)
    if not notes:
        return None
    days, deadline = _days(poll, notes)
    room, quorum = WIDTH / len(days), poll.round.scheme.quorum
    return History(
        bars=_bars(days, notes, room, now.voters),
        rows=notes,
        voters=now.voters,
        quorum=f"{quorum.normalize():f}" if quorum else "",
        quorum_y=round(HEIGHT * (1 - float(quorum) / 100), 2) if quorum else None,
        deadline_x=round((days.index(deadline) + 1) * room, 2) if deadline in days else None,
        step=settings.TURNOUT_STEP,
    )


def _days(poll: Poll, notes: list[TurnoutDay]) -> tuple[list[date], date | None]:
    """From the opening to the deadline, or to today or the close where that is later; and the day of the deadline."""
    closes_at = poll.stage.closes_at
    deadline = timezone.localdate(closes_at) if closes_at else None
    first, last = notes[0].day, notes[-1].day
    if poll.stage.is_open:
        last = max(last, timezone.localdate(), deadline or last)
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    return days[-MOST_DAYS:], deadline


def _bars(days: list[date], notes: list[TurnoutDay], room: float, voters: int) -> list[Bar]:
    """Of a day without a note the bar is as high as that of the day before."""
    today, found = timezone.localdate(), []
    every = -(-len(days) // LABELS)
    for place, day in enumerate(days):
        voted = None if day > today else max((item.voted for item in notes if item.day <= day), default=0)
        tall = round(HEIGHT * (voted or 0) / voters, 2)
        x, width = round((place + 0.15) * room, 2), round(0.7 * room, 2)
        middle, is_labelled = round((place + 0.5) * room, 2), place % every == 0
        found.append(Bar(day, voted, x, round(HEIGHT - tall, 2), width, tall, middle, is_labelled))
    return found
