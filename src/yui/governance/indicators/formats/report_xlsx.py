"""The monthly report as a workbook with native charts, the same bytes for the same report."""

import io
from typing import Any

from yui.governance.indicators.formats.monthly_report import MonthlyReport, ReportRow

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
FONT = "游ゴシック"
WIDE, NORMAL, NARROW = 44, 16, 9
CHART_SIZE = {"width": 560, "height": 260}
CHART_ROWS = 14
INK, TARGET_INK = "#0017C1", "#1A1A1A"


def report_xlsx(report: MonthlyReport) -> bytes:
    """Return the report as XLSX: the tree, the months with a line chart per indicator, and the wards."""
    # XlsxWriter costs 60 ms to import; most processes never write a workbook.
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties(
            {"title": report.title, "author": "結 Yui", "created": report.measured_at.replace(tzinfo=None)}
        )
        styles = _styles(workbook)
        _tree_sheet(workbook.add_worksheet(report.words.summary), report, styles)
        _months_sheet(workbook, report, styles)
        _wards_sheet(workbook.add_worksheet(report.words.by_ward), report, styles)
    return buffer.getvalue()


def _styles(workbook: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "valign": "top"}
    return {
        "title": workbook.add_format(base | {"bold": True, "font_size": 16}),
        "text": workbook.add_format(base | {"text_wrap": True}),
        "plain": workbook.add_format(base),
        "head": workbook.add_format(base | {"bold": True, "bottom": 1, "text_wrap": True}),
        "number": workbook.add_format(base | {"num_format": "#,##0.######"}),
        "end": workbook.add_format(base | {"align": "right"}),
    }


def _tree_sheet(sheet: Any, report: MonthlyReport, styles: dict[str, Any]) -> None:
    """Write title, notice, counts and every indicator."""
    words = report.words
    sheet.write_string(0, 0, report.title, styles["title"])
    sheet.write_string(
        1,
        0,
        f"{report.month_label} · {report.scope} · {words.measured} {report.measured_text}",
        styles["plain"],
    )
    sheet.write_string(2, 0, report.notice, styles["plain"])
    counts = " / ".join(f"{word} {number}" for word, number in report.counts)
    sheet.write_string(3, 0, counts, styles["plain"])
    titles = (
        words.code, words.indicator, words.level, words.value, words.unit, words.change, words.target,
        words.status, words.outlook,
    )  # fmt: skip
    for column, title in enumerate(titles):
        sheet.write_string(5, column, title, styles["head"])
    line = 6
    for pillar in report.pillars:
        sheet.write_string(line, 0, pillar.heading, styles["head"])
        line += 1
        for row in pillar.rows:
            _tree_row(sheet, line, row, styles)
            line += 1
    for column, width in enumerate((NARROW, WIDE, NARROW, NORMAL, NARROW, NORMAL, NORMAL, NARROW, WIDE)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(6, 2)
    _for_paper(sheet)


def _tree_row(sheet: Any, line: int, row: ReportRow, styles: dict[str, Any]) -> None:
    sheet.write_string(line, 0, row.code, styles["plain"])
    sheet.write_string(line, 1, row.title, styles["text"])
    sheet.write_string(line, 2, row.level, styles["plain"])
    if row.value is None:
        sheet.write_string(line, 3, row.value_text, styles["end"])
    else:
        sheet.write_number(line, 3, row.value, styles["number"])
    for column, text in ((4, row.unit), (5, row.change_text), (6, row.target_text), (7, row.status_text)):
        sheet.write_string(line, column, text, styles["plain" if column in (4, 7) else "end"])
    sheet.write_string(line, 8, row.outlook, styles["text"])


def _months_sheet(workbook: Any, report: MonthlyReport, styles: dict[str, Any]) -> None:
    """Write 36 months of every indicator, value and target side by side, and draw each that has data."""
    name = report.words.trend
    sheet = workbook.add_worksheet(name)
    sheet.write_string(0, 0, report.words.month, styles["head"])
    sheet.set_column(0, 0, NORMAL)
    for line, month in enumerate(report.months, start=1):
        sheet.write_string(line, 0, month, styles["plain"])
    drawn = 0
    for position, row in enumerate(report.rows):
        column = 1 + 2 * position
        sheet.set_column(column, column + 1, NORMAL)
        sheet.write_string(0, column, f"{row.title}({row.unit})", styles["head"])
        sheet.write_string(0, column + 1, f"{row.code} {report.words.target}", styles["head"])
        for line, point in enumerate(row.points, start=1):
            if point is not None:
                sheet.write_number(line, column, point, styles["number"])
            if row.target is not None:
                sheet.write_number(line, column + 1, row.target, styles["number"])
        if any(point is not None for point in row.points):
            chart = _line_chart(workbook, name, column, report, row)
            line = len(report.months) + 2 + CHART_ROWS * (drawn // 2)
            sheet.insert_chart(line, 1 + 5 * (drawn % 2), chart, {"description": row.title})
            drawn += 1
    sheet.freeze_panes(1, 1)
    _for_paper(sheet)


def _line_chart(workbook: Any, name: str, column: int, report: MonthlyReport, row: ReportRow) -> Any:
    chart = workbook.add_chart({"type": "line"})
    last = len(report.months)
    months = [name, 1, 0, last, 0]
    chart.add_series(
        {
            "name": [name, 0, column],
            "categories": months,
            "values": [name, 1, column, last, column],
            "line": {"color": INK, "width": 2},
        }
    )
    if row.target is not None:
        chart.add_series(
            {
                "name": report.words.target,
                "categories": months,
                "values": [name, 1, column + 1, last, column + 1],
                "line": {"color": TARGET_INK, "width": 1, "dash_type": "dash"},
            }
        )
    chart.set_title({"name": row.title, "name_font": {"size": 11, "bold": False}})
    chart.set_y_axis({"name": row.unit, "major_gridlines": {"visible": True, "line": {"color": "#E6E6E6"}}})
    chart.set_x_axis({"interval_unit": 6})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size(CHART_SIZE)
    return chart


def _wards_sheet(sheet: Any, report: MonthlyReport, styles: dict[str, Any]) -> None:
    """Write the indicators that have values by ward, one block per pillar."""
    sheet.set_column(0, 0, NORMAL)
    sheet.set_column(1, max((len(table.titles) for table in report.wards), default=1), NORMAL)
    line = 0
    for table in report.wards:
        sheet.write_string(line, 0, table.heading, styles["title"])
        for column, title in enumerate((report.words.ward, *(" ".join(pair) for pair in table.titles))):
            sheet.write_string(line + 1, column, title, styles["head"])
        line += 2
        for ward, texts in table.rows:
            sheet.write_string(line, 0, ward, styles["plain"])
            for column, text in enumerate(texts, start=1):
                sheet.write_string(line, column, text, styles["end"])
            line += 1
        line += 1
    if not report.wards:
        sheet.write_string(0, 0, report.words.no_ward_data, styles["plain"])
    _for_paper(sheet)


def _for_paper(sheet: Any) -> None:
    """Set a sheet to print on A4 landscape, one page wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
