"""A paper as PDF: tagged, to PDF/UA-1, the same bytes for the same draft."""

import json
from pathlib import Path
from typing import Any, Literal

from yui.kernel.paper import japanese_fonts
from yui.security.soc.formats.papers.paper import Paper

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARD: Literal["ua-1"] = "ua-1"
AUTHOR = "結 Yui"


def paper_pdf(paper: Paper) -> bytes:
    """Return the draft as a tagged PDF.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"paper": json.dumps(_content(paper), ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(paper.made_at.timestamp()),
    )
    return bytes(made)


def _content(paper: Paper) -> dict[str, Any]:
    """Return what the template reads; a sign that no PDF can hold becomes a visible one."""
    return {
        "title": printable(paper.title),
        "addressee": printable(paper.addressee),
        "sender": printable(paper.sender),
        "number": printable(paper.number),
        "notices": [printable(line) for line in paper.notices],
        "dated": paper.dated,
        "hash": paper.facts_sha256,
        "fonts": japanese_fonts(),
        "author": AUTHOR,
        "sections": [
            {
                "heading": printable(section.heading),
                "rows": [
                    {"label": printable(row.label), "value": printable(row.shown), "known": row.is_known}
                    for row in section.rows
                ],
            }
            for section in paper.sections
        ],
    }


def printable(text: str) -> str:
    """Return text without control characters other than line ends."""
    return "".join(sign if sign >= " " or sign == "\n" else "\ufffd" for sign in text)
