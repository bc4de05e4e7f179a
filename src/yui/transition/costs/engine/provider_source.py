"""Opens a provider's file: whose it is, and its columns as text in the spelling of the conversion table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yui.kernel.exchange.formats.limits import Limits
from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.engine.opening import Opened, header_of
from yui.transition.costs.engine.provider_values import Cells
from yui.transition.costs.engine.sql_of_rows import csv_fields, csv_relation
from yui.transition.costs.formats.errors import ColumnsMissing, ColumnTwice, UnreadableBill
from yui.transition.costs.formats.problems import LISTED_ERRORS, RowProblem
from yui.transition.costs.formats.providers.errors import JsonRefused, NotProviderBill, OtherProvider
from yui.transition.costs.formats.providers.json_text import documents, flat, is_json, json_lines
from yui.transition.costs.formats.providers.sakura import is_sakura, join_answers
from yui.transition.costs.formats.providers.tables import ProviderTable, recognise_provider, table_of

BATCH = 10_000
ROW = "x_row"
Row = dict[str, str | None]


@dataclass(frozen=True)
class ProviderSource:
    """A provider's file that DuckDB can read.

    Attributes:
        relation: SQL that reads the file.
        cells: its columns, as SQL for their text.
        row: SQL for a row's number in the file.
        written: the columns as the file writes them, by their name in the table's spelling.
        left_out: columns that the table does not look at, as the file writes them.
        problems: rows that were no row at all.
        notes: what the reader should know already.
    """

    table: ProviderTable
    relation: str
    cells: Cells
    row: str
    written: dict[str, str]
    left_out: tuple[str, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether rows with another number of cells than the heading can occur."""
        return self.relation.startswith("read_csv")


@dataclass
class _Records:
    """JSON objects on their way into a table of text."""

    table: ProviderTable
    problems: list[RowProblem] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)

    def row(self, number: int, value: Any) -> Row | None:
        """Return the columns of one object that the table looks at; note what is no object."""
        if not isinstance(value, dict):
            message = str(value) if isinstance(value, JsonRefused) else str(JsonRefused(number, "{}"))
            if len(self.problems) < LISTED_ERRORS:
                self.problems.append(RowProblem(number, "", "", message))
            return None
        row: Row = {ROW: str(number)}
        for name, text in flat(value):
            spelt = self.spelt.get(name)
            if spelt is None:
                spelt = self.spelt[name] = self.table.spell(name)
                self.written.setdefault(spelt, name)
            if spelt in self.table.columns and text != "":
                row[spelt] = text
        return row


def open_source(opened: Opened, workspace: Path, limits: Limits, kind: str = "") -> ProviderSource:
    """Find out whose bill the opened file is.

    Args:
        kind: the provider that it must be; empty to recognise it.

    Raises:
        NotProviderBill, OtherProvider: when it is nobody's, or another's than said.
        ColumnsMissing, ColumnTwice: when no figure can be worked out, or two columns are one.
        JsonRefused and its like: when the JSON is damaged.
    """
    if opened.is_parquet:
        return _of_parquet(opened.path, kind)
    if is_json(opened.path):
        return _of_json(opened.path, workspace, limits, kind)
    header = header_of(opened.path)
    table = _table_of_header(header, kind)
    cells = dict(zip(_spelt(table, header), map(identifier, csv_fields(len(header))), strict=True))
    relation = csv_relation(str(opened.path), len(header))
    return _source(table, relation, cells, header, "row_number() OVER () + 1")


def _of_parquet(path: Path, kind: str) -> ProviderSource:
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableBill(str(error).splitlines()[0][:200]) from error
    leaves = dict(_leaves(schema))
    table = _table_of_header(tuple(leaves), kind)
    cells = dict(zip(_spelt(table, tuple(leaves)), leaves.values(), strict=True))
    relation = f"read_parquet({literal(str(path))})"
    return _source(table, relation, cells, tuple(leaves), "row_number() OVER () + 1")


def _of_json(path: Path, workspace: Path, limits: Limits, kind: str) -> ProviderSource:
    lines = json_lines(path, limits)
    first = next(lines, (1, None))
    value = first[1]
    if isinstance(value, dict) and not is_sakura([value]):
        return _of_records(chain([first], lines), value, workspace, kind)
    try:
        found = documents(path)
    except JsonRefused:
        if kind:
            raise
        raise NotProviderBill from None
    if is_sakura(found):
        joined = join_answers(found)
        rows = enumerate(joined.rows, start=1)
        source = _of_records(rows, _widest(joined.rows), workspace, kind or "sakura")
        return replace(source, notes=joined.notes)
    records = [each for each in found if isinstance(each, dict)]
    return _of_records(enumerate(found, start=1), _widest(records[:100]), workspace, kind)


def _of_records(
    values: Iterable[tuple[int, Any]], sample: dict[str, Any], workspace: Path, kind: str
) -> ProviderSource:
    """Write JSON objects as a table of text, and read that."""
    header = tuple(name for name, _text in flat(sample))
    table = _table_of_header(header, kind, is_whole=False)
    records = _Records(table)
    target = workspace / "records.parquet"
    names = [*sorted(table.columns), ROW]
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    rows = (row for number, value in values if (row := records.row(number, value)) is not None)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))
    present = [name for name in names if name in records.written]
    if missing := table.missing(present):
        raise ColumnsMissing(missing)
    cells = {name: f"nullif({identifier(name)}, '')" for name in present}
    relation = f"read_parquet({literal(str(target))})"
    left_out = tuple(written for name, written in records.written.items() if name not in table.columns)
    return ProviderSource(
        table, relation, Cells(cells), ROW, dict(records.written), left_out, tuple(records.problems)
    )


def _table_of_header(header: Sequence[str], kind: str, *, is_whole: bool = True) -> ProviderTable:
    """Return the table for a file with such columns; ``is_whole`` when no row can have further ones."""
    table = recognise_provider(header)
    if table is None:
        if not kind:
            raise NotProviderBill
        table = table_of(kind)
        spelt = {table.spell(name) for name in header}
        raise ColumnsMissing(name for name in table.signature if name not in spelt)
    if kind and table.code != kind:
        raise OtherProvider(table_of(kind).title, table.title)
    if is_whole and (missing := table.missing([table.spell(name) for name in header])):
        raise ColumnsMissing(missing)
    return table


def _spelt(table: ProviderTable, header: Sequence[str]) -> list[str]:
    """Return the columns in the table's spelling, each once."""
    names = [table.spell(name) for name in header]
    for name, written in zip(names, header, strict=True):
        if names.count(name) > 1:
            raise ColumnTwice(written)
    return names


def _source(
    table: ProviderTable, relation: str, cells: dict[str, str], header: Sequence[str], row: str
) -> ProviderSource:
    used = {name: text for name, text in cells.items() if name in table.columns or table.is_tag(name)}
    written = dict(zip(cells, header, strict=True))
    left_out = tuple(written[name] for name in cells if name not in used)
    return ProviderSource(table, relation, Cells(used), row, written, left_out)


def _leaves(schema: pa.Schema) -> Iterator[tuple[str, str]]:
    """Yield the name of every column of a Parquet file and SQL for its text; a struct gives its fields."""
    for each in schema:
        yield from _leaves_of(each.name, identifier(each.name), each.type)


def _leaves_of(name: str, sql: str, kind: pa.DataType) -> Iterator[tuple[str, str]]:
    if pa.types.is_struct(kind):
        for inner in kind:
            yield from _leaves_of(f"{name}.{inner.name}", f"{sql}.{identifier(inner.name)}", inner.type)
    elif pa.types.is_nested(kind):
        yield name, f"CAST(to_json({sql}) AS VARCHAR)"
    else:
        yield name, f"nullif(CAST({sql} AS VARCHAR), '')"


def _widest(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one object with the names of all."""
    return {name: value for row in rows for name, value in row.items()}
