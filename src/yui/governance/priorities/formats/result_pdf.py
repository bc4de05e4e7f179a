"""A result as PDF: tagged, to PDF/UA-1."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from yui.governance.priorities.formats.result_paper import PaperTable, ResultPaper
from yui.kernel.paper import japanese_fonts

TEMPLATE = Path(__file__).with_name("result.typ")
STANDARD: Literal["ua-1"] = "ua-1"


def result_pdf(paper: ResultPaper) -> bytes:
    """Return the result as a tagged PDF.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    content = asdict(paper) | {"fonts": japanese_fonts(), "author": "結 Yui"}
    content["tables"] = [
        {
            "title": table.title,
            "headers": table.headers,
            "rows": _written(table),
            "are_numbers": [isinstance(value, float) for value in table.rows[0]],
        }
        for table in paper.tables
    ]
    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"paper": json.dumps(content, ensure_ascii=False, default=str)},
        pdf_standards=[STANDARD],
        timestamp=int(paper.made_at.timestamp()),
    )
    return bytes(made)


def _written(table: PaperTable) -> list[list[str]]:
    """Return the rows as text."""
    return [
        [_text(value, is_share=column in table.percent) for column, value in enumerate(row)]
        for row in table.rows
    ]


def _text(value: str | float | None, *, is_share: bool) -> str:
    if isinstance(value, float):
        return f"{value:.1%}" if is_share else f"{value:.3f}".rstrip("0").rstrip(".")
    return value or ""
