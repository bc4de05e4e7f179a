"""The file under examination as a DuckDB relation: columns by their exact names, rows numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.engine.database import readable
from yui.transition.costs.engine.opening import Opened, header_of, in_utf8
from yui.transition.costs.engine.sql_of_rows import csv_fields, csv_relation
from yui.transition.costs.formats.errors import ColumnTwice, NotFocus, UnreadableBill
from yui.transition.costs.formats.focus import CHARGES, COMMITMENT, columns_of, detect_version

if TYPE_CHECKING:
    import duckdb

TABLE = "focus_file"
FEWEST_KNOWN_COLUMNS = 3
_NUMBERS = ("DECIMAL", "DOUBLE", "FLOAT", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_UNSIGNED = ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")


@dataclass(frozen=True)
class Column:
    """A column of the file.

    Attributes:
        sql: how a query names it.
        type: DuckDB's type; everything in a CSV is VARCHAR.
    """

    sql: str
    type: str

    @property
    def is_text(self) -> bool:
        """Whether the cells are text."""
        return self.type == "VARCHAR"

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers by their type."""
        return self.type.startswith((*_NUMBERS, *_UNSIGNED)) and not self.is_list

    @property
    def is_float(self) -> bool:
        """Whether the cells are binary floating point, which knows infinity and not-a-number."""
        return self.type in {"DOUBLE", "FLOAT"}

    @property
    def is_time(self) -> bool:
        """Whether the cells are points in time by their type."""
        return self.type.startswith("TIMESTAMP") and not self.is_list

    @property
    def is_list(self) -> bool:
        """Whether the cells are lists, whose type begins like that of their members."""
        return self.type.endswith("]")


@dataclass(frozen=True)
class FocusTable:
    """The rows of a file.

    Attributes:
        relation: SQL that reads them.
        row: SQL for the number of a row, counted from 0.
        columns: by their names as the file writes them.
        types_are_known: whether the format carries types (Parquet); in a CSV only the text can be judged.
        dataset: ``focus`` or ``commitment``.
        version: the FOCUS version that the columns point to.
    """

    relation: str
    row: str
    columns: Mapping[str, Column]
    types_are_known: bool
    dataset: str
    version: str

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in the order of the file."""
        return tuple(self.columns)


def open_table(database: "duckdb.DuckDBPyConnection", opened: Opened, workspace: Path) -> FocusTable:
    """Make the opened file ready for the passes over its rows.

    A CSV is read once into a table on disk, since splitting it is what costs time.

    Raises:
        NotFocus: when hardly a column is one of FOCUS.
        ColumnTwice: when two columns have the same name.
        UnreadableBill: when the file cannot be split into rows.
        UnreadableText: when no encoding fits the text.
    """
    if opened.is_parquet:
        return _parquet(database, opened.path)
    try:
        return _csv(database, opened.path, workspace)
    except UnreadableBill:
        # A byte beyond the first megabyte may be no UTF-8: the whole file is looked at for what it is.
        copied = replace(opened, path=in_utf8(opened.path, workspace))
    return _csv(database, copied.path, workspace)


def _csv(database: "duckdb.DuckDBPyConnection", path: Path, workspace: Path) -> FocusTable:
    header = header_of(path)
    dataset, version = _recognised(header)
    fields = csv_fields(len(header))
    # A quoted empty cell is an empty text, which NullHandling forbids; only an unquoted one is null.
    relation = csv_relation(str(path), len(header), quoted_nulls=False)
    database.execute("SET preserve_insertion_order = true")
    if not database.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = 'disk'").fetchall():
        database.execute(f"ATTACH {literal(str(workspace / 'file.duckdb'))} AS disk")
    with readable():
        database.execute(f"CREATE OR REPLACE TABLE disk.{TABLE} AS SELECT * FROM {relation}")  # noqa: S608
    columns = {name: Column(field, "VARCHAR") for name, field in zip(header, fields, strict=True)}
    return FocusTable(f"disk.{TABLE}", "rowid", columns, False, dataset, version)


def _parquet(database: "duckdb.DuckDBPyConnection", path: Path) -> FocusTable:
    relation = f"read_parquet({literal(str(path))}, file_row_number = true)"
    with readable():
        header = _top_level_names(database, path)
        described = database.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()  # noqa: S608
    dataset, version = _recognised(header)
    columns = {
        name: Column(identifier(field), kind)
        for name, (field, kind, *_rest) in zip(header, described, strict=False)
    }
    return FocusTable(relation, "file_row_number", columns, True, dataset, version)


def _top_level_names(database: "duckdb.DuckDBPyConnection", path: Path) -> tuple[str, ...]:
    """Return the names of the columns as the file writes them; DuckDB would rename repeated ones."""
    query = f"SELECT name, coalesce(num_children, 0) FROM parquet_schema({literal(str(path))})"  # noqa: S608
    rows = database.execute(query).fetchall()
    names: list[str] = []
    within = 0
    for name, children in rows[1:]:
        if within == 0:
            names.append(name)
        else:
            within -= 1
        within += children
    return tuple(names)


def _recognised(header: tuple[str, ...]) -> tuple[str, str]:
    """Return the dataset and version that the columns point to."""
    seen: set[str] = set()
    for name in header:
        if name in seen:
            raise ColumnTwice(name)
        seen.add(name)
    dataset = COMMITMENT if "ContractCommitmentId" in seen and "BilledCost" not in seen else CHARGES
    known = {column.name for column in columns_of(dataset)} & seen
    if len(known) < FEWEST_KNOWN_COLUMNS:
        raise NotFocus
    return dataset, detect_version(dataset, known)
