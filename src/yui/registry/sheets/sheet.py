"""What every table of the ledger has: an importer, and the way back from records to rows."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.export import CellKind, ExportColumn
from yui.kernel.exchange.formats.cells import CellRejected
from yui.kernel.exchange.importers import (
    ApplyResult,
    ColumnKind,
    ImportColumn,
    ImportContext,
    Importer,
    ImportRow,
    RowError,
)
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import is_valid_code

R = TypeVar("R", bound=Model)
F = TypeVar("F")

EXPORT_KINDS = {
    ColumnKind.INT: CellKind.NUMBER,
    ColumnKind.YEN: CellKind.YEN,
    ColumnKind.DATE: CellKind.DATE,
}
_APOSTROPHE = re.compile(r"\A'(?=\s*[=+\-@＝＋－＠])")


@dataclass(frozen=True)
class Sheet:
    """One table of the ledger.

    Attributes:
        name: word in addresses and on the command line.
        importer: how the table is read.
        records: what is written, for an actor and an organisation.
        cells: the values of one record by column key.
    """

    name: str
    importer: Importer
    records: Callable[[Actor, Organisation], Iterable[Any]]
    cells: Callable[[Any], Mapping[str, Any]]

    @property
    def columns(self) -> list[ExportColumn]:
        """The columns as an export shows them."""
        return [
            ExportColumn(column.title_ja, EXPORT_KINDS.get(column.kind, CellKind.TEXT))
            for column in self.importer.columns
        ]

    def rows(self, actor: Actor, organisation: Organisation) -> Iterator[list[Any]]:
        """Yield the organisation's records that ``actor`` may see, as rows in the order of the columns."""
        keys = [column.key for column in self.importer.columns]
        for record in self.records(actor, organisation):
            values = self.cells(record)
            yield [values[key] for key in keys]


def official_code(code: str) -> str:
    """Return the code if its check digit is right.

    Raises:
        CellRejected: with a sentence that says what to do.
    """
    if not is_valid_code(code):
        raise CellRejected(
            _("団体コードの検査数字が合いません。"), _("6桁の全国地方公共団体コードを確かめてください。")
        )
    return code


ORGANISATION_COLUMN = ImportColumn(
    "organisation_code",
    "団体コード",
    aliases=("全国地方公共団体コード", "区コード"),
    kind=ColumnKind.ORGANISATION_CODE,
    verify=official_code,
    help=_("空でもかまいません。書くときは取り込み先の団体のコードにしてください。"),
    example="131032",
)

message_of = lazy(lambda error: next(iter(error)), str)
"""The sentence of one ``ValidationError`` in the language in which it is asked for."""


def plain(value: str | None) -> str:
    """Return a text cell; the apostrophe by which exports disarm formulas is taken off again."""
    return _APOSTROPHE.sub("", value) if value else ""


def other_organisation(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return an error if the row names another organisation than the one that it is read for."""
    code = row["organisation_code"]
    if code is None or code == context.organisation.code:
        return []
    return [
        RowError(
            row.number,
            ORGANISATION_COLUMN.title_ja,
            code,
            _("取り込み先とは別の団体のコードです。"),
            _("この行を外すか、取り込み先の団体を選び直してください。"),
        )
    ]


def unknown(row: ImportRow, column: ImportColumn, message: Any, remedy: Any) -> RowError:
    """Return the error of a cell whose word names nothing known."""
    return RowError(row.number, column.title_ja, str(row[column.key]), message, remedy)


def errors_of(row: ImportRow, columns: Iterable[ImportColumn], error: ValidationError) -> list[RowError]:
    """Return what the checks of a record say, each at its column."""
    titles = {column.key: column for column in columns}
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    found = []
    for name, leaves in by_field.items():
        column = titles.get(name)
        for leaf in leaves:
            value = row.values.get(name)
            found.append(
                RowError(
                    row.number,
                    column.title_ja if column else "",
                    "" if value is None else str(value),
                    message_of(leaf),  # type: ignore[no-untyped-call]
                    _("この行の値を直してください。"),
                )
            )
    return found


def check_record(row: ImportRow, columns: Iterable[ImportColumn], record: Model) -> list[RowError]:
    """Return what is wrong with ``record`` by its own rules; its foreign keys were found in the database."""
    record._state.adding = record.pk is None
    keys = {field.name for field in record._meta.concrete_fields if field.remote_field}
    try:
        record.clean_fields(exclude=keys)
        record.clean()
        record.validate_constraints()
    except ValidationError as error:
        return errors_of(row, columns, error)
    return []


def apply_each(rows: Iterable[ImportRow], write: Callable[[ImportRow], str]) -> ApplyResult:
    """Write each row by ``write``, which says ``created``, ``updated`` or ``unchanged``, and count."""
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for row in rows:
        counts[write(row)] += 1
    return ApplyResult(**counts)


def save_each(
    rows: Iterable[ImportRow],
    read: Callable[[ImportRow], tuple[R | None, F]],
    *,
    add: Callable[[ImportRow, F], object],
    update: Callable[[R, F], bool],
) -> ApplyResult:
    """Save what each row states, and count.

    Args:
        rows: as they were checked.
        read: returns the record that a row is about, None where it is new, and the facts that it states.
        add: makes a new record.
        update: gives a known record the facts, and tells whether anything changed.
    """

    def write(row: ImportRow) -> str:
        known, facts = read(row)
        if known is None:
            add(row, facts)
            return "created"
        return "updated" if update(known, facts) else "unchanged"

    return apply_each(rows, write)


def list_of(page: str) -> Callable[[str], str]:
    """Return the function from an organisation's code to the address of its list on ``page``."""
    return lambda code: f"{reverse(page)}?organisation={code}"


def moment_cell(moment: Any) -> str:
    """Return a moment as a cell: day and time of Tokyo, to the second where it has seconds."""
    if moment is None:
        return ""
    local = localtime(moment)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
