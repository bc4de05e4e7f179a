"""The evidence of a petition as a workbook with native charts, the same bytes for the same petition."""

import io
from typing import Any

from yui.transition.costs.formats.petition import Document, Exhibit, Number, Table

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
FONT = "游ゴシック"
WIDE, NORMAL, NARROW = 44, 20, 9
CHART_SIZE = {"width": 640, "height": 340}
FORMATS = {"円": "#,##0;[Red]▲#,##0"}
OTHER_FORMAT = "#,##0.####"


def petition_xlsx(document: Document) -> bytes:
    """Return a workbook: the letter, a sheet and native chart per exhibit, every number with its hash."""
    # XlsxWriter costs 60 ms to import; most processes never write a workbook.
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": document.title,
                "author": "結 Yui",
                "comments": document.notice,
                "created": document.made_at.replace(tzinfo=None),
            }
        )
        styles = _Styles(workbook)
        _letter(_sheet(workbook, document, document.words["summary"]), document, styles)
        for exhibit in document.exhibits:
            name = f"{document.words['exhibit']} {exhibit.number}"
            _exhibit(workbook, _sheet(workbook, document, name), name, exhibit, styles)
        _numbers(_sheet(workbook, document, document.words["numbers"]), document, styles)
    return buffer.getvalue()


class _Styles:
    """The formats of the workbook; one per unit for numbers."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": FONT, "valign": "top"}
        self.plain = workbook.add_format(base)
        self.text = workbook.add_format(base | {"text_wrap": True})
        self.title = workbook.add_format(base | {"bold": True, "font_size": 16})
        self.head = workbook.add_format(base | {"bold": True, "bottom": 1, "text_wrap": True})
        self.end = workbook.add_format(base | {"align": "right"})
        self._yen = workbook.add_format(base | {"num_format": FORMATS["円"]})
        self._other = workbook.add_format(base | {"num_format": OTHER_FORMAT})

    def of(self, number: Number) -> Any:
        """Return the format of a number."""
        return self._yen if number.unit in FORMATS else self._other


def _sheet(workbook: Any, document: Document, name: str) -> Any:
    """Add a sheet that says on every printed page, and in its first row, that its data are made up."""
    sheet = workbook.add_worksheet(name[:31])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if document.notice:
        sheet.set_header(f"&L{document.notice}")
    sheet.set_footer("&C&P / &N")
    sheet.write_string(0, 0, document.notice)
    return sheet


def _letter(sheet: Any, document: Document, styles: _Styles) -> None:
    words = document.words
    sheet.set_column(0, 0, NORMAL)
    sheet.set_column(1, 1, 90)
    sheet.write_string(1, 0, document.title, styles.title)
    rows = [
        ("", document.dated_text),
        ("", "、".join(document.addressees)),
        ("", document.sender),
        (words["version"], f"{document.state_text} {document.version}"),
        ("", document.preamble),
    ]
    rows += [(f"{words['requests']} {place}", text) for place, text in enumerate(document.requests, start=1)]
    rows += list(document.facts)
    for line, (name, text) in enumerate(rows, start=3):
        sheet.write_string(line, 0, name, styles.head if name else styles.plain)
        sheet.write_string(line, 1, text, styles.text)


def _exhibit(workbook: Any, sheet: Any, name: str, exhibit: Exhibit, styles: _Styles) -> None:
    sheet.set_column(0, 0, NORMAL + NORMAL // 2)
    sheet.set_column(1, 6, NORMAL)
    sheet.write_string(1, 0, exhibit.title, styles.title)
    sheet.write_string(2, 0, exhibit.finding, styles.plain)
    line = 4
    for figure in exhibit.figures:
        sheet.write_string(line, 0, figure.label, styles.plain)
        _write(sheet, line, 1, figure, styles)
        sheet.write_string(line, 2, figure.unit, styles.plain)
        line += 1
    line += 1
    if exhibit.table:
        first = line
        line = _table(sheet, line, exhibit.table, styles)
        if exhibit.drawing:
            chart = _chart(workbook, name, first, exhibit)
            sheet.insert_chart(4, 7, chart, {"description": exhibit.drawing.alt})
    for text in (*exhibit.notes, exhibit.question, exhibit.query_hash):
        sheet.write_string(line, 0, text, styles.plain)
        line += 1


def _table(sheet: Any, line: int, table: Table, styles: _Styles) -> int:
    """Write a table; return the line after it and an empty one."""
    for place, title in enumerate((table.first, *table.columns)):
        sheet.write_string(line, place, title, styles.head)
    for row in table.rows:
        line += 1
        sheet.write_string(line, 0, row.heading, styles.plain)
        for place, number in enumerate(row.numbers, start=1):
            _write(sheet, line, place, number, styles)
    return line + 2


def _write(sheet: Any, line: int, place: int, number: Number, styles: _Styles) -> None:
    value = number.as_float
    if value is None:
        sheet.write_string(line, place, number.text, styles.end)
    else:
        sheet.write_number(line, place, value, styles.of(number))


def _chart(workbook: Any, name: str, first: int, exhibit: Exhibit) -> Any:
    """Return a native chart of the table's columns that the drawing names."""
    table, drawing = exhibit.table, exhibit.drawing
    assert table is not None and drawing is not None
    chart = workbook.add_chart({"type": drawing.kind})
    last = first + len(table.rows)
    for column in drawing.columns:
        chart.add_series(
            {
                "name": [name, first, column + 1],
                "categories": [name, first + 1, 0, last, 0],
                "values": [name, first + 1, column + 1, last, column + 1],
                "gap": 40,
            }
        )
    chart.set_title({"name": drawing.title, "name_font": {"size": 12}})
    axes = {"name": drawing.unit, "num_format": "#,##0.##"}
    if drawing.kind == "bar":
        chart.set_x_axis(axes)
        chart.set_y_axis({"reverse": True})
    else:
        chart.set_y_axis(axes)
    if len(drawing.columns) == 1:
        chart.set_legend({"none": True})
    chart.set_size(CHART_SIZE)
    return chart


def _numbers(sheet: Any, document: Document, styles: _Styles) -> None:
    """List every number with its exhibit, unit and hash."""
    words = document.words
    titles = ("csv_exhibit", "csv_cell", "csv_label", "csv_value", "csv_unit", "csv_query_hash")
    for place, title in enumerate(titles):
        sheet.write_string(1, place, words[title], styles.head)
    line = 2
    for exhibit in document.exhibits:
        for number in exhibit.numbers:
            sheet.write_number(line, 0, exhibit.number, styles.plain)
            sheet.write_string(line, 1, number.cell, styles.plain)
            sheet.write_string(line, 2, number.label, styles.plain)
            _write(sheet, line, 3, number, styles)
            sheet.write_string(line, 4, number.unit, styles.plain)
            sheet.write_string(line, 5, number.query_hash, styles.plain)
            line += 1
    for place, width in enumerate((NARROW, NORMAL, WIDE, NORMAL, NARROW, 70)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(2, 0)
