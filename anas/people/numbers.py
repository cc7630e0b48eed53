"""The personal numbers of people in service. Pure functions, no database. All numbers are text.

NIP: date of birth, year and month of appointment, sex, three digits. NI PPPK: date of birth, year of the first
appointment, two digits that need not be a month, sex, three digits. Neither has a check digit. A fault is why a number
cannot be; a doubt is why somebody should look at it again.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

NIK = re.compile(r"[0-9]{16}")
BLANKS = re.compile(r"\s+")
SHORTENED = re.compile(r"\d+([.,]\d+E\+?|E\+)\d+", re.IGNORECASE)  # what a spreadsheet shows for 18 digits
ROUNDED = re.compile(r"[1-9]\d{14}000")  # what it keeps of them: fifteen
CIVIL, CONTRACT = ("pns", "cpns"), ("pppk", "pppk-pw")
YOUNGEST = 16  # years, at the appointment


def without_blanks(number: str) -> str:
    """ "19800101 200501 1 001" → "198001012005011001"."""
    return BLANKS.sub("", number)


def faults(number: str, status: str, today: date) -> Iterator[str]:
    """Why this cannot be the number of somebody with this status (a value of Employee.Status)."""
    if SHORTENED.fullmatch(number):
        yield _("A spreadsheet has shortened this number. Format its column as text, and enter all the digits.")
    elif status in CIVIL + CONTRACT:
        yield from _faults_of_18(number, status, today)
    else:
        yield from _own_faults(number)


def _faults_of_18(number: str, status: str, today: date) -> Iterator[str]:
    if not re.fullmatch(r"[0-9]{18}", number):
        yield _("A NIP or NI PPPK has 18 digits; here are %(count)s signs.") % {"count": len(number)}
        return
    if ROUNDED.fullmatch(number):
        yield _(
            "A spreadsheet has rounded this number: its last three digits are 000. Format its column as text, and "
            "enter all the digits."
        )
    born = _date(number[:8])
    if born is None or born >= today:
        yield _("The first eight digits have to be a date of birth; %(digits)s is none.") % {"digits": number[:8]}
    if status in CIVIL and not 1 <= int(number[12:14]) <= 12:
        yield _("Digits 13 and 14 have to be the month of appointment; %(digits)s is none.") % {"digits": number[12:14]}
    if int(number[8:12]) > today.year + 1:
        yield _("Digits 9 to 12 have to be the year of appointment; %(digits)s lies ahead.") % {"digits": number[8:12]}
    if number[14] not in "12":
        yield _("Digit 15 is 1 for a man or 2 for a woman; here it is %(digit)s.") % {"digit": number[14]}


def _own_faults(number: str) -> Iterator[str]:
    if NIK.fullmatch(number):
        yield _(
            "This looks like a NIK, which every list would show here. Use the office's own number; the NIK has a "
            "field of its own."
        )
    elif not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./-]{0,29}", number):
        yield _("The office's own number consists of letters, digits, dots, hyphens and slashes.")


def nik_faults(number: str) -> Iterator[str]:
    """Why this cannot be a NIK: six digits of a place, the date of birth (a woman's day has 40 added), four digits."""
    if not NIK.fullmatch(number):
        yield _("A NIK has 16 digits; here are %(count)s signs.") % {"count": len(number)}
        return
    if number[:2] == "00" or number[12:] == "0000":
        yield _("This is not a NIK: it begins or ends with zeros.")
    day, month, year = int(number[6:8]) % 40, number[8:10], int(number[10:12])
    centuries = [century for century in (1900, 2000) if _date(f"{century + year}{month}{day:02d}")]
    if not centuries or int(number[6:8]) > 71:
        yield _("Digits 7 to 12 have to be a date of birth; %(digits)s is none.") % {"digits": number[6:12]}


def doubts(number: str, status: str) -> Iterator[str]:
    """What is odd about a number without faults."""
    if status in CIVIL + CONTRACT:
        age = int(number[8:12]) - int(number[:4])
        if status in CIVIL:
            age -= number[12:14] < number[4:6]
        if age < YOUNGEST:
            yield _("By this number the appointment came at the age of %(age)s.") % {"age": age}
    elif re.fullmatch(r"[0-9]{18}", number):
        yield _("This number has 18 digits like a NIP. Is the status right?")


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
