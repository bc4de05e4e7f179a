"""CSV out: UTF-8 with byte order mark and CRLF, which Excel opens as Japanese, and no formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from yui.kernel.exchange.errors import Text
from yui.kernel.exchange.export.values import as_text, demonstration_line, harmless

BOM = b"\xef\xbb\xbf"
FLUSH_AT = 64 * 1024


def csv_stream(headers: Sequence[Text], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece, so that a list of any length costs little memory.

    In a demonstration the sentence that says so is the last line: the first stays the headings.
    """
    yield BOM
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([harmless(str(title)) for title in headers])
    for row in rows:
        writer.writerow([harmless(as_text(value)) for value in row])
        if buffer.tell() > FLUSH_AT:
            yield _drain(buffer)
    if line := demonstration_line():
        writer.writerow([line])
    yield _drain(buffer)


def csv_bytes(headers: Sequence[Text], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a whole CSV file."""
    return b"".join(csv_stream(headers, rows))


def _drain(buffer: io.StringIO) -> bytes:
    """Return what was written and empty the buffer."""
    written = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return written
