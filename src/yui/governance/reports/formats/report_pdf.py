"""An edition as PDF: tagged, to PDF/UA-1, the same bytes for the same content."""

import json
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any, Literal

from yui.governance.reports.engine.content import TOPICS, Content, said_about
from yui.kernel.calendar_jp import TOKYO
from yui.kernel.charts import sparkline
from yui.kernel.paper import japanese_fonts

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD: Literal["ua-1"] = "ua-1"
AUTHOR = "結 Yui"


def report_pdf(content: Content, language: str) -> bytes:
    """Return the edition as a tagged PDF in one of its languages.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    told = content["languages"][language]
    given = told | {
        "author": AUTHOR,
        "fonts": japanese_fonts(),
        "indicators": [_drawn(each, told) for each in told["indicators"]],
        "said": {topic: said_about(content, language, topic) for topic in TOPICS},
    }
    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": json.dumps(given, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(dated(content).timestamp()),
    )
    return bytes(made)


def dated(content: Content) -> datetime:
    """Return the moment that stands in the files: of the newest measurement, else the period's last day."""
    if content["measured_at"]:
        return datetime.fromisoformat(content["measured_at"])
    return datetime.combine(datetime.fromisoformat(content["period"][1]).date(), time(), TOKYO)


def _drawn(each: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return an indicator with its small line and what is read aloud for it; none where there is no data."""
    points = [None if point is None else float(point) for point in each["points"]]
    target = None if each["target"] is None else float(each["target"])
    if all(point is None for point in points):
        return dict(each) | {"drawing": "", "drawing_text": ""}
    text = f"{each['title']} {told['words']['trend']} {each['value_text']}"
    return dict(each) | {"drawing": sparkline(points, target, text), "drawing_text": text}
