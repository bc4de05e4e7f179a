"""A petition as PDF: tagged, to PDF/UA-1, the same bytes for the same petition."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from yui.kernel.paper import japanese_fonts
from yui.transition.costs.formats.petition import Document

TEMPLATE = Path(__file__).with_name("petition.typ")
STANDARD: Literal["ua-1"] = "ua-1"
AUTHOR = "結 Yui"


def petition_pdf(document: Document) -> bytes:
    """Return the petition as a tagged PDF.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    content = asdict(document) | {"fonts": japanese_fonts(), "author": AUTHOR}
    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"petition": json.dumps(content, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=int(document.made_at.timestamp()),
    )
    return bytes(made)
