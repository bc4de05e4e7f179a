"""What every Word file of Yui has in common: Japanese styles, A4, tables, the same bytes for one content.

python-docx is heavy, and most processes never write a Word file: it is loaded where it is wanted.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

FONT = "游ゴシック"
INK = (0x1A, 0x1A, 0x1A)
SIZES = {"Normal": 10.5, "Title": 18, "Heading 1": 14, "Heading 2": 12}
"""Points of each style."""
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say; the date of the content stands in the file's properties."""
AUTHOR = "結 Yui"


def new_word(
    *,
    title: str,
    made_at: datetime,
    language: str,
    comments: str = "",
    revision: int = 1,
    margin_mm: int = 20,
    sizes: Mapping[str, float] = SIZES,
) -> Any:
    """Return an empty document on A4 with its properties, a Japanese font in every style and black headings.

    Args:
        made_at: the date of the content, which dates the file too.
        revision: the version of the content, from 1.
        sizes: points by the name of a style.
    """
    # Heavy: most processes never write a Word file.
    import docx
    from docx.shared import Mm

    word: Any = docx.Document()
    properties = word.core_properties
    properties.title, properties.author = title, AUTHOR
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    properties.last_modified_by, properties.revision = AUTHOR, revision
    properties.language, properties.comments = language, comments
    for name, size in sizes.items():
        _set_style(word.styles[name], size)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin_mm)
    return word


def _set_style(style: Any, size: float) -> None:
    # Heavy: most processes never write a Word file.
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(*INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(kind), FONT)
    for kind in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)


def add_rows(word: Any, rows: int, columns: int, style: str) -> Any:
    """Add an empty table and return it; its first row repeats on every page as the heading."""
    # Heavy: most processes never write a Word file.
    from docx.oxml import OxmlElement

    made = word.add_table(rows=rows, cols=columns)
    made.style = style
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


def add_table(word: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add a table of figures: names at the left, everything else to the right."""
    # Heavy: most processes never write a Word file.
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made = add_rows(word, 1 + len(rows), len(head), "Light List")
    for line, texts in enumerate([head, *rows]):
        # Reading ``cells`` of a row once is far quicker than asking the table for each cell.
        for place, (cell, text) in enumerate(zip(made.rows[line].cells, texts, strict=True)):
            cell.text = text
            if place:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_paragraph()


def word_bytes(word: Any) -> bytes:
    """Return the document as a file, without the time of the machine."""
    made, packed = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIXED_TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, source.read(name))
    return packed.getvalue()
