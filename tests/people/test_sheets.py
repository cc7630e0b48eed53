"""Files that somebody sends as a list of people: read, or refused in words."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from anas.people import columns, sheets
from anas.refused import Refused
from tests.people.lists import HANIF, HEAD, NIP, as_csv, as_xlsx


def cells(content: bytes) -> list[list[str]]:
    sheet = sheets.read(content)
    return [sheet.heads, *(row.cells[: len(sheet.heads)] for row in sheet.rows)]


ACCENTED = ["nip", "nama", "unit"], [NIP, "Renée Müller", "Bidang Data"]
TEXT = f"nip;nama;unit\r\n{NIP};Renée Müller;Bidang Data\r\n"


@pytest.mark.parametrize(
    "content",
    [
        as_csv(*ACCENTED),
        as_csv(*ACCENTED, separator=";"),
        as_csv(*ACCENTED, separator="\t"),
        b"\xef\xbb\xbf" + as_csv(*ACCENTED),
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.replace("\r\n", "\r").encode(),
        b"\n;;\n" + TEXT.encode() + b";;\n\n",
        b"Daftar pegawai, Dinas Pemerintah, 2026\n\n" + TEXT.encode(),
        as_xlsx(*ACCENTED),
        as_xlsx(["DAFTAR PEGAWAI"], [], *ACCENTED),
        as_xlsx(["DAFTAR PEGAWAI"], *ACCENTED, merged="A1:C1"),
        as_xlsx([" nip ", "na\nma".replace("\n", ""), "unit"], [f" {NIP}", "Renée \n Müller", "Bidang  Data", None]),
    ],
)
def test_the_same_table_is_read_from_every_kind_of_file(content):
    assert cells(content) == [list(row) for row in ACCENTED]


def test_rows_know_their_line():
    csv = b'nip,nama\n\n1,"Hanif\nRamadhan"\n2,Yuni\n'
    xlsx = as_xlsx(["Daftar"], HEAD, [], HANIF)

    assert [row.line for row in sheets.read(csv).rows] == [3, 5]
    assert [row.line for row in sheets.read(xlsx).rows] == [4]


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose sheet says this."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(as_xlsx(HEAD, HANIF))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


def sheet_of(rows: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_sheet(f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>".encode())


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(12)
)
WRONG = {
    "nothing": b"",
    "blanks": b" \n\n ,,, \n",
    "only a head": as_csv(HEAD),
    "only a head, XLSX": as_xlsx(HEAD),
    "an empty workbook": as_xlsx(),
    "too large": as_csv(HEAD) + b"x" * (sheets.MEGABYTES * 1024 * 1024),
    "too many rows": b"nip,nama\n" + b"1,x\n" * (sheets.ROWS + 1),
    "too many columns": as_csv(["nip", "nama", *"x" * 200], ["1"]),
    "too many columns, XLSX": as_xlsx(["nip", "nama", *"x" * 200], ["1"]),
    "no text": b"\x89PNG\r\n\x1a\n\0\0",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "no signs of Windows": b"nip,nama\n1,\x81\x8d\n",
    "an open quotation mark": b'nip,nama\n1,"Hanif\n2,Yuni\n',
    "an endless cell": b"nip,nama\n1," + b"x" * 200_000,
    "no archive": b"PK\x03\x04 nonsense",
    "half an archive": as_xlsx(HEAD, HANIF)[:900],
    "another archive": archive(**{"readme.txt": b"hello"}),
    "a bomb": archive(**{"xl/worksheets/sheet1.xml": b"0" * (61 * 1024 * 1024)}),
    "a thousand parts": archive(**{f"part{n}": b"" for n in range(1000)}),
    "entities": with_sheet(LAUGHS + b"]><worksheet>&m;</worksheet>"),
    "no XML": with_sheet(b"nonsense"),
    "a row far below": sheet_of('<row r="999999999999"><c r="A1"><v>1</v></c></row>'),
    "a row that is none": sheet_of('<row r="x"><c r="A1"><v>1</v></c></row>'),
    "a column that is none": sheet_of('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'),
    "a text that is none": sheet_of('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
    "merged everywhere": as_xlsx(HEAD, HANIF).replace(b"", b"")
    and with_sheet(
        b"<worksheet><sheetData/><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 300 + b"</mergeCells></worksheet>"
    ),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
def test_wrong_files_are_refused_in_words(content):
    with pytest.raises(Refused) as refused:
        sheets.read(content)

    assert len(refused.value.reasons) == 1
    assert len(refused.value.reasons[0]) > 20


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(Refused, match="far more"):
        sheets.read(WRONG["a bomb"])


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_beyond_it():
    size, said = 61 * 1024 * 1024, 1000
    bomb = WRONG["a bomb"].replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))
    with zipfile.ZipFile(BytesIO(bomb)) as archive:
        assert [part.file_size for part in archive.infolist()] == [said]

    with pytest.raises(Refused):
        sheets.read(bomb)


def test_formulas_and_errors_of_the_spreadsheet_are_marked():
    row = sheets.read(as_xlsx(HEAD, [NIP, '=A2&"x"', "#N/A"])).rows[0]

    assert list(row.broken) == [1, 2]


def test_merged_cells_are_marked_below_the_head_alone():
    rows = sheets.read(as_xlsx(HEAD, HANIF, ["2", "Yuni", "Bidang Data"], ["3", "Yusuf", "x"], merged="C2:C3")).rows

    assert [list(row.broken) for row in rows] == [[2], [2], []]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (198001012005011001, "1.98001E+17"),  # as every spreadsheet keeps it
        (1.98001012005011e17, "1.98001E+17"),
        (True, "True"),
        (None, ""),
    ],
)
def test_values_of_a_workbook_become_text(value, text):
    assert sheets.read(as_xlsx(["nip", "nama"], [value, "x"])).rows[0].cells[0] == text


def test_the_first_sheet_counts():
    book, out = Workbook(), BytesIO()
    book.active.append(HEAD)
    book.active.append(HANIF)
    book.create_sheet("Lain").append(["x"])
    book.save(out)

    assert cells(out.getvalue()) == [HEAD, HANIF]


@pytest.mark.parametrize(
    "heads",
    [
        "nip nama unit jabatan golongan pangkat status klasifikasi email gelar_depan gelar_belakang",
        "nipBaru nama unorNama jabatanNama golRuangAkhir pangkatAkhir jenisPegawaiNama",
        "Nip_Baru Namapns Nama_Unor Nama_Jabatan Golru Pangkat Jenis_ASN",
        "Employee_number Name Unit Position Grade Rank Status Classification E-mail",
    ],
)
def test_columns_are_recognised_by_their_names(heads):
    fields = "number name unit position grade rank status classification email title_before title_after"
    found = columns.matched([head.replace("_", " ") for head in heads.split()])

    assert found == dict(zip(fields.split(), range(len(heads.split())), strict=False))


def test_of_two_columns_of_one_name_the_first_counts_and_unknown_ones_are_left_out():
    assert columns.matched(["no", "nip", "nama", "NIP", "eselon", "nik", "is_superuser", "peran"]) == {
        "number": 1,
        "name": 2,
    }


@pytest.mark.parametrize(
    "text", ["", "x", "=1+1", "-", "+62", "@x", "'=1", "''=1", "'x", "x=1", "O'Neil", "\n=1", "＝1", "＠x"]
)
def test_what_is_made_harmless_comes_back(text):
    assert columns.as_meant(columns.harmless(text)) == text
    assert not columns.harmless(text).startswith(("=", "+", "-", "@", "\n", "＝", "＠"))


@pytest.mark.parametrize(
    ("text", "grade"), [("iii b", "III/b"), ("III/B", "III/b"), ("IVe", "IV/e"), ("ix", "IX"), ("3b", "3b")]
)
def test_grades_are_read_as_they_are_written(text, grade):
    assert columns.grade_of(text) == grade
