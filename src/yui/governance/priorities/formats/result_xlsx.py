"""A result as a workbook."""

import io
from typing import Any

from yui.governance.priorities.formats.result_paper import PaperTable, ResultPaper

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
FONT = "游ゴシック"
WIDE, NORMAL = 44, 16


def result_xlsx(paper: ResultPaper) -> bytes:
    """Return the result as XLSX: what it says, then a sheet for each table."""
    # XlsxWriter costs 60 ms to import; most processes never write a workbook.
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties(
            {"title": paper.title, "author": "結 Yui", "created": paper.made_at.replace(tzinfo=None)}
        )
        base = {"font_name": FONT, "valign": "top"}
        styles = {
            "title": workbook.add_format(base | {"bold": True, "font_size": 16}),
            "text": workbook.add_format(base | {"text_wrap": True}),
            "head": workbook.add_format(base | {"bold": True, "bottom": 1, "text_wrap": True}),
            "number": workbook.add_format(base | {"num_format": "0.###"}),
            "percent": workbook.add_format(base | {"num_format": "0.0%"}),
        }
        _words(workbook.add_worksheet(paper.order.replace(" > ", "-")[:31] or "1"), paper, styles)
        for table in paper.tables:
            _table(workbook.add_worksheet(table.title), table, paper, styles)
    return buffer.getvalue()


def _words(sheet: Any, paper: ResultPaper, styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, paper.title, styles["title"])
    for line, text in enumerate(
        (paper.subtitle, paper.notice, *paper.sentences, paper.flips_title, *paper.flips), start=1
    ):
        sheet.write_string(line, 0, text, styles["text"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _table(sheet: Any, table: PaperTable, paper: ResultPaper, styles: dict[str, Any]) -> None:
    sheet.write_string(0, 0, paper.notice, styles["text"])
    for column, title in enumerate(table.headers):
        sheet.write_string(1, column, title, styles["head"])
    for line, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row):
            if isinstance(value, float):
                style = styles["percent" if column in table.percent else "number"]
                sheet.write_number(line, column, value, style)
            else:
                sheet.write_string(line, column, value or "", styles["text"])
    sheet.set_column(0, len(table.headers), NORMAL)
    sheet.set_column(0, 1, WIDE if isinstance(table.rows[0][1], str) else NORMAL)
    sheet.freeze_panes(2, 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
