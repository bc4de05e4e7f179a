"""Reads a file through an importer: values, errors in place, and counts that add up."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.errors import MissingColumns, RepeatedColumn
from yui.kernel.exchange.formats.cells import CellRejected, plain_text, says_nothing
from yui.kernel.exchange.formats.headers import HeaderMatch, match_headings
from yui.kernel.exchange.formats.tabular import SheetRow, TabularFile
from yui.kernel.exchange.importers import ImportColumn, ImportContext, Importer, ImportRow, RowError


@dataclass(frozen=True)
class CheckedRow:
    """A row after reading and checking.

    Attributes:
        cells: the cells as written, by column key.
        row: the values, None where a cell could not be read.
        errors: what is wrong with it; empty for a good row.
    """

    number: int
    cells: dict[str, str]
    row: ImportRow | None
    errors: tuple[RowError, ...]


def match_columns(importer: Importer, table: TabularFile) -> HeaderMatch:
    """Match the table's headings to the importer's columns.

    Raises:
        MissingColumns: where a required column is not there.
        RepeatedColumn: where two columns mean the same.
    """
    match = match_headings(table.header, importer.expected)
    if match.missing:
        raise MissingColumns(
            [importer.column(key).title_ja for key in match.missing], [name for name in table.header if name]
        )
    for key, first, second in match.repeated:
        raise RepeatedColumn(importer.column(key).title_ja, first, second)
    return match


@dataclass
class RowChecker:
    """Checks the rows of one file in order, remembering the keys it has seen.

    Attributes:
        read: rows seen so far.
        rejected: rows with at least one error.
    """

    importer: Importer
    table: TabularFile
    context: ImportContext
    read: int = 0
    rejected: int = 0
    _seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.match = match_columns(self.importer, self.table)
        self._columns = [
            (position, self.importer.column(key)) for position, key in self.match.positions.items()
        ]
        self._empty: dict[str, Any] = dict.fromkeys(column.key for column in self.importer.columns)
        self.context = replace(self.context, columns=frozenset(self.match.positions.values()))

    def rows(self) -> Iterator[CheckedRow]:
        """Yield every row of the table, good or bad."""
        for sheet_row in self.table.rows():
            self.read += 1
            checked = self._check(sheet_row)
            if checked.errors:
                self.rejected += 1
            yield checked

    def _check(self, sheet_row: SheetRow) -> CheckedRow:
        values = dict(self._empty)
        written: dict[str, str] = {}
        errors: list[RowError] = []
        width = len(sheet_row.cells)
        for position, column in self._columns:
            text = plain_text(sheet_row.cells[position]) if position < width else ""
            written[column.key] = text
            try:
                values[column.key] = read_cell(column, text)
            except CellRejected as rejected:
                errors.append(
                    RowError(sheet_row.number, column.title_ja, text, rejected.message, rejected.remedy)
                )
        row = ImportRow(sheet_row.number, values)
        if not errors:
            errors += self._repeated_key(row, written)
        if not errors and self.importer.check_row is not None:
            errors += self.importer.check_row(row, self.context)
        return CheckedRow(sheet_row.number, written, row if not errors else None, tuple(errors))

    def _repeated_key(self, row: ImportRow, written: dict[str, str]) -> list[RowError]:
        """Return an error if an earlier row has the same key; empty keys name nothing and are let pass."""
        columns = self.importer.key_columns
        key = tuple(row.values[column] for column in columns)
        if not columns or all(part is None for part in key):
            return []
        first = self._seen.setdefault(key, row.number)
        if first == row.number:
            return []
        title = "、".join(self.importer.column(column).title_ja for column in columns)
        return [
            RowError(
                row.number,
                title,
                "、".join(written.get(column, "") for column in columns),
                format_lazy(_("{first}行目と同じ「{title}」です。"), first=first, title=title),
                format_lazy(
                    _("{first}行目か{row}行目のどちらかを削除してください。"), first=first, row=row.number
                ),
            )
        ]


def read_cell(column: ImportColumn, text: str) -> Any:
    """Return the value of one cell, None where it says nothing.

    Raises:
        CellRejected: where the text is no value of the column.
    """
    if says_nothing(text):
        if column.required:
            raise CellRejected(_("必須の欄が空です。"), _("値を書いてください。"))
        return None
    if column.max_length is not None and len(text) > column.max_length:
        raise CellRejected(
            format_lazy(_("{length}文字あります。"), length=len(text)),
            format_lazy(_("{limit}文字以内にしてください。"), limit=column.max_length),
        )
    value = column.read(text)
    if column.verify is None or value is None:
        return value
    try:
        return column.verify(value)
    except CellRejected:
        raise
    except ValueError as error:
        remedy = getattr(error, "remedy", "") or column.help or _("値を確かめて書き直してください。")
        raise CellRejected(str(error), remedy) from error
