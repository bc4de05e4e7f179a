"""Converts a FOCUS file into Parquet for the lake, in one pass when every row is good.

The first attempt casts strictly and lets DuckDB stop at the first bad cell. Only then the slower look
(``diagnosis``) names every bad row, and the good rows are taken.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.engine.database import open_database, readable
from yui.transition.costs.engine.diagnosis import BAD_ROWS, Diagnosis, diagnose
from yui.transition.costs.engine.notes import notes_about
from yui.transition.costs.engine.opening import Opened, header_of, in_utf8, open_bill
from yui.transition.costs.engine.rows import BillShare, ConvertedBill, add_amounts
from yui.transition.costs.engine.sql_of_rows import (
    SourceTable,
    csv_fields,
    csv_relation,
    problems_of,
    selection,
)
from yui.transition.costs.formats.errors import NoGoodRow, UnreadableBill
from yui.transition.costs.formats.focus import CHARGES, recognise

if TYPE_CHECKING:
    import duckdb


def convert_focus(
    path: Path, workspace: Path, *, engine: Mapping[str, Any], limits: Limits = DEFAULT_LIMITS
) -> ConvertedBill:
    """Convert the FOCUS file at ``path`` into Parquet files under ``workspace``.

    Args:
        path: CSV, gzipped CSV or Parquet of FOCUS 1.0 to 1.4.
        workspace: a private folder on the lake's disk.
        engine: DuckDB's settings (threads, memory_limit, temp_directory).
        limits: bounds on the file.

    Raises:
        FileRefused: when the file cannot be taken at all.
        LakeWriteFailed: when the disk is full.
    """
    opened = open_bill(path, workspace, limits)
    with open_database(engine, workspace) as database:
        try:
            return _converted(database, opened, workspace)
        except UnreadableBill:
            if opened.is_parquet:
                raise
        # A byte beyond the first megabyte is no UTF-8: the whole file is looked at for what it is.
        return _converted(database, replace(opened, path=in_utf8(opened.path, workspace)), workspace)


def _converted(database: "duckdb.DuckDBPyConnection", opened: Opened, workspace: Path) -> ConvertedBill:
    """Take every row if the file is good, else the good rows."""
    table = _table(database, opened)
    converted = workspace / "converted.parquet"
    diagnosis = Diagnosis()
    if not _copied_strictly(database, table, converted) or _has_bad_values(database, table, converted):
        with readable():
            diagnosis = diagnose(database, table)
        good = f"SELECT {selection(table)} FROM x_raw WHERE NOT x_bad"  # noqa: S608
        _copy(database, good, converted)
    return _summarised(database, table, converted, workspace, diagnosis)


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


def _copied_strictly(database: "duckdb.DuckDBPyConnection", table: SourceTable, target: Path) -> bool:
    """Copy every row with strict casts; tell whether that went through."""
    # Heavy: most processes never come here.
    import duckdb

    try:
        _copy(database, f"SELECT {selection(table)} FROM {table.relation}", target)  # noqa: S608
    except (duckdb.ConversionException, duckdb.OutOfRangeException, duckdb.InvalidInputException):
        return False
    return True


def _copy(database: "duckdb.DuckDBPyConnection", query: str, target: Path) -> None:
    database.execute(f"COPY ({query}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)")


def _has_bad_values(database: "duckdb.DuckDBPyConnection", table: SourceTable, converted: Path) -> bool:
    """Tell whether a value that casts well still cannot be taken (empty, no currency, no such year)."""
    relation = f"read_parquet({literal(str(converted))})"
    types = _describe(database, relation)
    names = table.layout.names
    checked = SourceTable(relation, names, table.header, tuple(types[name] for name in names), table.layout)
    conditions = [sql for _, code, sql in problems_of(checked) if code in BAD_ROWS]
    query = f"SELECT count(*) FILTER ({' OR '.join(conditions)}) FROM {checked.relation}"  # noqa: S608
    found = database.execute(query).fetchone()
    return bool(found and found[0])


def _describe(database: "duckdb.DuckDBPyConnection", relation: str) -> dict[str, str]:
    """Return DuckDB's type of each column of a relation."""
    query = f"DESCRIBE SELECT * FROM {relation}"  # noqa: S608
    return {row[0]: row[1] for row in database.execute(query).fetchall()}


def _summarised(
    database: "duckdb.DuckDBPyConnection",
    table: SourceTable,
    converted: Path,
    workspace: Path,
    diagnosis: Diagnosis,
) -> ConvertedBill:
    """Split the converted rows by month and account, and add up each share."""
    relation = f"read_parquet({literal(str(converted))})"
    shares = _shares(database, table, relation, converted, workspace)
    if not shares:
        raise NoGoodRow(diagnosis.problems)
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
        notes=notes_about(database, table.layout, relation),
        billed=billed,
        effective=effective,
    )


def _shares(
    database: "duckdb.DuckDBPyConnection", table: SourceTable, relation: str, converted: Path, workspace: Path
) -> tuple[BillShare, ...]:
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in database.execute(_totals_query(table.layout.dataset, relation)).fetchall():
        groups.setdefault((row[0], row[1]), []).append(row)
    shares = []
    for number, ((month, key), rows) in enumerate(sorted(groups.items())):
        path = converted
        if len(groups) > 1:
            path = workspace / f"share-{number}.parquet"
            wanted = f"x_month = {literal(month)} AND x_part = {literal(key)}"
            _copy(database, f"SELECT * FROM {relation} WHERE {wanted}", path)  # noqa: S608
        shares.append(_share(month, key, rows, path))
    return tuple(shares)


def _share(month: str, key: str, rows: list[tuple[Any, ...]], path: Path) -> BillShare:
    amounts = [row for row in rows if row[4]]
    return BillShare(
        month=month,
        key=key,
        provider=rows[0][2] or "",
        account=rows[0][3] or "",
        path=path,
        rows=sum(row[5] for row in rows),
        billed={row[4]: row[6] for row in amounts},
        effective={row[4]: row[7] for row in amounts},
    )


def _totals_query(dataset: str, relation: str) -> str:
    if dataset == CHARGES:
        columns = (
            "any_value(x_provider), any_value(BillingAccountId), BillingCurrency, count(*), "
            f"sum({identifier('BilledCost')}), sum({identifier('EffectiveCost')})"
        )
        return f"SELECT x_month, x_part, {columns} FROM {relation} GROUP BY x_month, x_part, BillingCurrency"  # noqa: S608
    columns = "NULL, NULL, NULL, count(*), NULL, NULL"
    return f"SELECT x_month, x_part, {columns} FROM {relation} GROUP BY x_month, x_part"  # noqa: S608
