"""The columns of a list of people, as files call them and as they stand in it (FORMATS section 5). No database."""

import re
from collections.abc import Mapping, Sequence

from anas.people.models import Employee

Columns = Mapping[str, tuple[str, str]]

# What each field is called in a file that we write, and what it is called elsewhere: by SIASN, by BKN, in English.
COLUMNS = {
    "number": ("nip", "nipbaru nippppk nomorpegawai nomorinduk number employeenumber"),
    "name": ("nama", "namapns namapegawai namalengkap name fullname namewithouttitles"),
    "title_before": ("gelar_depan", "titlebefore titlesbefore titlesbeforethename"),
    "title_after": ("gelar_belakang", "titleafter titlesafter titlesafterthename"),
    "unit": ("unit", "unornama namaunor unor unitkerja namaunit bidang workunit"),
    "position": ("jabatan", "jabatannama namajabatan position jobtitle"),
    "rank": ("pangkat", "pangkatakhir rank"),
    "grade": ("golongan", "golruangakhir golru golruang gol grade"),
    "status": ("status", "jenispegawainama jenispegawai jenisasn statuspegawai statuskepegawaian"),
    "classification": ("klasifikasi", "classification"),
    "email": ("email", "surel alamatemail emailaddress"),
    "in_unit_since": ("sejak", "tmtunit tmtunor sejakdiunit diunitsejak intheunitsince"),
}
NEEDED = ("number", "name")

# Data, Indonesian by itself.
STATUS_NAMES = {
    Employee.Status.PNS: "PNS",
    Employee.Status.CPNS: "CPNS",
    Employee.Status.PPPK: "PPPK",
    Employee.Status.PPPK_PART_TIME: "PPPK Paruh Waktu",
    Employee.Status.NON_ASN: "Non-ASN",
}
STATUS_WORDS = {
    Employee.Status.PNS: "pns pegawainegerisipil",
    Employee.Status.CPNS: "cpns calonpns calonpegawainegerisipil",
    Employee.Status.PPPK: "pppk p3k pegawaipemerintahdenganperjanjiankerja",
    Employee.Status.PPPK_PART_TIME: "pppkpw pppkparuhwaktu p3kparuhwaktu pppkparttime",
    Employee.Status.NON_ASN: "nonasn tenaganonasn honorer tenagahonorer",
}
GRADE = re.compile(r"([IVX]+)\s*[/.]?\s*([A-E]?)", re.IGNORECASE)

# A cell that begins so is a formula to a spreadsheet, to some in full width too; an apostrophe before it makes it a
# text.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")


def squeezed(text: str) -> str:
    """One blank where there were several, or signs that cannot be printed."""
    return BLANKS.sub(" ", text).strip()


def plain(text: str) -> str:
    """What a name is recognised by: "Nip Baru", "nipBaru" and "NIP_BARU" are one."""
    return "".join(filter(str.isalnum, text.lower()))


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def as_meant(cell: str) -> str:
    """The text that `harmless` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def field_of(head: str, columns: Columns = COLUMNS) -> str | None:
    known = plain(head)
    return next((field for field, (own, other) in columns.items() if known in [plain(own), *other.split()]), None)


def matched(heads: Sequence[str], columns: Columns = COLUMNS) -> dict[str, int]:
    """Which column has which field, as far as the heads say. Of two that say the same, the first."""
    found: dict[str, int] = {}
    for index, head in enumerate(heads):
        if field := field_of(head, columns):
            found.setdefault(field, index)
    return found


def status_of(text: str) -> str | None:
    """ "PPPK Paruh Waktu" → "pppk-pw"; None for what is no status."""
    return next((status.value for status, words in STATUS_WORDS.items() if plain(text) in words.split()), None)


def grade_of(text: str) -> str:
    """ "iii b" → "III/b"; what is no grade stays as it is."""
    if found := GRADE.fullmatch(text):
        return "/".join(filter(None, [found[1].upper(), found[2].lower()]))
    return text
