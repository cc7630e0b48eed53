"""Official Indonesian. What is in words is read back by a reader of its own."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anas.documents import words

SMALL = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
DIGITS = {word: digit for digit, word in enumerate(SMALL)}
LARGE = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(text: str) -> int:
    """A number from its words: a group below a thousand grows until a large word closes it."""
    total = group = last = 0
    for word in text.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split():
        if word in LARGE:
            total, group, last = total + (group + last) * LARGE[word], 0, 0
        elif word == "ratus":
            group, last = group + last * 100, 0
        elif word == "puluh":
            group, last = group + last * 10, 0
        elif word == "belas":
            last += 10
        else:
            last = DIGITS[word]
    return total + group + last


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_number_in_words_reads_as_that_number(number):
    assert read(words.in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (101, "seratus satu"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2026, "dua ribu dua puluh enam"),
        (1_000_000, "satu juta"),
        (21_000, "dua puluh satu ribu"),
    ],
)
def test_numbers_are_said_as_people_say_them(number, text):
    assert words.in_words(number) == text


@pytest.mark.parametrize("number", [-1, 10**15])
def test_what_cannot_be_said_is_refused(number):
    with pytest.raises(ValueError, match="is not from 0"):
        words.in_words(number)


@given(st.integers(min_value=0, max_value=10000))
def test_a_score_in_words_keeps_both_decimals(hundredths):
    whole, decimals = words.score_in_words(Decimal(hundredths) / 100).split(" koma ")

    assert read(whole) * 100 + int("".join(str(DIGITS[word]) for word in decimals.split())) == hundredths


def test_a_score_is_written_with_a_comma_and_said_digit_by_digit():
    assert words.score(Decimal("66.93")) == "66,93"
    assert words.score_in_words(Decimal("66.93")) == "enam puluh enam koma sembilan tiga"
    assert words.score_in_words(Decimal("90")) == "sembilan puluh koma nol nol"


def test_a_day_plain_and_in_words():
    day = date(2026, 11, 22)

    assert words.day(day) == "22 November 2026"
    assert words.day_in_words(day) == (
        "hari Minggu, tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"
    )


@given(st.dates())
def test_every_day_of_the_week_falls_on_its_date(day):
    names = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]

    assert words.day_in_words(day).split(",")[0] == f"hari {names[day.isoweekday() - 1]}"


def test_the_dicta_are_counted():
    assert [words.ordinal(number) for number in (1, 2, 3, 11)] == ["KESATU", "KEDUA", "KETIGA", "KESEBELAS"]


def test_a_number_is_filled_in():
    template = "188/{nomor}/{kode}/{bulan}/{bulan_romawi}/{tahun}"

    assert words.fill_number(template, number=19, code="DPMPTSP", when=date(2026, 4, 1)) == "188/19/DPMPTSP/04/IV/2026"


@pytest.mark.parametrize("template", ["188/{nomor}/{kode}/{tahun}", "{nomor}", "{kode}-{nomor}"])
@given(number=st.integers(min_value=1, max_value=999_999))
def test_a_number_that_was_filled_in_can_be_read_back(template, number):
    filled = words.fill_number(template, number=number, code="DINKES", when=date(2026, 1, 2))

    assert words.read_number(template, filled) == number


def test_a_number_of_another_form_has_no_running_number():
    assert words.read_number("188/{nomor}/{kode}/{tahun}", "43 TAHUN 2021") is None
    assert words.read_number("188/TETAP", "188/TETAP") is None


def test_a_field_that_there_is_none_of_is_named_and_does_nothing():
    template = "{nomor}/{0.__class__}/{rahasia}"

    assert words.unknown_fields(template) == ["rahasia"]
    assert words.fill_number(template, number=1, code="A", when=date(2026, 1, 2)) == "1/{0.__class__}/{rahasia}"


def test_a_personal_number_is_written_in_its_groups():
    assert words.personal_number("198001012005011001") == "19800101 200501 1 001"
    assert words.personal_number("THL-17") == "THL-17"


def test_a_title_breaks_into_lines_of_about_one_length():
    assert words.balanced("KEPALA DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU KOTA BATU", 60) == [
        "KEPALA DINAS PENANAMAN MODAL DAN",
        "PELAYANAN TERPADU SATU PINTU KOTA BATU",
    ]


@given(st.text(alphabet="AB ", max_size=80), st.integers(min_value=1, max_value=60))
def test_breaking_a_title_loses_no_word(text, limit):
    assert " ".join(words.balanced(text, limit)).split() == text.split()


def test_names_in_the_middle_of_a_sentence():
    assert words.lowered("Petugas Pelayanan Terbaik PNS") == "petugas pelayanan terbaik PNS"
    assert words.enumeration(["a", "b", "c"]) == "a, b, dan c"
    assert words.enumeration(["a", "b"]) == "a dan b"
    assert words.enumeration(["a"]) == "a"
