"""A petition as an editable Word file, the same bytes for the same petition."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from yui.kernel.paper import pictures_of
from yui.transition.costs.formats.petition import Document, Exhibit, Table

FONT = "游ゴシック"
AUTHOR = "結 Yui"
PICTURE_MM = 160
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say; the petition's date stands in the file's properties."""


def petition_docx(document: Document) -> bytes:
    """Return the petition as DOCX: headings, numbered requests, charts as pictures, tables with headings.

    Raises:
        NoJapaneseFont: when the machine has no font for the words of the charts.
    """
    word: Any = docx.Document()
    _set_properties(word, document)
    _set_styles(word)
    _set_page(word, document)
    _write_letter(word, document)
    if document.exhibits:
        word.add_page_break()
        word.add_heading(document.words["evidence"], level=1)
    drawn = [exhibit.drawing.svg for exhibit in document.exhibits if exhibit.drawing]
    pictures = iter(pictures_of(drawn))
    for exhibit in document.exhibits:
        _write_exhibit(word, document, exhibit, next(pictures) if exhibit.drawing else b"")
    _write_end(word, document)
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _set_properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    moment = document.made_at.replace(tzinfo=None)
    properties.title, properties.author = document.title, AUTHOR
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = AUTHOR, document.version
    properties.language, properties.comments = document.language, document.notice


def _set_styles(word: Any) -> None:
    """Give every style a Japanese font and black headings."""
    for name, size in (("Normal", 10.5), ("Title", 18), ("Heading 1", 14), ("Heading 2", 12)):
        style = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), FONT)
        for kind in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)


def _set_page(word: Any, document: Document) -> None:
    """Set A4, the notice above every page, and title and page number below."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.header.paragraphs[0].text = document.notice
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{document.title}({document.state_text}・{document.words['version']} {document.version})  ")
    _add_page_number(foot)


def _add_page_number(paragraph: Any) -> None:
    """Add the field that Word fills with the page's number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _write_letter(word: Any, document: Document) -> None:

    word.add_paragraph(document.dated_text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for name in document.addressees:
        word.add_paragraph(name)
    word.add_paragraph(document.sender).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_heading(document.title, level=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in filter(None, (line.strip() for line in document.preamble.splitlines())):
        word.add_paragraph(line)
    word.add_heading(document.words["requests"], level=1)
    for text in document.requests:
        word.add_paragraph(text, style="List Number")


def _write_exhibit(word: Any, document: Document, exhibit: Exhibit, picture_png: bytes) -> None:

    words = document.words
    word.add_heading(f"{words['exhibit']} {exhibit.number} {exhibit.title}", level=2)
    word.add_paragraph().add_run(exhibit.finding).bold = True
    if exhibit.figures:
        rows = [(figure.label, figure.text) for figure in exhibit.figures]
        _add_table(word, (words["figures"], words["value"]), rows)
    if exhibit.drawing:
        run = word.add_paragraph().add_run()
        picture = run.add_picture(io.BytesIO(picture_png), width=Mm(PICTURE_MM))
        picture._inline.docPr.set("descr", exhibit.drawing.alt)
        picture._inline.docPr.set("title", exhibit.drawing.title)
    if exhibit.table:
        _add_numbers(word, exhibit.table)
    for note in exhibit.notes:
        word.add_paragraph(note)
    word.add_paragraph(f"{words['hash']} {exhibit.short_hash}")


def _add_numbers(word: Any, table: Table) -> None:
    rows = [(row.heading, *(number.text for number in row.numbers)) for row in table.rows]
    _add_table(word, (table.first, *table.columns), rows)


def _add_table(word: Any, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Add a table whose first row repeats on every page as its heading."""
    made = word.add_table(rows=1 + len(rows), cols=len(head))
    made.style = "Light List"
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line, texts in enumerate([head, *rows]):
        # Reading ``cells`` of a row once is far quicker than asking the table for each cell.
        for place, (cell, text) in enumerate(zip(made.rows[line].cells, texts, strict=True)):
            cell.text = text
            if place:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_paragraph()


def _write_end(word: Any, document: Document) -> None:
    """Write what the data are, and the questions with their hashes."""
    words = document.words
    word.add_heading(words["facts"], level=1)
    _add_table(word, (words["item"], words["value"]), list(document.facts))
    if document.exhibits:
        word.add_heading(words["appendix"], level=1)
        word.add_paragraph(words["appendix_lead"])
        for exhibit in document.exhibits:
            word.add_paragraph(f"{words['exhibit']} {exhibit.number} — {exhibit.query_hash}")
            word.add_paragraph(exhibit.question)


def _with_fixed_times(made: bytes) -> bytes:
    """Pack the parts again without the time of the machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIXED_TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, source.read(name))
    return buffer.getvalue()
