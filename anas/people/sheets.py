"""Reading a table that somebody sends, as CSV or as XLSX: every cell becomes text, every row knows its line."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _

from anas.people import xlsx
from anas.people.columns import COLUMNS as OF_PEOPLE
from anas.people.columns import NEEDED, Columns, as_meant, matched, squeezed
from anas.refused import Refused

MEGABYTES, ROWS, COLUMNS = 5, 20_000, 100
HEAD_WITHIN = 20  # rows: a title may stand above the head of the table
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Row:
    """`broken`: why a cell cannot be read, by its place."""

    line: int
    cells: list[str]
    broken: dict[int, str] = field(default_factory=dict)

    def cell(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    heads: list[str]
    rows: list[Row]


def read(content: bytes, columns: Columns = OF_PEOPLE, needed: Sequence[str] = NEEDED) -> Sheet:
    """The table below its head, which is the first row that names the needed columns, else the first row of all.
    Raises Refused for what is no table, too large, or cannot be read safely."""
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": MEGABYTES})
    lines = xlsx.rows(content, ROWS, COLUMNS) if content.startswith(b"PK") else _rows_of_csv(content, columns)
    rows = list(_filled(lines))
    place = next(
        (n for n, row in enumerate(rows[:HEAD_WITHIN]) if set(needed) <= matched(row.cells, columns).keys()), 0
    )
    if len(rows) < place + 2:
        raise Refused(_("There is nothing in the file below the names of the columns."))
    heads = rows[place].cells
    while heads and not heads[-1]:
        heads.pop()
    return Sheet(heads, rows[place + 1 :])


def _filled(lines: Iterable[xlsx.Line]) -> Iterator[Row]:
    """Without rows in which nothing stands. Raises Refused for too many rows or columns."""
    for line, raw, broken in lines:
        cells = [squeezed(as_meant(cell)) for cell in raw]
        if any(cells):
            if line > ROWS:
                raise Refused(_("The table reaches beyond row %(limit)s.") % {"limit": ROWS})
            if any(cells[COLUMNS:]):
                raise Refused(_("The table has more than %(limit)s columns.") % {"limit": COLUMNS})
            yield Row(line, cells, broken)


def _rows_of_csv(content: bytes, columns: Columns) -> Iterator[xlsx.Line]:
    text = _decoded(content)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text, columns), strict=True)
    last = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Refused(
                _("Line %(line)s cannot be read: a quotation mark is open or stands in the middle of a cell.")
                % {"line": last + 1}
            ) from None
        if cells is None:
            return
        yield last + 1, cells, {}
        last = reader.line_num


def _decoded(content: bytes) -> str:
    """UTF-8 with or without mark, else what Windows wrote."""
    if b"\0" in content:
        raise Refused(_("The file is neither CSV nor XLSX. In the spreadsheet, save it as “Excel workbook (.xlsx)”."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The signs of the file cannot be read. Save it as CSV in UTF-8, or as an Excel workbook."))


def _separator(text: str, columns: Columns) -> str:
    """The sign that parts the names of the columns: the one by which most are recognised, else the one found most."""
    beginning = text.splitlines()[:HEAD_WITHIN]

    def fits(sign: str) -> tuple[int, int]:
        return max(((len(matched(line.split(sign), columns)), line.count(sign)) for line in beginning), default=(0, 0))

    return max(SEPARATORS, key=fits)
