"""Converts a FOCUS file into Parquet for the lake, in one pass when every row is good.

The first attempt casts strictly and lets DuckDB stop at the first bad cell. What a cast does not find shows
afterwards without reading the file again: empty cells in the counts that the Parquet footer keeps,
currencies and years in the sums by share. Only a bad file pays for the slower look (``diagnosis``), which
names every bad row.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.database import open_database, readable
from yui.transition.costs.engine.diagnosis import Diagnosis, diagnose
from yui.transition.costs.engine.first_rows import beginning_of, has_odd_times, with_times_read
from yui.transition.costs.engine.notes import notes_about
from yui.transition.costs.engine.opening import Opened, header_of, in_utf8, open_bill
from yui.transition.costs.engine.progress import Progress, execute_watched, no_progress
from yui.transition.costs.engine.rows import ConvertedBill, add_amounts
from yui.transition.costs.engine.shares import (
    FINISHED,
    PASSING,
    Totals,
    copy_parquet,
    copy_statement,
    shares_of,
    totals_of,
)
from yui.transition.costs.engine.sql_of_rows import (
    SourceTable,
    csv_fields,
    csv_relation,
    selection,
)
from yui.transition.costs.formats.errors import NoGoodRow, UnreadableBill
from yui.transition.costs.formats.focus import recognise

if TYPE_CHECKING:
    import duckdb


def convert_focus(
    path: Path,
    workspace: Path,
    *,
    engine: Mapping[str, Any],
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = no_progress,
) -> ConvertedBill:
    """Convert the FOCUS file at ``path`` into Parquet files under ``workspace``.

    Args:
        path: CSV, gzipped CSV or Parquet of FOCUS 1.0 to 1.4.
        workspace: a private folder on the lake's disk.
        engine: DuckDB's settings (threads, memory_limit, temp_directory).
        limits: bounds on the file.
        progress: told how far the reading is.

    Raises:
        FileRefused: when the file cannot be taken at all.
        LakeWriteFailed: when the disk is full.
    """
    opened = open_bill(path, workspace, limits)
    with open_database(engine, workspace) as database:
        try:
            return _converted(database, opened, workspace, progress)
        except UnreadableBill:
            if opened.is_parquet:
                raise
        # A byte beyond the first megabyte is no UTF-8: the whole file is looked at for what it is.
        opened = replace(opened, path=in_utf8(opened.path, workspace))
        return _converted(database, opened, workspace, progress)


def _converted(
    database: "duckdb.DuckDBPyConnection", opened: Opened, workspace: Path, progress: Progress
) -> ConvertedBill:
    """Take every row if the file is good, else the good rows."""
    table = _table(database, opened)
    converted = workspace / "converted.parquet"
    diagnosis = Diagnosis()
    totals = _taken_strictly(database, table, opened.path, converted, progress)
    if totals is None:
        with readable():
            diagnosis = diagnose(database, table)
        good = f"SELECT {selection(table)} FROM x_raw WHERE NOT x_bad"  # noqa: S608
        copy_parquet(database, good, converted, FINISHED)
        totals = totals_of(database, table.layout, converted)
    if not totals.groups:
        raise NoGoodRow(diagnosis.problems)
    return _summarised(database, table, totals, workspace, diagnosis)


def _taken_strictly(
    database: "duckdb.DuckDBPyConnection", table: SourceTable, path: Path, converted: Path, progress: Progress
) -> Totals | None:
    """Convert every row with strict casts; ``None`` when some row cannot be taken.

    Reading times as times is fastest, but only where all are written alike; else they are cast one by one.
    """
    # Heavy: most processes never come here.
    import duckdb

    bad_cell = (duckdb.ConversionException, duckdb.OutOfRangeException, duckdb.InvalidInputException)
    try:
        timed = with_times_read(database, table, path) if table.is_csv else None
        if timed is not None:
            with suppress(*bad_cell):
                _copied_strictly(database, timed, converted, progress)
                if not has_odd_times(database, table, converted):
                    return _good_totals(database, table, converted)
        _copied_strictly(database, table, converted, progress)
    except bad_cell:
        return None
    return _good_totals(database, table, converted)


def _copied_strictly(
    database: "duckdb.DuckDBPyConnection", table: SourceTable, converted: Path, progress: Progress
) -> None:
    """Write all rows; a bad cell stops DuckDB.

    A wrong guess at the number of shares costs time and nothing else: a file of several shares is written
    again share by share.
    """
    beginning = beginning_of(database, table)
    query = f"SELECT {selection(table, beginning.usual)} FROM {table.relation}"  # noqa: S608
    kind = FINISHED if beginning.is_one_share else PASSING
    execute_watched(database, copy_statement(query, converted, kind), progress)


def _good_totals(database: "duckdb.DuckDBPyConnection", table: SourceTable, converted: Path) -> Totals | None:
    """Add the converted file up; ``None`` when some row cannot be taken."""
    totals = totals_of(database, table.layout, converted)
    return None if totals.has_bad_rows else totals


def _table(database: "duckdb.DuckDBPyConnection", opened: Opened) -> SourceTable:
    """Find out what the opened file holds."""
    if opened.is_parquet:
        relation = f"read_parquet({literal(str(opened.path))})"
        with readable():
            described = _describe(database, relation)
        header = tuple(described)
        return SourceTable(relation, header, header, tuple(described.values()), recognise(header))
    header = header_of(opened.path)
    relation = csv_relation(str(opened.path), len(header))
    types = ("VARCHAR",) * len(header)
    return SourceTable(relation, csv_fields(len(header)), header, types, recognise(header))


def _describe(database: "duckdb.DuckDBPyConnection", relation: str) -> dict[str, str]:
    """Return DuckDB's type of each column of a relation."""
    query = f"DESCRIBE SELECT * FROM {relation}"  # noqa: S608
    return {row[0]: row[1] for row in database.execute(query).fetchall()}


def _summarised(
    database: "duckdb.DuckDBPyConnection",
    table: SourceTable,
    totals: Totals,
    workspace: Path,
    diagnosis: Diagnosis,
) -> ConvertedBill:
    """Give each month and account its own file, and add up the whole."""
    shares = shares_of(database, totals, workspace)
    billed: dict[str, Decimal] = {}
    effective: dict[str, Decimal] = {}
    for share in shares:
        add_amounts(billed, share.billed)
        add_amounts(effective, share.effective)
    return ConvertedBill(
        kind=table.layout.dataset,
        version=table.layout.version,
        rows_accepted=sum(share.rows for share in shares),
        rows_rejected=diagnosis.rejected,
        shares=shares,
        problems=diagnosis.problems,
        notes=notes_about(table.layout, totals.empty),
        billed=billed,
        effective=effective,
    )
