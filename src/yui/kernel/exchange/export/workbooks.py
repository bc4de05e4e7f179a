"""XLSX out: typed cells, a frozen heading, widths that fit, and never a formula or a link."""

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from yui.kernel.exchange.errors import Text
from yui.kernel.exchange.export.values import CellKind, ExportColumn, as_text, demonstration_line

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
NUMBER_FORMATS = {
    CellKind.NUMBER: "#,##0.######",
    CellKind.YEN: "#,##0;[Red]▲#,##0",
    CellKind.PERCENT: "0.0%",
    CellKind.DATE: "yyyy-mm-dd",
}
DEFAULT_WIDTHS = {CellKind.NUMBER: 12, CellKind.YEN: 16, CellKind.PERCENT: 9, CellKind.DATE: 12}
MAX_ROWS = 1_048_000
MAX_TEXT = 32_000
# Whole numbers beyond this lose digits in a spreadsheet's floating point.
MAX_EXACT = 10**15
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, columns and rows of plain values (text, numbers, dates, None)."""

    name: Text
    columns: Sequence[ExportColumn]
    rows: Iterable[Sequence[Any]]


def write_xlsx(target: "Path | BinaryIO", sheets: Sequence[Sheet]) -> int:
    """Write a workbook row by row in constant memory; return the number of rows written.

    A sheet beyond 1,048,000 rows goes on in a second one of the same name with a number.
    """
    # XlsxWriter costs 60 ms to import; most processes never write a workbook.
    import xlsxwriter

    written = 0
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        formats = {kind: workbook.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for sheet in sheets:
            written += _write_sheet(workbook, sheet, formats, heading, taken)
    return written


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return a whole workbook."""
    buffer = io.BytesIO()
    write_xlsx(buffer, sheets)
    return buffer.getvalue()


def _write_sheet(
    workbook: Any, sheet: Sheet, formats: dict[CellKind, Any], heading: Any, taken: set[str]
) -> int:
    """Write one sheet, going on in further ones when it is full."""
    worksheet, line = _begin(workbook, sheet, heading, taken)
    count = 0
    for row in sheet.rows:
        if line > MAX_ROWS:
            worksheet, line = _begin(workbook, sheet, heading, taken)
        for position, value in enumerate(row):
            kind = sheet.columns[position].kind if position < len(sheet.columns) else CellKind.TEXT
            _write_cell(worksheet, line, position, value, formats.get(kind))
        line += 1
        count += 1
    if marker := demonstration_line():
        worksheet.write_string(line, 0, marker)
    return count


def _begin(workbook: Any, sheet: Sheet, heading: Any, taken: set[str]) -> tuple[Any, int]:
    """Add a worksheet with its heading; return it and the line of the first data row."""
    worksheet = workbook.add_worksheet(_sheet_name(str(sheet.name), taken))
    for position, column in enumerate(sheet.columns):
        title = str(column.title)
        width = column.width or max(DEFAULT_WIDTHS.get(column.kind, 18), min(_display_width(title) + 2, 40))
        worksheet.set_column(position, position, width)
        worksheet.write_string(0, position, title, heading)
    worksheet.freeze_panes(1, 0)
    return worksheet, 1


def _write_cell(worksheet: Any, line: int, position: int, value: Any, shown: Any) -> None:
    """Write one value with its own type; every text as a string, whatever it looks like."""
    if value is None or value == "":
        return
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if is_number and abs(value) < MAX_EXACT:
        worksheet.write_number(line, position, value, shown)
    elif isinstance(value, datetime.datetime):
        worksheet.write_string(line, position, as_text(value))
    elif isinstance(value, datetime.date):
        worksheet.write_datetime(line, position, datetime.datetime.combine(value, datetime.time()), shown)
    else:
        worksheet.write_string(line, position, as_text(value)[:MAX_TEXT])


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes: at most 31 signs, none of ``[]:*?/\\'``, none twice."""
    base = _NOT_IN_SHEET_NAMES.sub(" ", name).strip()[:28] or "Sheet"
    chosen, number = base, 1
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{base} {number}"
    taken.add(chosen.casefold())
    return chosen


def _display_width(text: str) -> int:
    """Return the width of ``text`` in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
