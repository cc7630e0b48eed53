"""The whole recapitulation as one XLSX file: a summary, a sheet per classification, the score sheets, the count."""

import re
from decimal import Decimal
from io import BytesIO
from itertools import count

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from anas.people.columns import harmless
from anas.rounds.models import Round, Stage
from scoring import export
from scoring.export import Table
from scoring.recap import Recap

A4 = 9  # openpyxl's number; "fit to width" makes it come out on F4 too
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
TITLE_LENGTH, WIDEST = 31, 42
HEAD_ROW = 8  # of a sheet's first table, under what the sheet says about itself
GOLD = PatternFill("solid", fgColor="FAF1D8")
RULE = Side(style="thin", color="1F231F")


def as_xlsx(recap: Recap) -> bytes:
    """Numbers are numbers, texts are texts, whatever they begin with."""
    book = Workbook()
    book.remove(book.active)
    _summary(book, recap)
    for item, rows in recap.groups:
        sheet = _sheet(book, recap.round, item.name)
        winner = 1 if recap.is_final and rows and rows[0].standing else None
        _table(sheet, export.of_one(recap, rows), award=winner)
        _print_on(sheet, recap.round, freeze=2)
    sheet = _sheet(book, recap.round, _("Score sheets"))
    _table(sheet, export.sheets(recap))
    _print_on(sheet, recap.round, freeze=2)
    for stage in _polls(recap):
        sheet = _sheet(book, recap.round, str(stage))
        _table(sheet, export.votes(recap, stage))
        _print_on(sheet, recap.round, freeze=2)
    return _bytes(book)


def _polls(recap: Recap) -> list[Stage]:
    return [stage for stage in recap.stages if stage.kind == "poll"]


def _summary(book: Workbook, recap: Recap) -> None:
    sheet = _sheet(book, recap.round, _("Summary"))
    _table(sheet, export.winners(recap))
    for stage in _polls(recap):
        _table(sheet, export.turned_out(stage))
    _table(sheet, export.weights(recap))
    _print_on(sheet, recap.round)


def _sheet(book: Workbook, round: Round, title: str) -> Worksheet:
    """A sheet that begins with what it is about: the office, the round, its state, its rules, the date."""
    sheet = book.create_sheet(_title(book, title))
    for text in (str(round.scope), str(round), title):
        sheet.append([harmless(text)])
    sheet["A2"].font = Font(bold=True, size=14)
    sheet["A3"].font = Font(bold=True)
    state = round.get_state_display() if round.has_result else _("Interim recap")
    made = date_format(timezone.localtime(), "DATETIME_FORMAT")
    for label, text in ((_("State"), state), (_("Rules (fingerprint)"), round.scheme_hash), (_("Made on"), made)):
        sheet.append([f"{label}: {text}"])
    return sheet


def _title(book: Workbook, wanted: str) -> str:
    """What a spreadsheet takes as the name of a sheet, and no other sheet has."""
    plain = NOT_IN_A_TITLE.sub("-", wanted).strip("' ")[:TITLE_LENGTH] or "-"
    taken = {name.lower() for name in book.sheetnames}
    numbered = (f"{plain[: TITLE_LENGTH - 4]} ({number})" for number in count(2))
    return plain if plain.lower() not in taken else next(name for name in numbered if name.lower() not in taken)


def _table(sheet: Worksheet, table: Table, *, award: int | None = None) -> None:
    """Under what the sheet has already; `award`: the line of the winner."""
    top = sheet.max_row + 2
    for row, line in enumerate(table):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(top + row, column, value)
            cell.number_format = _format(value)
            if row == 0:
                cell.font, cell.border = Font(bold=True), Border(bottom=RULE)
                cell.alignment = Alignment(wrap_text=True, vertical="bottom")
            elif row == award:
                cell.font, cell.fill = Font(bold=True), GOLD


def _format(value: object) -> str:
    if isinstance(value, Decimal):
        return "0.00"
    return "0" if isinstance(value, int) else "@" if isinstance(value, str) else "General"


def _print_on(sheet: Worksheet, round: Round, freeze: int | None = None) -> None:
    """Widths after the cells of the tables; A4 lying, as wide as the page, with the head of the table on each; the
    first `freeze` columns and the head stay on the screen."""
    for column in range(1, sheet.max_column + 1):
        cells = (sheet.cell(row, column).value for row in range(HEAD_ROW, sheet.max_row + 1))
        longest = max((len(str(value)) for value in cells if value is not None), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = max(min(longest, WIDEST) + 2, 11)
    if freeze:
        sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, freeze + 1)
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.oddFooter.left.text = str(round).replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
