"""A petition as an editable Word file, the same bytes for the same petition."""

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from yui.kernel.paper import pictures_of
from yui.kernel.paper.word import add_table, new_word, word_bytes
from yui.transition.costs.formats.petition import Document, Exhibit, Table

PICTURE_MM = 160


def petition_docx(document: Document) -> bytes:
    """Return the petition as DOCX: headings, numbered requests, charts as pictures, tables with headings.

    Raises:
        NoJapaneseFont: when the machine has no font for the words of the charts.
    """
    word = new_word(
        title=document.title,
        made_at=document.made_at,
        language=document.language,
        comments=document.notice,
        revision=document.version,
        margin_mm=25,
    )
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
    return word_bytes(word)


def _set_page(word: Any, document: Document) -> None:
    """Set A4, the notice above every page, and title and page number below."""
    section = word.sections[0]
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
        add_table(word, (words["figures"], words["value"]), rows)
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
    add_table(word, (table.first, *table.columns), rows)


def _write_end(word: Any, document: Document) -> None:
    """Write what the data are, and the questions with their hashes."""
    words = document.words
    word.add_heading(words["facts"], level=1)
    add_table(word, (words["item"], words["value"]), list(document.facts))
    if document.exhibits:
        word.add_heading(words["appendix"], level=1)
        word.add_paragraph(words["appendix_lead"])
        for exhibit in document.exhibits:
            word.add_paragraph(f"{words['exhibit']} {exhibit.number} — {exhibit.query_hash}")
            word.add_paragraph(exhibit.question)
