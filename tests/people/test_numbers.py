from datetime import date

import pytest

from anas.people import numbers

TODAY = date(2026, 11, 22)
GOOD_NIP = "198001012005011001"


def faults(number: str, status: str = "pns") -> int:
    return len(list(numbers.faults(number, status, TODAY)))


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (GOOD_NIP, "pns"),
        ("200002292025042003", "cpns"),  # born on a leap day
        ("198001012021211004", "pppk"),  # 21 is no month, and need not be
        ("198001012021991004", "pppk-pw"),
        ("THL-2019/014", "non-asn"),
        ("7", "non-asn"),
    ],
)
def test_good_numbers_have_no_fault(number, status):
    assert (faults(number, status), list(numbers.doubts(number, status))) == (0, [])


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("19800101200501100", "pns"),  # 17 digits
        ("1980010120050110011", "pns"),
        ("19800101200501100A", "pns"),
        ("١٩٨٠٠١٠١٢٠٠٥٠١١٠٠١", "pns"),  # digits, but not those of a NIP
        ("198002302005011001", "pns"),  # 30 February
        ("200102292025042003", "pns"),  # 2001 had no leap day
        ("198013012005011001", "pns"),
        ("202701012005011001", "pppk"),  # not born yet
        ("198001012005131001", "pns"),  # month 13
        ("198001012005001001", "pns"),
        ("198001012031011001", "pns"),  # appointed in 2031
        ("198001012005013001", "pns"),  # neither man nor woman
        ("198001012021210001", "pppk"),
        ("3579010101800001", "non-asn"),  # a NIK
        ("", "non-asn"),
        ("-7", "non-asn"),
        ("NA 7", "non-asn"),
        ("N" * 31, "non-asn"),
        ("1.98E+17", "pns"),
        ("1,98001E+17", "non-asn"),
        ("2E+17", "pns"),
        ("198001012005011000", "pns"),  # rounded to fifteen digits
    ],
)
def test_each_fault_is_found_once(number, status):
    assert faults(number, status) == 1


def test_several_faults_are_all_said():
    assert faults("198002302005133001") == 3


@pytest.mark.parametrize(
    ("number", "status", "doubts"),
    [
        ("199001012005121001", "pns", 1),  # appointed at 15
        ("199012012006111001", "pns", 1),  # at 15, a month before the birthday
        ("199012012006121001", "pns", 0),  # at 16
        ("199001012005211001", "pppk", 1),
        (GOOD_NIP, "non-asn", 1),  # looks like a NIP
    ],
)
def test_what_is_odd_is_a_doubt_and_no_fault(number, status, doubts):
    assert (faults(number, status), len(list(numbers.doubts(number, status)))) == (0, doubts)


def test_blanks_are_taken_out():
    assert numbers.without_blanks(" 19800101 200501\t1 001\n") == GOOD_NIP
