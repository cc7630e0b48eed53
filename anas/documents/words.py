"""Official Indonesian for documents, whatever the language of the interface. Pure functions, no database."""

import re
import textwrap
from datetime import date, datetime
from decimal import Decimal

DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
ROMAN_MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
SMALL = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
]  # fmt: skip
# From large to small; "satu ribu" is never said, "satu juta" always.
SCALES = [(10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh")]
NUMBER_FIELD = re.compile(r"\{(\w+)\}")
NUMBER_FIELDS = ("nomor", "kode", "tahun", "bulan", "bulan_romawi")


def in_words(number: int) -> str:
    """Terbilang: 2026 → "dua ribu dua puluh enam". From 0 up to below 10¹⁵; raises ValueError outside of that."""
    if not 0 <= number < 10**15:
        raise ValueError(f"{number} is not from 0 to below 10^15")
    if number < 12:
        return SMALL[number]
    if number < 20:
        return f"{SMALL[number - 10]} belas"
    size, name = next((size, name) for size, name in SCALES if number >= size)
    count, rest = divmod(number, size)
    head = f"se{name}" if count == 1 and size <= 1000 else f"{in_words(count)} {name}"
    return f"{head} {in_words(rest)}" if rest else head


def score_in_words(score: Decimal) -> str:
    """A score with its two decimals, read digit by digit: 66.93 → "enam puluh enam koma sembilan tiga"."""
    whole, _point, decimals = f"{score:.2f}".partition(".")
    return f"{in_words(int(whole))} koma {' '.join(SMALL[int(digit)] for digit in decimals)}"


def score(value: Decimal) -> str:
    """66.93 → "66,93"."""
    return f"{value:.2f}".replace(".", ",")


def ordinal(number: int) -> str:
    """1 → "KESATU", 2 → "KEDUA": how the dicta of a decree are counted."""
    return f"KE{in_words(number)}".upper()


def day(value: date) -> str:
    """ "22 November 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def day_in_words(value: date) -> str:
    """ "hari Minggu, tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam", as minutes begin."""
    return (
        f"hari {DAYS[value.weekday()]}, tanggal {in_words(value.day)} bulan {MONTHS[value.month - 1]}"
        f" tahun {in_words(value.year)}"
    )


def moment(at: datetime) -> str:
    """ "22 November 2026 pukul 14.03 WIB", in the time zone that the moment bears."""
    return f"{day(at.date())} pukul {at:%H.%M %Z}"


def counted(number: int) -> str:
    """ "84 (delapan puluh empat)": a number that nobody can change with a pen."""
    return f"{number} ({in_words(number)})"


def fill_number(template: str, *, number: int | str, code: str, when: date) -> str:
    """("188/{nomor}/{kode}/{tahun}", 19, "DPMPTSP") → "188/19/DPMPTSP/2026". An unknown field stays as it stands."""
    values = {
        "nomor": str(number),
        "kode": code,
        "tahun": str(when.year),
        "bulan": f"{when.month:02d}",
        "bulan_romawi": ROMAN_MONTHS[when.month - 1],
    }
    return fill(template, values)


def fill(template: str, values: dict[str, str]) -> str:
    """("Penetapan {penghargaan}", {"penghargaan": "ANAS"}) → "Penetapan ANAS". An unknown field stays as it stands."""
    return NUMBER_FIELD.sub(lambda found: values.get(found[1], found[0]), template)


def read_number(template: str, number: str) -> int | None:
    """The running number that stands in a number made by the template, or None for a number of another form."""
    pattern, end, seen = "", 0, False
    for found in NUMBER_FIELD.finditer(template):
        is_number = found[1] == "nomor" and not seen
        pattern += re.escape(template[end : found.start()]) + (r"(\d{1,9})" if is_number else ".+?")
        end, seen = found.end(), seen or is_number
    found = re.fullmatch(pattern + re.escape(template[end:]), number) if seen else None
    return int(found[1]) if found else None


def unknown_fields(template: str, known: tuple[str, ...] = NUMBER_FIELDS) -> list[str]:
    """The fields of a template that there are none of."""
    return [name for name in NUMBER_FIELD.findall(template) if name not in known]


def personal_number(number: str) -> str:
    """An NIP as it is written in official papers: "19800101 200501 1 001". Other numbers as they stand."""
    if len(number) == 18 and number.isdigit():
        return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    return number


def lowered(text: str) -> str:
    """A name for the middle of a sentence: "Penilaian Tim" → "penilaian tim"; abbreviations such as "PNS" stay."""
    return " ".join(word if word.isupper() else word.lower() for word in text.split())


def enumeration(items: list[str]) -> str:
    """["a", "b", "c"] → "a, b, dan c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{items[0]} dan {items[1]}" if len(items) == 2 else f"{', '.join(items[:-1])}, dan {items[-1]}"


def balanced(text: str, limit: int) -> list[str]:
    """The text in as few lines of at most `limit` letters as it needs, all about equally long: for centred titles."""

    def lines(width: int) -> list[str]:
        return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)

    while limit > 1 and len(lines(limit - 1)) == len(lines(limit)):
        limit -= 1
    return lines(limit)
