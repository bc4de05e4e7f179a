"""Every file that a petition is handed over in."""

from collections.abc import Callable, Mapping

from yui.transition.costs.formats.petition import Document
from yui.transition.costs.formats.petition_csv import petition_csv
from yui.transition.costs.formats.petition_pdf import petition_pdf
from yui.transition.costs.formats.petition_xlsx import petition_xlsx


def _docx(document: Document) -> bytes:
    """Return the petition as an editable Word file."""
    # python-docx and lxml cost 100 ms to import; most processes never write a letter.
    from yui.transition.costs.formats.petition_docx import petition_docx

    return petition_docx(document)


WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "pdf": petition_pdf,
    "docx": _docx,
    "xlsx": petition_xlsx,
    "csv": petition_csv,
}
"""Writers by the ending of the file; ``csv`` is the appendix with every number."""
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
