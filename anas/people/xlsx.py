"""Reading the first sheet of a workbook, without trusting it."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from anas.refused import Refused

UNPACKED_MEGABYTES, PARTS = 60, 500
MERGED, MERGED_AREA = 200, 50_000  # ranges, and cells in them
MERGED_CELLS = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
EXACT = 10**15  # from here on a spreadsheet rounds numbers

Line = tuple[int, list[str], dict[int, str]]


def rows(content: bytes, last_row: int, last_column: int) -> Iterator[Line]:
    """Number, cells and, by their place, why cells cannot be read, of every row of the first sheet. Raises Refused
    for a file that is no workbook, or unpacks to more than can be meant by it."""
    _check_sizes(content)
    try:
        yield from _rows(content, last_row, last_column)
    except Refused:
        raise
    except Exception:  # openpyxl raises whatever the broken part of the file leads to
        raise Refused(_("The file cannot be read as XLSX. Save it again as an Excel workbook (.xlsx).")) from None


def _check_sizes(content: bytes) -> None:
    """By the table of contents, before anything is unpacked; the unpacking stops at these sizes."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception:
        raise Refused(_("The file is damaged: it cannot be unpacked.")) from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_MEGABYTES * 1024 * 1024:
        raise Refused(_("The file unpacks to far more than a list of people takes. It has not been opened."))


def _rows(content: bytes, last_row: int, last_column: int) -> Iterator[Line]:
    # Formulas are wanted as such: what a spreadsheet last computed for them may be old, or missing.
    book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheet = book.worksheets[0]
    with ZipFile(BytesIO(content)) as archive:
        merged = _merged(archive.read(sheet._worksheet_path))  # openpyxl names the part nowhere else
    sheet.reset_dimensions()  # what a file says about its own size is often wrong
    for line, cells in enumerate(sheet.iter_rows(max_col=last_column + 1), 1):
        if line > last_row:
            raise Refused(_("The table reaches beyond row %(limit)s.") % {"limit": last_row})
        used = max((place for place, cell in enumerate(cells, 1) if cell.value is not None), default=0)
        values = [_text(cell.value) for cell in cells[:used]]
        yield line, values, _formulas(cells[:used]) | _merges(merged, line)


def _merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """First and last column, first and last row of the merged cells."""
    column = column_index_from_string
    found = [
        (column(left.decode()), column(right.decode()), int(top), int(bottom))
        for left, top, right, bottom in MERGED_CELLS.findall(xml)
    ]
    area = sum((right - left + 1) * (bottom - top + 1) for left, right, top, bottom in found)
    if len(found) > MERGED or area > MERGED_AREA:
        raise Refused(_("There are too many merged cells in the sheet. Unmerge them."))
    return found


def _merges(merged: list[tuple[int, int, int, int]], line: int) -> dict[int, str]:
    reason = _("Merged cells: unmerge them, and write the value into each row.")
    return {
        column - 1: reason
        for left, right, top, bottom in merged
        if top <= line <= bottom
        for column in range(left, right + 1)
    }


def _formulas(cells: tuple) -> dict[int, str]:
    return {
        place: _("A formula or an error of the spreadsheet: copy the column and paste it as values.")
        for place, cell in enumerate(cells)
        if cell.data_type in ("f", "e") and cell.value is not None
    }


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, float) and abs(value) >= EXACT:
        return f"{value:.5E}"  # as the spreadsheet shows it: 1.98001E+17
    return "" if value is None else str(value)
