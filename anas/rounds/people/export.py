"""The people of an office as a file that can be imported again (FORMATS section 5)."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from anas.people.columns import COLUMNS, STATUS_NAMES, harmless
from anas.people.models import Employee, Unit

WIDTHS = {"number": 24, "name": 30, "unit": 32, "position": 32, "classification": 16, "email": 28}


def table(units: QuerySet[Unit]) -> Iterator[list[str]]:
    """The head, and a line for everybody in service in these units, in the order of the tree. A unit goes by its name,
    or by its code where several have that name."""
    yield [own for own, _others in COLUMNS.values()]
    called = Counter(name.lower() for unit in units for name in {unit.name, unit.code})
    people = Employee.objects.filter(is_active=True, unit__in=units).select_related("unit")
    for employee in people.order_by("unit__path", "name", "number"):
        told = {name: getattr(employee, name) for name in COLUMNS}
        told["unit"] = employee.unit.name if called[employee.unit.name.lower()] == 1 else employee.unit.code
        told["status"] = STATUS_NAMES[employee.status]
        yield [harmless(str(text or "")) for text in told.values()]


def as_csv(units: QuerySet[Unit]) -> bytes:
    """UTF-8 with the mark that Excel looks for, commas between the cells."""
    out = StringIO()
    csv.writer(out).writerows(table(units))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(units: QuerySet[Unit]) -> bytes:
    """Every cell is text, so that no number loses its digits."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "C2"
    for place, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(name, 14)
        sheet.column_dimensions[get_column_letter(place)].number_format = "@"
    for line, cells in enumerate(table(units)):
        sheet.append([_cell(sheet, text, is_head=line == 0) for text in cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, text: str, *, is_head: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.number_format = "@"
    if is_head:
        cell.font = Font(bold=True)
    return cell


FORMATS = {
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}
