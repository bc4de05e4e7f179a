"""CSV and TSV, read row by row in bounded memory."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TextIO

from yui.kernel.exchange.errors import LineTooLong, UnknownFormat
from yui.kernel.exchange.formats.guards import open_bytes
from yui.kernel.exchange.formats.headers import HEAD_ROWS, Expected, find_header
from yui.kernel.exchange.formats.limits import Limits

DELIMITERS = (",", "\t", ";", "|")


class _Lines:
    """Lines of a text file, bounded, without NUL signs; knows which row it is in."""

    def __init__(self, text: TextIO, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._pending = 0
        self.row = 1
        self.had_nul = False

    def __iter__(self) -> Iterator[str]:
        limit = self._limit
        readline = self._text.readline
        while line := readline(limit + 1):
            self._pending += len(line)
            if self._pending > limit:
                raise LineTooLong(self.row)
            if "\0" in line:
                self.had_nul = True
                line = line.replace("\0", "")
            yield line

    def row_done(self) -> None:
        """Note that a whole row was read."""
        self._pending = 0
        self.row += 1


def delimited_rows(
    path: Path, *, kind: str, encoding: str, delimiter: str, limits: Limits
) -> Iterator[list[str]]:
    """Yield each row as written, blank ones included, so that numbers agree with what Excel shows.

    Raises:
        LineTooLong: for a row beyond the limit, which is what an unclosed quotation mark leads to.
        UnknownFormat: for more columns than the limit.
    """
    with closing(open_bytes(path, kind, limits)) as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        lines = _Lines(text, limits.record_characters)
        reader = csv.reader(iter(lines), delimiter=delimiter)
        columns = limits.columns
        try:
            for row in reader:
                if len(row) > columns:
                    raise UnknownFormat
                yield row
                lines.row_done()
        except csv.Error as error:
            raise LineTooLong(lines.row) from error


def detect_delimiter(
    path: Path, *, kind: str, encoding: str, expected: Sequence[Expected], limits: Limits
) -> str:
    """Return the separator that finds most of the expected headings, or else the most even columns."""
    best = (-1, -1, -1)
    chosen = DELIMITERS[0]
    for delimiter in DELIMITERS:
        try:
            head = _head(path, kind=kind, encoding=encoding, delimiter=delimiter, limits=limits)
        except (LineTooLong, UnknownFormat):
            # A quotation mark inside a field can look unclosed under the wrong separator.
            continue
        found = find_header(head, expected)
        widths = [len(row) for row in head if len(row) > 1]
        mode = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        rank = (found.score if found else 0, widths.count(mode), mode)
        if rank > best:
            best, chosen = rank, delimiter
    return chosen


def _head(path: Path, *, kind: str, encoding: str, delimiter: str, limits: Limits) -> list[list[str]]:
    """Return the first rows."""
    rows = delimited_rows(path, kind=kind, encoding=encoding, delimiter=delimiter, limits=limits)
    with closing(rows):  # type: ignore[type-var]
        return [row for row, _count in zip(rows, range(HEAD_ROWS), strict=False)]
