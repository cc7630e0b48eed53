"""Days as people and spreadsheets write them."""

from datetime import date

import pytest

from anas.people.days import day_of, months_before

SECOND = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, SECOND) for text in ("2026-11-02", "2026-11-2", "2026-11-02 00:00:00", "2/11/2026", "02.11.2026")),
        *((text, None) for text in ("", "2026-13-02", "31/02/2026", "02/11/26", "46328", "2 November", "2026-11-02x")),
    ],
)
def test_a_day_is_recognised(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 7, 31), 1, date(2026, 6, 30)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_months_are_counted_back(day, months, before):
    assert months_before(day, months) == before
