"""Days as people and spreadsheets write them. No database."""

import re
from datetime import date

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
INDONESIAN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


def day_of(text: str) -> date | None:
    """ "2026-11-02", "2026-11-02 00:00:00" (a day in a workbook), "2/11/2026", "02-11-2026" → the 2nd of November 2026;
    None for what is no day."""
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := INDONESIAN.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_before(day: date, months: int) -> date:
    """The day so many months before; at the end of a shorter month its last day."""
    years, month = divmod(day.month - 1 - months, 12)
    year = max(day.year + years, 1)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
