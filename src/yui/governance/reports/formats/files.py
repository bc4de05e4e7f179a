"""The files of an edition: pure functions of its content and the language."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from yui.governance.reports.engine.content import Content
from yui.governance.reports.formats.report_docx import report_docx
from yui.governance.reports.formats.report_pdf import report_pdf
from yui.governance.reports.formats.report_xlsx import report_xlsx
from yui.kernel.paper import NoJapaneseFont, japanese_fonts

Maker = Callable[[Content, str], bytes]

MAKERS: Mapping[str, Maker] = {"pdf": report_pdf, "docx": report_docx, "xlsx": report_xlsx}
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TOOLS: Mapping[str, str] = {"pdf": "typst", "docx": "python-docx", "xlsx": "XlsxWriter"}
LAYOUT = 1
"""Counts the layouts of the three files; a file of another layout is not expected to be the same bytes."""


def make_file(content: Content, language: str, file_format: str) -> bytes:
    """Return a file of an edition, the same bytes for the same content.

    Raises:
        NoJapaneseFont: when the machine has no font for the PDF.
    """
    return MAKERS[file_format](content, language)


def versions_of(file_format: str) -> str:
    """Return what the bytes of a file depend on beside its content: layout, tool, and for paper the font."""
    tool = TOOLS[file_format]
    told = f"layout {LAYOUT}; {tool} {version(tool)}"
    return f"{told}; {_font()}" if file_format == "pdf" else told


@cache
def _font() -> str:
    """Return the first Japanese family of the machine with the beginning of its file's SHA-256."""
    # Heavy: most processes never come here.
    import typst

    try:
        family = japanese_fonts()[0]
    except NoJapaneseFont:
        return "no font"
    files = sorted(
        font.path
        for font in typst.Fonts(include_embedded_fonts=False).fonts()
        if font.family == family and font.weight == 400 and font.path
    )
    mark = hashlib.sha256(Path(files[0]).read_bytes()).hexdigest()[:12] if files else "unknown"
    return f"{family} {mark}"
