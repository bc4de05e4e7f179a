"""A logic model as PDF on A4 landscape: tagged, to PDF/UA-1."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from yui.kernel.paper import japanese_fonts

TEMPLATE = Path(__file__).with_name("model.typ")
STANDARD: Literal["ua-1"] = "ua-1"


@dataclass(frozen=True)
class ModelPaper:
    """All that the paper says: finished words; ``drawing`` is SVG, ``notice`` marks made-up data."""

    title: str
    subtitle: str
    notice: str
    finding: str
    language: str
    drawing: str
    gaps_title: str
    gaps: tuple[str, ...]
    arrows_title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    page_word: str
    made_at: datetime


def model_pdf(paper: ModelPaper) -> bytes:
    """Return the logic model as a tagged PDF.

    Raises:
        NoJapaneseFont: when the machine has no font for it.
    """
    # Heavy: most processes never come here.
    import typst

    content = asdict(paper) | {"fonts": japanese_fonts(), "author": "結 Yui"}
    made: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"paper": json.dumps(content, ensure_ascii=False, default=str)},
        pdf_standards=[STANDARD],
        timestamp=int(paper.made_at.timestamp()),
    )
    return bytes(made)
