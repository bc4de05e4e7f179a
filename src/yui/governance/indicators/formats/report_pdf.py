"""The monthly report as PDF: tagged, to PDF/UA-1, the same bytes for the same report."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from yui.governance.indicators.formats.monthly_report import MonthlyReport, ReportRow
from yui.kernel.charts import sparkline
from yui.kernel.paper import japanese_fonts

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD: Literal["ua-1"] = "ua-1"


def report_pdf(report: MonthlyReport) -> bytes:
    """Return the report as a tagged PDF.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    fonts = japanese_fonts()
    content = json.dumps(_content(report, fonts), ensure_ascii=False, default=str)
    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": content},
        pdf_standards=[STANDARD],
        timestamp=int(report.measured_at.timestamp()),
    )
    return bytes(made)


def _content(report: MonthlyReport, fonts: Sequence[str]) -> dict[str, Any]:
    """Return what the template reads: the report, a drawing for each row, and the fonts."""
    content = asdict(report)
    content |= {"fonts": fonts, "author": "結 Yui"}
    for pillar, drawn in zip(content["pillars"], report.pillars, strict=True):
        for row, source in zip(pillar["rows"], drawn.rows, strict=True):
            row["drawing"], row["drawing_text"] = _drawing(report, source)
    return content


def _drawing(report: MonthlyReport, row: ReportRow) -> tuple[str, str]:
    """Return the small line of a row and what is read aloud for it; nothing where there is no data."""
    if all(point is None for point in row.points):
        return "", ""
    text = f"{row.title} {report.words.trend} {row.value_text}"
    return sparkline(row.points, row.target, text), text
