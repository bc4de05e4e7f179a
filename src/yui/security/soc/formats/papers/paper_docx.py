"""A paper as an editable Word file, the same bytes for the same draft."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, RGBColor

from yui.kernel.paper.word import add_rows, new_word, word_bytes
from yui.security.soc.formats.papers.paper import Paper, Section
from yui.security.soc.formats.papers.paper_pdf import printable

QUIET = RGBColor(0x59, 0x59, 0x59)


def paper_docx(paper: Paper) -> bytes:
    """Return the draft as DOCX: headings, and one table of questions and answers under each."""
    word = new_word(
        title=printable(paper.title),
        made_at=paper.made_at,
        language="ja",
        comments=f"facts {paper.facts_sha256}",
        margin_mm=22,
        sizes={"Normal": 10.5, "Title": 18, "Heading 1": 12},
    )
    section = word.sections[0]
    section.header.paragraphs[0].text = printable("  ".join(paper.notices))
    section.footer.paragraphs[0].text = f"{paper.number} {paper.title} {paper.facts_sha256[:12]}"
    word.add_paragraph(paper.dated).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_paragraph(printable(paper.addressee))
    word.add_paragraph(printable(paper.sender)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_heading(printable(paper.title), level=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for each in paper.sections:
        word.add_heading(printable(each.heading), level=1)
        _add_rows(word, each)
    return word_bytes(word)


def _add_rows(word: Any, section: Section) -> None:
    """Add the questions and answers; the first row is the table's heading on every page."""
    made = add_rows(word, 1 + len(section.rows), 2, "Table Grid")
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
