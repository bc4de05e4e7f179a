"""A paper as an Excel sheet: one row for each question, under the headings of its form."""

import io

import xlsxwriter

from yui.security.soc.formats.papers.paper import Paper
from yui.security.soc.formats.papers.paper_pdf import AUTHOR, printable


def paper_xlsx(paper: Paper) -> bytes:
    """Return the draft as XLSX; every cell is text, so that no answer is ever read as a formula."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties(
        {
            "title": printable(paper.title),
            "author": AUTHOR,
            "created": paper.made_at.replace(tzinfo=None),
            "comments": f"facts {paper.facts_sha256}",
        }
    )
    plain = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
    unknown = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1, "font_color": "#595959"})
    heading = workbook.add_format({"bold": True, "bg_color": "#E8F1FE", "border": 1})
    title = workbook.add_format({"bold": True, "font_size": 14})
    sheet = workbook.add_worksheet("報告")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{printable('  '.join(paper.notices)).replace('&', '&&')[:200]}")
    line = 0
    for text in (*paper.notices, paper.dated, paper.addressee, paper.sender):
        sheet.write_string(line, 0, printable(text))
        line += 1
    sheet.write_string(line, 0, printable(paper.title), title)
    line += 2
    for section in paper.sections:
        sheet.write_string(line, 0, printable(section.heading), heading)
        sheet.write_blank(line, 1, None, heading)
        line += 1
        for row in section.rows:
            sheet.write_string(line, 0, printable(row.label), plain)
            sheet.write_string(line, 1, printable(row.shown), plain if row.is_known else unknown)
            line += 1
        line += 1
    workbook.close()
    return buffer.getvalue()
