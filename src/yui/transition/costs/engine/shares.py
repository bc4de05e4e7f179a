"""The shares of a converted bill: one Parquet file for each month and billing account, with exact sums."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.rows import BillShare
from yui.transition.costs.engine.sql_of_rows import EARLIEST, LATEST, MONTH_GIVERS
from yui.transition.costs.formats.focus import CHARGES, FocusLayout

if TYPE_CHECKING:
    import duckdb

ROW_GROUP = 61_440
"""Rows of a row group: half of DuckDB's own measure, which fits the processor's caches better."""
_LAID_OUT = f"FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP}, WRITE_BLOOM_FILTER false"
FINISHED = f"{_LAID_OUT}, COMPRESSION zstd, COMPRESSION_LEVEL 1"
"""The first level of zstd takes a tenth more room than the third and a tenth of the time less. Bloom filters
help look-ups of rare values, which no page asks for: lines are found by file, month and organisation."""
PASSING = f"{_LAID_OUT}, COMPRESSION lz4"
"""For a file that is soon read and written again, share by share."""
MOST_COPIES = 8
"""Up to so many shares, reading the file once for each is faster than parting it in one go."""
ROWS_HELD = 20_000
"""Rows that parting in one go holds before it writes them; more would need gigabytes for wide rows."""
_CURRENCY = re.compile(r"\A[A-Z]{3}\Z")


@dataclass(frozen=True)
class Totals:
    """What a converted file holds.

    Attributes:
        path: the file.
        groups: (month, part, provider, account, currency, rows, billed, effective, year is wrong) by month,
            part and currency.
        empty: how many cells of each column are empty.
        has_bad_rows: whether some row cannot be taken although every cell could be cast.
    """

    path: Path
    groups: tuple[tuple[Any, ...], ...]
    empty: Mapping[str, int]
    has_bad_rows: bool


def copy_parquet(database: "duckdb.DuckDBPyConnection", query: str, target: Path, options: str) -> None:
    """Write the rows of ``query`` as one Parquet file."""
    database.execute(copy_statement(query, target, options))


def copy_statement(query: str, target: Path, options: str) -> str:
    """Return the statement that writes the rows of ``query`` as one Parquet file."""
    return f"COPY ({query}) TO {literal(str(target))} ({options})"


def totals_of(database: "duckdb.DuckDBPyConnection", layout: FocusLayout, path: Path) -> Totals:
    """Add up a converted file by month, part and currency; only the columns summed are read."""
    start = next(name for name in layout.names if name in MONTH_GIVERS)
    bounds = f"min({start}) < '{EARLIEST}' OR max({start}) >= '{LATEST}'"
    if layout.dataset == CHARGES:
        columns = (
            "any_value(x_provider), any_value(BillingAccountId), BillingCurrency, count(*), "
            f"sum(BilledCost), sum(EffectiveCost), {bounds}"
        )
        grouped = "x_month, x_part, BillingCurrency"
    else:
        columns, grouped = f"NULL, NULL, NULL, count(*), NULL, NULL, {bounds}", "x_month, x_part"
    relation = f"read_parquet({literal(str(path))})"
    query = f"SELECT x_month, x_part, {columns} FROM {relation} GROUP BY {grouped} ORDER BY ALL"  # noqa: S608
    groups = tuple(database.execute(query).fetchall())
    empty = empty_cells(database, path)
    bad = any(empty.get(name) for name in layout.never_empty) or any(_is_bad(layout, row) for row in groups)
    return Totals(path, groups, empty, bad)


def _is_bad(layout: FocusLayout, group: tuple[Any, ...]) -> bool:
    """Tell whether a group has no such currency or year."""
    wrong_currency = layout.dataset == CHARGES and not _CURRENCY.match(group[4] or "")
    return wrong_currency or bool(group[8])


def empty_cells(database: "duckdb.DuckDBPyConnection", path: Path) -> dict[str, int]:
    """Return how many cells of each column are empty, from the counts in the file's footer."""
    counts = database.execute(
        "SELECT path_in_schema, sum(stats_null_count) FROM parquet_metadata($path) GROUP BY 1",
        {"path": str(path)},
    )
    return {name: int(count or 0) for name, count in counts.fetchall()}


def shares_of(
    database: "duckdb.DuckDBPyConnection", totals: Totals, workspace: Path
) -> tuple[BillShare, ...]:
    """Part the file by month and account; a file of one share stays as it is."""
    grouped: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in totals.groups:
        grouped.setdefault((row[0], row[1]), []).append(row)
    keys = sorted(grouped)
    if len(keys) == 1:
        paths = {keys[0]: totals.path}
    elif len(keys) <= MOST_COPIES:
        paths = _copied(database, keys, totals.path, workspace)
    else:
        paths = _parted(database, keys, totals.path, workspace)
    return tuple(_share(month, key, grouped[month, key], paths[month, key]) for month, key in keys)


def _copied(
    database: "duckdb.DuckDBPyConnection", keys: list[tuple[str, str]], path: Path, workspace: Path
) -> dict[tuple[str, str], Path]:
    """Write each share by a reading of its own."""
    paths = {key: workspace / f"share-{number}.parquet" for number, key in enumerate(keys)}
    for (month, part), target in paths.items():
        wanted = f"x_month = {literal(month)} AND x_part = {literal(part)}"
        query = f"SELECT * FROM read_parquet({literal(str(path))}) WHERE {wanted}"  # noqa: S608
        copy_parquet(database, query, target, FINISHED)
    return paths


def _parted(
    database: "duckdb.DuckDBPyConnection", keys: list[tuple[str, str]], path: Path, workspace: Path
) -> dict[tuple[str, str], Path]:
    """Write all shares in one reading, into folders named by their numbers."""
    folder = workspace / "shares"
    database.execute("CREATE OR REPLACE TEMP TABLE x_shares (month VARCHAR, part VARCHAR, x_share INTEGER)")
    database.executemany(
        "INSERT INTO x_shares VALUES (?, ?, ?)", [(*key, number) for number, key in enumerate(keys)]
    )
    database.execute(f"SET partitioned_write_flush_threshold = {ROWS_HELD}")
    database.execute(f"SET partitioned_write_max_open_files = {len(keys) + 1}")
    copy_parquet(
        database,
        f"SELECT line.*, x_share FROM read_parquet({literal(str(path))}) AS line "  # noqa: S608
        "JOIN x_shares ON x_month = x_shares.month AND x_part = x_shares.part",
        folder,
        f"{FINISHED}, PARTITION_BY (x_share)",
    )
    found = {}
    for number, key in enumerate(keys):
        (found[key],) = (folder / f"x_share={number}").glob("*.parquet")
    return found


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
