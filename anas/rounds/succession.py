"""The name, the dates and the period that come after those of a round: a quarter later, a year later. No database."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from django.utils import timezone

# How the parts of a year are called in the names of rounds, and how many months each has. In the office's language.
PARTS = {"triwulan": 3, "kuartal": 3, "caturwulan": 4, "semester": 6}
ROMAN = ["I", "II", "III", "IV"]
PART = re.compile(rf"\b({'|'.join(PARTS)})\s+(IV|I{{1,3}}|[1-4])\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
SATURDAY, WEEK = 5, 7

Schedule = dict[str, tuple[datetime | None, datetime | None]]
Period = tuple[date | None, date | None]


def months_of(name: str, period: Period) -> int:
    """("Triwulan IV 2026", …) → 3: how much later the next round of this name is, else by its period; else a year."""
    if found := PART.search(name):
        return PARTS[found[1].lower()]
    first, last = period
    if YEAR.search(name) or not (first and last):
        return 12
    return max(1, round((last - first).days / 30.4))


def next_name(name: str, steps: int = 1) -> str:
    """("Triwulan IV 2026", 1) → "Triwulan I 2027", ("2025", 1) → "2026"; empty where nothing in the name counts on."""
    if not YEAR.search(name):
        return ""
    found = PART.search(name)
    if not found:
        return _with_years(name, steps)
    a_year = 12 // PARTS[found[1].lower()]
    place = ROMAN.index(found[2].upper()) if found[2].upper() in ROMAN else int(found[2]) - 1
    later, part = divmod(place + steps, a_year)
    number = str(part + 1) if found[2].isdigit() else ROMAN[part]
    return _with_years(f"{name[: found.start(2)]}{number}{name[found.end(2) :]}", later)


def _with_years(name: str, later: int) -> str:
    return YEAR.sub(lambda year: str(int(year[0]) + later), name)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month stays one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def working_day(day: date) -> date:
    """The day itself, or the Monday after it. Holidays are for the office to know."""
    return day + timedelta(WEEK - day.weekday()) if day.weekday() >= SATURDAY else day


def first_day(schedule: Schedule) -> date | None:
    return min(_days(schedule), default=None)


def _days(schedule: Schedule) -> list[date]:
    return [timezone.localtime(moment).date() for moments in schedule.values() for moment in moments if moment]


def suggested_day(schedule: Schedule, months: int, today: date) -> date | None:
    """The first day of the next round: so many months later as often as it takes to lie ahead, and behind the last day
    of this one. On the same day of the week, so that weekends stay where they were between the days."""
    begin = first_day(schedule)
    if begin is None:
        return None
    latest, steps = max(today, *_days(schedule)), 1
    while (day := _same_weekday(begin, months_later(begin, months * steps))) <= latest:
        steps += 1
    return working_day(day)


def _same_weekday(begin: date, day: date) -> date:
    """The day nearest to this one that is so many whole weeks after the other."""
    return begin + timedelta(WEEK * round((day - begin).days / WEEK))


def steps_between(begin: date, day: date, months: int) -> int:
    """How many rounds later a round that begins on this day is: 1 for the next one."""
    passed = (day.year - begin.year) * 12 + day.month - begin.month + (day.day - begin.day) / 31
    return max(1, round(passed / months))


def moved(schedule: Schedule, to: date) -> Schedule:
    """The same spacing and times of day, the first day on `to`, each on a working day."""
    begin = first_day(schedule)
    if begin is None:
        return schedule
    return {code: _moved(*moments, to - begin) for code, moments in schedule.items()}


def _moved(opens: datetime | None, closes: datetime | None, by: timedelta) -> tuple[datetime | None, datetime | None]:
    new_opens, new_closes = (_later(moment, by) if moment else None for moment in (opens, closes))
    if new_opens and new_closes and new_closes <= new_opens:  # a weekend lay between them
        new_closes = _later(new_opens, closes - opens)
    return new_opens, new_closes


def _later(moment: datetime, by: timedelta) -> datetime:
    then = timezone.localtime(moment).replace(tzinfo=None) + by
    return timezone.make_aware(datetime.combine(working_day(then.date()), then.time()))
