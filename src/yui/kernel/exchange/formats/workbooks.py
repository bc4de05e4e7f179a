"""XLSX and XLS: cells as text, addresses kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from yui.kernel.exchange.errors import DamagedFile, EmptyFile, EncryptedWorkbook, ExchangeError, SheetNotFound
from yui.kernel.exchange.formats.guards import check_workbook
from yui.kernel.exchange.formats.headers import HEAD_ROWS, Expected, find_header
from yui.kernel.exchange.formats.limits import Limits

SLICE = 5000


class Workbook:
    """An opened workbook.

    Attributes:
        sheets: names of its sheets in order.
    """

    def __init__(self, path: Path, kind: str, limits: Limits) -> None:
        # fastexcel and polars cost 200 ms to import, and pages that read no workbook need neither.
        import fastexcel

        if kind == "xlsx":
            check_workbook(path, limits)
        try:
            self._reader = fastexcel.read_excel(path)
        except BaseException as error:
            raise _refusal(error) from error
        self.sheets: tuple[str, ...] = tuple(self._reader.sheet_names)

    def rows(self, sheet: str, *, limit: int | None = None) -> Iterator[tuple[str | None, ...]]:
        """Yield the rows of a sheet from its first row on, each cell as text.

        Dates read ``2026-04-01 00:00:00``, numbers without separators, truth values ``true``; formulas give
        the value that was saved with them, and their errors (``#REF!``) an empty cell.
        """
        if sheet not in self.sheets:
            raise SheetNotFound(sheet, self.sheets)
        try:
            loaded = self._reader.load_sheet(
                sheet, header_row=None, skip_rows=0, n_rows=limit, dtypes="string"
            )
            frame = loaded.to_polars()
        except BaseException as error:
            raise _refusal(error) from error
        for part in frame.iter_slices(SLICE):
            yield from part.rows()

    def choose_sheet(self, expected: Sequence[Expected]) -> str:
        """Return the sheet whose headings match best; without expectations the first that holds anything.

        Raises:
            EmptyFile: where every sheet is empty.
        """
        best: tuple[int, str] | None = None
        for sheet in self.sheets:
            found = find_header(list(self.rows(sheet, limit=HEAD_ROWS)), expected)
            if found is not None and (best is None or found.score > best[0]):
                best = (found.score, sheet)
        if best is None:
            raise EmptyFile
        return best[1]


def _refusal(error: BaseException) -> BaseException:
    """Return what to raise for an error of the spreadsheet reader, whose panics are no ``Exception``."""
    if isinstance(error, ExchangeError | KeyboardInterrupt | SystemExit | MemoryError):
        return error
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return EncryptedWorkbook()
    return DamagedFile()
