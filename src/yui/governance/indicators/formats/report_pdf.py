"""The monthly report as PDF: tagged, to PDF/UA-1, the same bytes for the same report."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Literal

from yui.governance.indicators.formats.monthly_report import MonthlyReport, ReportRow
from yui.kernel.charts import sparkline

TEMPLATE = Path(__file__).with_name("report.typ")
JAPANESE_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "BIZ UDGothic",
    "BIZ UDPGothic",
    "IPAexGothic",
    "IPAGothic",
)
"""Families that hold every sign of the report, best first. The web's fonts (WOFF2) do not serve on paper."""
STANDARD: Literal["ua-1"] = "ua-1"


class NoJapaneseFont(Exception):
    """The machine has no font with Japanese signs, so that no readable paper can be made."""


@cache
def system_families() -> tuple[str, ...]:
    """Return the font families of the machine."""
    # Typst is a large extension module: processes that print nothing start without it.
    # Heavy, and wanted for reports alone.
    import typst

    return tuple(typst.Fonts(include_embedded_fonts=False).families())


def fonts_among(families: Sequence[str]) -> list[str]:
    """Return the usable Japanese families, best first.

    Raises:
        NoJapaneseFont: when there is none.
    """
    known = {family.casefold() for family in families}
    found = [family for family in JAPANESE_FONTS if family.casefold() in known]
    if not found:
        raise NoJapaneseFont
    return found


def report_pdf(report: MonthlyReport) -> bytes:
    """Return the report as a tagged PDF.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    fonts = fonts_among(system_families())
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
