"""What a document says, whatever its format: a secret hides as well in a workbook as on a page."""

import io
import zipfile

from pypdf import PdfReader


def text_of(body: bytes) -> str:
    """Return the text of a page, a PDF, or an archive (XLSX, DOCX, ZIP) with the names of its parts."""
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(name + text_of(archive.read(name)) for name in archive.namelist())
    return body.decode("utf-8", errors="replace")
