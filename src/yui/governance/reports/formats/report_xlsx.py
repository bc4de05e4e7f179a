"""An edition as a workbook, the same bytes for the same content."""

import io
from collections.abc import Mapping
from typing import Any

from yui.governance.reports.engine.content import TOPICS, Content, said_about
from yui.governance.reports.formats.report_pdf import AUTHOR, dated

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
FONT = "游ゴシック"
WIDE, NORMAL, NARROW = 60, 16, 10
TOPIC_WORDS = {"change": "changes", "risk": "risks", "decision": "decisions"}


def report_xlsx(content: Content, language: str) -> bytes:
    """Return the edition as XLSX in one of its languages: what is said, indicators, months, wards.

    Every text is written as text, so that none can become a formula.
    """
    # XlsxWriter costs 60 ms to import; most processes never write a workbook.
    import xlsxwriter

    told = content["languages"][language]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties(
            {"title": told["title"], "author": AUTHOR, "created": dated(content).replace(tzinfo=None)}
        )
        styles = _styles(workbook)
        words = told["words"]
        _said_sheet(workbook.add_worksheet(words["summary"]), content, told, styles)
        _indicators_sheet(workbook.add_worksheet(words["indicator"]), told, styles)
        _months_sheet(workbook.add_worksheet(words["trend"]), told, styles)
        if told["wards"] is not None:
            _wards_sheet(workbook.add_worksheet(words["wards"]), told, styles)
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


def _said_sheet(sheet: Any, content: Content, told: Mapping[str, Any], styles: dict[str, Any]) -> None:
    """Write title, notice, counts, and what is said of each topic."""
    words = told["words"]
    sheet.write_string(0, 0, told["title"], styles["title"])
    lead = " · ".join(filter(None, (told["period_text"], told["whose"], told["measured_text"], told["plan"])))
    counts = " / ".join(f"{name} {number}" for name, number in told["counts"])
    for line, text in enumerate((lead, told["notice"], counts), start=1):
        sheet.write_string(line, 0, text, styles["plain"])
    for column, name in enumerate(("topic", "text", "room", "link")):
        sheet.write_string(5, column, words[name], styles["head"])
    line = 6
    for topic in reversed(TOPICS):
        for each in said_about(content, told["language"], topic):
            cells = (words[TOPIC_WORDS[topic]], each["text"], each["room"], each["link"])
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text, styles["text"])
            line += 1
    if told["silent"]:
        sheet.write_string(line + 1, 0, words["silent"], styles["head"])
        sheet.write_string(line + 1, 1, "、".join(told["silent"]), styles["text"])
    for column, width in enumerate((NORMAL, WIDE, NORMAL, WIDE)):
        sheet.set_column(column, column, width)
    _for_paper(sheet)


def _indicators_sheet(sheet: Any, told: Mapping[str, Any], styles: dict[str, Any]) -> None:
    words = told["words"]
    sheet.write_string(0, 0, told["notice"], styles["plain"])
    texts = ("change_text", "year_text", "target_text", "median_text", "status_text", "outlook")
    heads = ("code", "indicator", "value", "unit", "change", "year", "target", "median", "status", "outlook")
    for column, name in enumerate(heads):
        sheet.write_string(1, column, words[name], styles["head"])
    for line, each in enumerate(told["indicators"], start=2):
        sheet.write_string(line, 0, each["code"], styles["plain"])
        sheet.write_string(line, 1, each["title"], styles["text"])
        if each["value"] is None:
            sheet.write_string(line, 2, each["value_text"], styles["end"])
        else:
            sheet.write_number(line, 2, float(each["value"]), styles["number"])
        sheet.write_string(line, 3, each["unit"], styles["plain"])
        for column, name in enumerate(texts, start=4):
            style = styles["text" if name == "outlook" else "end"]
            sheet.write_string(line, column, each.get(name, ""), style)
    for column, width in enumerate(
        (NARROW, 44, NORMAL, NARROW, NORMAL, NORMAL, NORMAL, NORMAL, NARROW, WIDE)
    ):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 2)
    _for_paper(sheet)


def _months_sheet(sheet: Any, told: Mapping[str, Any], styles: dict[str, Any]) -> None:
    """Write the months of every indicator side by side."""
    sheet.write_string(0, 0, told["words"]["month"], styles["head"])
    for line, month in enumerate(told["months"], start=1):
        sheet.write_string(line, 0, month, styles["plain"])
    for column, each in enumerate(told["indicators"], start=1):
        sheet.write_string(0, column, f"{each['title']}({each['unit']})", styles["head"])
        for line, point in enumerate(each["points"], start=1):
            if point is not None:
                sheet.write_number(line, column, float(point), styles["number"])
    sheet.write_string(len(told["months"]) + 2, 0, told["notice"], styles["plain"])
    sheet.set_column(0, len(told["indicators"]), NORMAL)
    sheet.freeze_panes(1, 1)
    _for_paper(sheet)


def _wards_sheet(sheet: Any, told: Mapping[str, Any], styles: dict[str, Any]) -> None:
    sheet.write_string(0, 0, told["notice"], styles["plain"])
    sheet.write_string(1, 0, told["words"]["ward"], styles["head"])
    for column, (code, title) in enumerate(told["wards"]["titles"], start=1):
        sheet.write_string(1, column, f"{code} {title}", styles["head"])
    for line, (name, values) in enumerate(told["wards"]["rows"], start=2):
        sheet.write_string(line, 0, name, styles["plain"])
        for column, text in enumerate(values, start=1):
            sheet.write_string(line, column, text, styles["end"])
    sheet.set_column(0, len(told["wards"]["titles"]), NORMAL)
    sheet.freeze_panes(2, 1)
    _for_paper(sheet)


def _for_paper(sheet: Any) -> None:
    """Set a sheet to print on A4 landscape, one page wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
