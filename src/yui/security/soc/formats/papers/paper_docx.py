"""A paper as an editable Word file, the same bytes for the same draft."""

import io
import zipfile
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from yui.security.soc.formats.papers.paper import Paper, Section
from yui.security.soc.formats.papers.paper_pdf import AUTHOR, printable

FONT = "游ゴシック"
QUIET = RGBColor(0x59, 0x59, 0x59)
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say; the draft's date stands in the file's properties."""


def paper_docx(paper: Paper) -> bytes:
    """Return the draft as DOCX: headings, and one table of questions and answers under each."""
    word: Any = docx.Document()
    _set_properties(word, paper)
    _set_styles(word)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.header.paragraphs[0].text = printable("  ".join(paper.notices))
    section.footer.paragraphs[0].text = f"{paper.number} {paper.title} {paper.facts_sha256[:12]}"
    word.add_paragraph(paper.dated).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_paragraph(printable(paper.addressee))
    word.add_paragraph(printable(paper.sender)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_heading(printable(paper.title), level=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for each in paper.sections:
        word.add_heading(printable(each.heading), level=1)
        _add_rows(word, each)
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _set_properties(word: Any, paper: Paper) -> None:
    properties = word.core_properties
    moment = paper.made_at.replace(tzinfo=None)
    properties.title, properties.author = printable(paper.title), AUTHOR
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = AUTHOR, 1
    properties.language, properties.comments = "ja", f"facts {paper.facts_sha256}"


def _set_styles(word: Any) -> None:
    """Give every style a Japanese font and black headings."""
    for name, size in (("Normal", 10.5), ("Title", 18), ("Heading 1", 12)):
        style = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), FONT)
        for kind in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)


def _add_rows(word: Any, section: Section) -> None:
    """Add the questions and answers; the first row is the table's heading on every page."""
    made = word.add_table(rows=1 + len(section.rows), cols=2)
    made.style = "Table Grid"
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    lines = [("項目", "内容", True), *((row.label, row.shown, row.is_known) for row in section.rows)]
    for place, (label, value, known) in enumerate(lines):
        first, second = made.rows[place].cells
        first.width, second.width = Mm(50), Mm(116)
        first.text = printable(label)
        second.text = ""
        run = second.paragraphs[0].add_run(printable(value))
        if not known:
            run.font.color.rgb = QUIET
    word.add_paragraph()


def _with_fixed_times(made: bytes) -> bytes:
    """Pack the parts again without the time of the machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIXED_TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, source.read(name))
    return buffer.getvalue()
