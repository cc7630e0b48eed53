"""The name and the dates that come after those of a round."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from anas.rounds import succession


def at(year: int, month: int, day: int, hour: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour))


# Friday the 20th of November to Wednesday, and a stage a week later.
SCHEDULE = {
    "usulan": (at(2026, 11, 20, 8), at(2026, 11, 25, 16)),
    "tim": (at(2026, 11, 27, 8), at(2026, 12, 2, 16)),
    "polling": (None, None),
}


@pytest.mark.parametrize(
    "name, steps, following",
    [
        ("Triwulan IV 2026", 1, "Triwulan I 2027"),
        ("Triwulan II 2026", 1, "Triwulan III 2026"),
        ("Triwulan II 2026", 4, "Triwulan II 2027"),
        ("Penilaian triwulan 4 tahun 2026", 2, "Penilaian triwulan 2 tahun 2027"),
        ("Semester II 2026", 1, "Semester I 2027"),
        ("Caturwulan III 2026", 1, "Caturwulan I 2027"),
        ("2025", 1, "2026"),
        ("Tahun 2025/2026", 1, "Tahun 2026/2027"),
        ("Hari jadi kota", 1, ""),
        ("Triwulan IV", 1, ""),
    ],
)
def test_names_count_on(name, steps, following):
    assert succession.next_name(name, steps) == following


@pytest.mark.parametrize(
    "name, period, months",
    [
        ("Triwulan IV 2026", (None, None), 3),
        ("Semester I 2026", (None, None), 6),
        ("2025", (None, None), 12),
        ("Hari jadi", (date(2026, 1, 1), date(2026, 4, 30)), 4),
        ("Hari jadi", (None, None), 12),
    ],
)
def test_how_much_later_the_next_one_is(name, period, months):
    assert succession.months_of(name, period) == months


def test_the_last_day_of_a_month_stays_one():
    assert succession.months_later(date(2026, 9, 30), 3) == date(2026, 12, 31)
    assert succession.months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert succession.months_later(date(2026, 11, 15), 3) == date(2027, 2, 15)


@pytest.mark.parametrize(
    "today, day",
    [
        (date(2026, 11, 22), date(2027, 2, 19)),  # the same day of the week, a quarter later
        (date(2027, 3, 1), date(2027, 5, 21)),  # which has passed: another quarter later
    ],
)
def test_the_suggested_day_lies_ahead_and_on_the_same_day_of_the_week(today, day):
    assert succession.suggested_day(SCHEDULE, 3, today) == day


def test_the_suggested_day_lies_behind_the_last_day_of_the_round():
    assert succession.suggested_day({**SCHEDULE, "kepala": (None, at(2027, 2, 26, 16))}, 3, date(2026, 11, 22)) == date(
        2027, 5, 21
    )
    assert succession.suggested_day({"usulan": (None, None)}, 3, date(2026, 11, 22)) is None


def test_whole_weeks_later_everything_keeps_its_distance():
    assert succession.moved(SCHEDULE, date(2027, 2, 19)) == {
        "usulan": (at(2027, 2, 19, 8), at(2027, 2, 24, 16)),
        "tim": (at(2027, 2, 26, 8), at(2027, 3, 3, 16)),
        "polling": (None, None),
    }


def test_what_falls_on_a_weekend_is_moved_to_the_monday():
    assert succession.moved(SCHEDULE, date(2027, 2, 22))["usulan"] == (at(2027, 2, 22, 8), at(2027, 3, 1, 16))


def test_a_stage_of_one_weekend_still_ends_after_it_begins():
    short = {"usulan": (at(2026, 11, 19, 16), at(2026, 11, 20, 8))}

    assert succession.moved(short, date(2027, 2, 20)) == {"usulan": (at(2027, 2, 22, 16), at(2027, 2, 23, 8))}
