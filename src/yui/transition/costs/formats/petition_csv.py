"""The appendix of a petition: every number with the question that it answers, as CSV."""

import csv
import io

from yui.transition.costs.formats.petition import Document

BOM = b"\xef\xbb\xbf"
FIELDS = ("exhibit", "title", "cell", "label", "value", "text", "unit", "query_hash", "question")


def petition_csv(document: Document) -> bytes:
    """Return one line per number: UTF-8 with byte order mark and CRLF, the same bytes for the same petition.

    ``query_hash`` is the SHA-256 of ``question`` with the number's ``cell`` added to it, keys sorted and
    without white space. Where the petition carries a notice it is the last line.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([document.words[f"csv_{field}"] for field in FIELDS])
    for exhibit in document.exhibits:
        for number in exhibit.numbers:
            writer.writerow(
                [
                    exhibit.number,
                    exhibit.title,
                    number.cell,
                    number.label,
                    number.value,
                    number.text,
                    number.unit,
                    number.query_hash,
                    exhibit.question,
                ]
            )
    if document.notice:
        writer.writerow([document.notice])
    return BOM + buffer.getvalue().encode()
