"""One door for every table that comes in as a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.errors import EmptyFile, Text
from yui.kernel.exchange.formats.delimited import delimited_rows, detect_delimiter
from yui.kernel.exchange.formats.encodings import NAMES, detect_encoding
from yui.kernel.exchange.formats.guards import kind_of, open_bytes
from yui.kernel.exchange.formats.headers import HEAD_ROWS, Expected, FoundHeader, find_header
from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.kernel.exchange.formats.workbooks import Workbook


class SheetRow(NamedTuple):
    """A row with its number as the sheet shows it, counted from 1, and its cells as text."""

    number: int
    cells: Sequence[str | None]


@dataclass(frozen=True)
class TabularFile:
    """A table found in a file. ``rows()`` may be called again and again; each call reads anew.

    Attributes:
        kind: ``"csv"``, ``"tsv"``, ``"xlsx"`` or ``"xls"``.
        header: one name per column, ``親/子`` where headings were merged, empty for a column without one.
        header_row: number of the last heading row, as the sheet shows it.
        encoding: Python name of a text file's encoding.
        delimiter: separator of a text file.
        sheet: the sheet that was read, of ``sheets``.
        notes: what the reader should be told about how the file was read.
    """

    path: Path
    kind: str
    header: tuple[str, ...]
    header_row: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    _rows: Callable[[], Iterator[Sequence[str | None]]] = field(default=partial(iter, ()), repr=False)

    def rows(self) -> Iterator[SheetRow]:
        """Yield every data row that is not blank."""
        for number, cells in enumerate(self._rows(), start=1):
            if number > self.header_row and any(cells):
                yield SheetRow(number, cells)

    def batches(self, size: int = 5000) -> Iterator[list[SheetRow]]:
        """Yield the data rows in lists of at most ``size``, for work that goes faster in bulk."""
        rows = self.rows()
        while batch := list(islice(rows, size)):
            yield batch


def read_table(
    path: Path,
    *,
    expected: Sequence[Expected] = (),
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> TabularFile:
    """Find the table in a CSV, TSV (also gzipped), XLSX or XLS file.

    Args:
        path: the file; its kind is told from its bytes.
        expected: the columns looked for, by which heading rows, sheet and separator are recognised.
        sheet: the sheet to read; by default the one whose headings match best.
        limits: bounds on size and shape.

    Raises:
        FileRefused: one of its kinds, saying what is wrong with the file and what to do.
    """
    kind = kind_of(path, limits)
    if kind in ("xlsx", "xls"):
        return _read_workbook(path, kind, expected, sheet, limits)
    return _read_text(path, kind, expected, limits)


def _read_text(path: Path, kind: str, expected: Sequence[Expected], limits: Limits) -> TabularFile:
    """Find the table in a text file."""
    encoding = detect_encoding(partial(open_bytes, path, kind, limits))
    delimiter = detect_delimiter(path, kind=kind, encoding=encoding, expected=expected, limits=limits)
    rows = partial(delimited_rows, path, kind=kind, encoding=encoding, delimiter=delimiter, limits=limits)
    found = _header_of(list(islice(rows(), HEAD_ROWS)), expected)
    return TabularFile(
        path=path,
        kind="tsv" if delimiter == "\t" else "csv",
        header=found.names,
        header_row=found.end,
        encoding=encoding,
        delimiter=delimiter,
        notes=(
            format_lazy(_("文字コードは {encoding} として読みました。"), encoding=NAMES[encoding]),
            *_header_notes(found),
        ),
        _rows=rows,
    )


def _read_workbook(
    path: Path, kind: str, expected: Sequence[Expected], sheet: str | None, limits: Limits
) -> TabularFile:
    """Find the table in a workbook."""
    workbook = Workbook(path, kind, limits)
    chosen = sheet if sheet is not None else workbook.choose_sheet(expected)
    found = _header_of(list(workbook.rows(chosen, limit=HEAD_ROWS)), expected)
    notes: tuple[Text, ...] = _header_notes(found)
    if len(workbook.sheets) > 1:
        notes = (format_lazy(_("シート「{sheet}」を読みました。"), sheet=chosen), *notes)
    return TabularFile(
        path=path,
        kind=kind,
        header=found.names,
        header_row=found.end,
        sheet=chosen,
        sheets=workbook.sheets,
        notes=notes,
        _rows=partial(workbook.rows, chosen),
    )


def _header_of(head: Sequence[Sequence[str | None]], expected: Sequence[Expected]) -> FoundHeader:
    """Return the heading rows or refuse a file without any."""
    found = find_header(head, expected)
    if found is None:
        raise EmptyFile
    return found


def _header_notes(found: FoundHeader) -> tuple[Text, ...]:
    """Tell the reader where the headings were found, if not simply in the first row."""
    if found.end == 1:
        return ()
    if found.depth == 1:
        return (format_lazy(_("{row}行目を見出しとして読みました。"), row=found.end),)
    return (
        format_lazy(
            _("{first}〜{last}行目を見出しとして読みました。"), first=found.start + 1, last=found.end
        ),
    )
