"""What a room says about a table that it takes in: columns, checks, and how rows are applied."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from yui.kernel.exchange.errors import Text, UnknownImporter, in_both_languages
from yui.kernel.exchange.formats import cells
from yui.kernel.exchange.formats.headers import Expected
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation


class ColumnKind(StrEnum):
    """What a column holds, and so what type its values have."""

    TEXT = "text"  # str
    INT = "int"  # int
    YEN = "yen"  # int
    DECIMAL = "decimal"  # Decimal
    DATE = "date"  # datetime.date
    MONTH = "month"  # Month
    CHOICE = "choice"  # the choice's value
    BOOL = "bool"  # bool
    CODE = "code"  # str, half-width
    ORGANISATION_CODE = "organisation_code"  # str, half-width, verified by the column's ``verify``


@dataclass(frozen=True)
class RowError:
    """What is wrong in one cell or row.

    Attributes:
        row: number as the sheet shows it, counted from 1.
        column: title of the column, empty where the row as a whole is meant.
        value: the cell as written.
        message: what is wrong.
        remedy: what to do.
    """

    row: int
    column: Text
    value: str
    message: Text
    remedy: Text

    def as_json(self) -> dict[str, Any]:
        """Return the error with its texts in both languages."""
        return {
            "row": self.row,
            "column": in_both_languages(self.column),
            "value": self.value[:200],
            "message": in_both_languages(self.message),
            "remedy": in_both_languages(self.remedy),
        }


@dataclass(frozen=True)
class ImportColumn:
    """One column of an importer.

    Attributes:
        key: name in code; the key of the value in ``ImportRow.values``.
        title_ja: heading in the template, in Japanese; always understood.
        aliases: other headings understood, English ones included. ``親/子`` names a merged heading.
        kind: what the cells hold.
        required: whether a file without the column, and a row without the cell, is refused.
        choices: (value, label) pairs; both are understood in the cell.
        choice_aliases: further words for a choice's value.
        help: one line for the column table.
        max_length: longest text taken.
        verify: checks and may rewrite the value; raises ``CellRejected`` or ``ValueError`` with a sentence.
        example: what the template shows.
    """

    key: str
    title_ja: str
    aliases: tuple[str, ...] = ()
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    choice_aliases: Mapping[str, str] = field(default_factory=dict)
    help: Text = ""
    max_length: int | None = None
    verify: Callable[[Any], Any] | None = None
    example: str = ""

    @cached_property
    def meanings(self) -> dict[str, str]:
        """Value of the choice by each folded word that means it, in both languages."""
        words = {cells.folded(word): value for word, value in self.choice_aliases.items()}
        for value, label in self.choices:
            for word in (value, *in_both_languages(label).values()):
                words.setdefault(cells.folded(word), value)
        return words

    @property
    def choice_labels(self) -> str:
        """The labels of the choices in one line."""
        return "、".join(str(label) for _value, label in self.choices)

    def read(self, text: str) -> Any:
        """Return the value of a cell that says something.

        Raises:
            CellRejected: with the sentence for the reader.
        """
        readers: dict[ColumnKind, Callable[[str], Any]] = {
            ColumnKind.INT: cells.read_int,
            ColumnKind.YEN: cells.read_yen,
            ColumnKind.DECIMAL: cells.read_decimal,
            ColumnKind.DATE: cells.read_date,
            ColumnKind.MONTH: cells.read_month,
            ColumnKind.BOOL: cells.read_bool,
            ColumnKind.CODE: cells.read_code,
            ColumnKind.ORGANISATION_CODE: cells.read_code,
        }
        if self.kind is ColumnKind.CHOICE:
            return cells.read_choice(text, self.meanings, self.choice_labels)
        return readers.get(self.kind, str)(text)


@dataclass(frozen=True)
class ImportRow:
    """One row whose cells were all read.

    Attributes:
        number: as the sheet shows it, counted from 1.
        values: value by column key; None for an empty cell or an absent column.
    """

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        """Return the value of the column ``key``."""
        return self.values[key]


@dataclass(frozen=True)
class ImportContext:
    """Where rows are going.

    Attributes:
        organisation: whose records the rows become.
        columns: keys of the columns that the file has; an absent column leaves the record's field alone.
        data: what the importer's ``prepare`` returned.
        file_hash: SHA-256 of the file in hexadecimal, to be kept as the records' source.
        file_name: the name under which it was sent.
    """

    actor: Actor
    organisation: Organisation
    columns: frozenset[str]
    data: Any = None
    file_hash: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class ApplyResult:
    """How many rows made a new record, changed one, or found everything as it was."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def accepted(self) -> int:
        """Rows that changed something."""
        return self.created + self.updated


@dataclass(frozen=True)
class Importer:
    """A table that a room takes in.

    Attributes:
        code: ``room.noun``, in addresses and on the command line.
        title: what is taken in, for people.
        columns: what the table has.
        apply: called once in the transaction as ``apply(actor, rows, context)``, with the rows that passed as
            a stream that is read while the file is. It calls the room's operations and counts what they did.
        key_columns: columns that together name a row; a second row with the same key is an error.
        check_row: further errors of a row that was read, for what needs more than one cell or the database.
        prepare: called once before checking and once before applying; its result is ``context.data``.
        verb: what the actor must be allowed to do in the organisation.
        lead: one sentence for the start page.
        done_url: address to go on to when all is done, given the run's organisation code.
    """

    code: str
    title: Text
    columns: tuple[ImportColumn, ...]
    apply: Callable[[Actor, Iterable[ImportRow], ImportContext], ApplyResult]
    key_columns: tuple[str, ...] = ()
    check_row: Callable[[ImportRow, ImportContext], list[RowError]] | None = None
    prepare: Callable[[Actor, Organisation], Any] | None = None
    verb: Verb = Verb.IMPORT
    lead: Text = ""
    done_url: Callable[[str], str] | None = None

    def column(self, key: str) -> ImportColumn:
        """Return the column ``key``."""
        return next(column for column in self.columns if column.key == key)

    @property
    def expected(self) -> tuple[Expected, ...]:
        """The columns as the reader of headings looks for them."""
        return tuple(
            Expected(column.key, (column.title_ja, *column.aliases, column.key), column.required)
            for column in self.columns
        )


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> Importer:
    """Offer an importer; called from a room's ``apps.py``. The same code twice is a programming error."""
    known = _importers.get(importer.code)
    if known is not None and known != importer:
        raise ValueError(f"importer {importer.code} is registered twice")
    missing = set(importer.key_columns) - {column.key for column in importer.columns}
    if missing:
        raise ValueError(f"importer {importer.code}: key columns {sorted(missing)} are no columns")
    _importers[importer.code] = importer
    return importer


def all_importers() -> list[Importer]:
    """Return every importer in the order of their codes."""
    return [_importers[code] for code in sorted(_importers)]


def importer_named(code: str) -> Importer:
    """Return the importer ``code``.

    Raises:
        UnknownImporter: naming those that exist.
    """
    if code not in _importers:
        raise UnknownImporter(code, sorted(_importers))
    return _importers[code]
