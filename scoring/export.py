"""The recapitulation as a file for a spreadsheet."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from anas.people.columns import harmless
from anas.rounds.models import Round
from scoring.recap import Recap


def table(recap: Recap) -> Iterator[list[str | int | Decimal | None]]:
    """The head and one line per nominee: texts are harmless, numbers are numbers, None is an empty cell."""
    mark = f"{Round.MARK}: " if recap.round.is_rehearsal else ""
    yield [
        mark + _("Classification"),
        _("Rank"),
        _("Name"),
        _("Unit"),
        *(harmless(f"{stage}: {what}") for stage in recap.stages for what in (_("score"), _("points"))),
        _("Final score") if recap.is_final else _("Points so far"),
    ]
    for item, rows in recap.groups:
        for row in rows:
            rank = row.standing.rank if recap.is_final and row.standing else None
            words = [item.name, rank, row.nominee.name, row.nominee.unit.name]
            numbers = [some.get(stage.code) for stage in recap.stages for some in (row.scores, row.points)]
            yield [*(harmless(word) if isinstance(word, str) else word for word in words), *numbers, recap.total(row)]


def as_csv(recap: Recap) -> bytes:
    """UTF-8 with the mark that Excel looks for, commas between the cells, points in the numbers."""
    out = StringIO()
    csv.writer(out).writerows(table(recap))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(recap: Recap) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = _("Recap")
    for line in table(recap):
        sheet.append(line)
    for cells in sheet.columns:
        width = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(cells[0].column)].width = min(width + 2, 40)
        for cell in cells[1:]:
            cell.number_format = "0.00" if isinstance(cell.value, Decimal) else cell.number_format
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "D2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
