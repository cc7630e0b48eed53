"""The demo's own time: a round that began weeks ago is played today, with the dates that it would have."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count
from unittest import mock

from django.utils import timezone

ROMAN = ["I", "II", "III", "IV"]


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within it, it is that moment, and some seconds later each time somebody asks. Only for a command that runs alone
    in its process."""
    ticks = count()
    with mock.patch.object(timezone, "now", side_effect=lambda: moment + timedelta(seconds=7 * next(ticks))):
        yield


def moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def quarter(day: date) -> str:
    """ "Triwulan IV 2026"."""
    return f"Triwulan {ROMAN[(day.month - 1) // 3]} {day.year}"


def quarter_days(day: date) -> tuple[date, date]:
    """Its first and its last day."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
