"""An edition as an editable Word file, the same bytes for the same content."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from yui.governance.reports.engine.content import Content, said_about
from yui.governance.reports.formats.report_pdf import AUTHOR, dated

FONT = "游ゴシック"
INK = (0x1A, 0x1A, 0x1A)
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say; the date of the figures stands in the file's properties."""


def report_docx(content: Content, language: str) -> bytes:
    """Return the edition as DOCX in one of its languages: headings, lists, tables with repeated headings."""
    # Heavy: most processes never write a Word file.
    import docx

    told = content["languages"][language]
    word: Any = docx.Document()
    _set_properties(word, content, told)
    _set_styles(word)
    _set_page(word, told)
    _write_head(word, told)
    for topic, heading, nothing in (
        ("decision", "decisions", "no_decisions"),
        ("change", "changes", "nothing"),
        ("risk", "risks", "nothing"),
    ):
        _write_said(
            word, told["words"][heading], said_about(content, language, topic), told["words"][nothing]
        )
    _write_indicators(word, told)
    _write_wards(word, told)
    if told["silent"]:
        word.add_heading(told["words"]["silent"], level=1)
        word.add_paragraph("、".join(told["silent"]))
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _set_properties(word: Any, content: Content, told: Mapping[str, Any]) -> None:
    properties = word.core_properties
    properties.title, properties.author = told["title"], AUTHOR
    properties.created = properties.modified = dated(content).replace(tzinfo=None)
    properties.last_modified_by, properties.revision = AUTHOR, 1
    properties.language, properties.comments = told["language"], told["notice"]


def _set_styles(word: Any) -> None:
    """Give every style a Japanese font and black headings."""
    # Heavy: most processes never write a Word file.
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Normal", 10.5), ("Title", 18), ("Heading 1", 14), ("Heading 2", 12)):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(*INK)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), FONT)
        for kind in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)


def _set_page(word: Any, told: Mapping[str, Any]) -> None:
    """Set A4, the notice above every page, and the title below."""
    # Heavy: most processes never write a Word file.
    from docx.shared import Mm

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.header.paragraphs[0].text = told["notice"]
    section.footer.paragraphs[0].text = told["title"]


def _write_head(word: Any, told: Mapping[str, Any]) -> None:
    word.add_heading(told["title"], level=0)
    word.add_paragraph(" · ".join((told["period_text"], told["whose"], told["measured_text"])))
    for line in filter(None, (told["plan"], told["notice"])):
        word.add_paragraph(line)
    if told["counts"]:
        word.add_heading(told["words"]["summary"], level=1)
        word.add_paragraph(" / ".join(f"{name} {number}" for name, number in told["counts"]))


def _write_said(word: Any, heading: str, said: Sequence[Mapping[str, str]], nothing: str) -> None:
    """Write what is said of a topic; where nothing is, the words for that, and no heading without them."""
    if not said and not nothing:
        return
    word.add_heading(heading, level=1)
    if not said:
        word.add_paragraph(nothing)
    for each in said:
        where = " ".join(filter(None, (each["room"], each["link"])))
        word.add_paragraph(f"{each['text']}({where})" if where else each["text"], style="List Bullet")


def _write_indicators(word: Any, told: Mapping[str, Any]) -> None:
    words = told["words"]
    word.add_heading(words["indicator"], level=1)
    if not told["indicators"]:
        word.add_paragraph(words["no_indicators"])
        return
    has_median = any(each.get("median_text") for each in told["indicators"])
    names = ["value", "change", "year", "target", *(["median"] if has_median else []), "status"]
    for pillar in dict.fromkeys(each["pillar"] for each in told["indicators"]):
        word.add_heading(pillar, level=2)
        rows = [
            (f"{each['title']}({each['code']})", *(each.get(f"{name}_text") or "—" for name in names))
            for each in told["indicators"]
            if each["pillar"] == pillar
        ]
        _add_table(word, (words["indicator"], *(words[name] for name in names)), rows)
    word.add_heading(words["outlook"], level=1)
    for each in told["indicators"]:
        word.add_paragraph().add_run(each["title"]).bold = True
        word.add_paragraph(each["outlook"])


def _write_wards(word: Any, told: Mapping[str, Any]) -> None:
    if told["wards"] is None:
        return
    word.add_heading(told["words"]["wards"], level=1)
    head = (told["words"]["ward"], *(code for code, _title in told["wards"]["titles"]))
    _add_table(word, head, [(name, *values) for name, values in told["wards"]["rows"]])


def _add_table(word: Any, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Add a table whose first row repeats on every page as its heading."""
    # Heavy: most processes never write a Word file.
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

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


def _with_fixed_times(made: bytes) -> bytes:
    """Pack the parts again without the time of the machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIXED_TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, source.read(name))
    return buffer.getvalue()
