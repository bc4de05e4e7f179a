"""What the first rows of a file tell of the rest, so that the strict attempt can be made faster.

Nothing here decides what a row means. A guess that the rest of the file does not bear out costs time: what
was guessed of times stops DuckDB at the first other one, and other providers and months are worked out row
by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.engine.sql_of_rows import (
    EARLIEST,
    TIMESTAMP,
    SourceTable,
    Usual,
    csv_relation,
    own_columns,
    provider_and_account,
)
from yui.transition.costs.formats.focus import CHARGES
from yui.transition.costs.formats.focus_columns import Kind

if TYPE_CHECKING:
    import duckdb

LOOKED_AT = 5_000
# The ways of FOCUS to write a time, and of exports that leave the T or the Z out.
WRITTEN = {
    "____-__-__T__:__:__Z": "%Y-%m-%dT%H:%M:%SZ",
    "____-__-__T__:__:__": "%Y-%m-%dT%H:%M:%S",
    "____-__-__ __:__:__": "%Y-%m-%d %H:%M:%S",
    "____-__-__ __:__:__Z": "%Y-%m-%d %H:%M:%SZ",
}


@dataclass(frozen=True)
class Beginning:
    """What the first rows have in common.

    Attributes:
        is_one_share: whether they have one month and account, as most bills do throughout.
        usual: their cells, where these are the same as well.
    """

    is_one_share: bool
    usual: Usual | None


def beginning_of(database: "duckdb.DuckDBPyConnection", table: SourceTable) -> Beginning:
    """Look at the first rows for months, providers and accounts."""
    own = own_columns(table)
    named = [f"{own['x_month']} AS m", f"{own['x_part']} AS p"]
    if table.layout.dataset == CHARGES:
        provider, account = provider_and_account(table)
        start = f"CAST({table.time('BillingPeriodStart')} AS VARCHAR)"
        named += [f"{own['x_provider']} AS o", f"{start} AS s", f"{provider} AS r", f"{account} AS a"]
    first = f"SELECT {', '.join(named)} FROM {table.relation} LIMIT {LOOKED_AT}"  # noqa: S608
    rows = database.execute(f"SELECT DISTINCT * FROM ({first})").fetchall()  # noqa: S608
    is_one_share = len({row[:2] for row in rows}) == 1
    if len(rows) != 1 or table.layout.dataset != CHARGES or not all(rows[0][3:]):
        return Beginning(is_one_share, None)
    month, part, printable_provider, start, provider, account = rows[0]
    if not (month and provider.isprintable() and account.isprintable()):
        return Beginning(is_one_share, None)
    return Beginning(is_one_share, Usual(start, provider, account, month, printable_provider, part))


def with_times_read(
    database: "duckdb.DuckDBPyConnection", table: SourceTable, path: Path
) -> SourceTable | None:
    """Return the CSV at ``path`` with its times read as times; ``None`` unless all are written in one way."""
    times = [
        place for place, column in enumerate(table.layout.columns) if column and column.kind is Kind.TIME
    ]
    written = _way_of_writing(database, table, times)
    if not written:
        return None
    relation = csv_relation(str(path), len(table.fields), times=times, written=written)
    types = tuple(TIMESTAMP if place in times else kind for place, kind in enumerate(table.types))
    return replace(table, relation=relation, types=types)


def _way_of_writing(database: "duckdb.DuckDBPyConnection", table: SourceTable, times: Sequence[int]) -> str:
    """Return the one way in which the first rows write their times, empty where there are several."""
    if not times:
        return ""
    fields = [identifier(table.fields[place]) for place in times]
    first = f"SELECT {', '.join(fields)} FROM {table.relation} LIMIT {LOOKED_AT}"  # noqa: S608
    fitting = ", ".join(
        " AND ".join(f"coalesce(bool_and({field} LIKE {literal(pattern)}), true)" for field in fields)
        for pattern in WRITTEN
    )
    fits = database.execute(f"SELECT {fitting} FROM ({first})").fetchone() or ()  # noqa: S608
    return next((written for written, fit in zip(WRITTEN.values(), fits, strict=True) if fit), "")


def has_odd_times(database: "duckdb.DuckDBPyConnection", table: SourceTable, converted: Path) -> bool:
    """Tell whether a time lies before the year 2000, from the least values that the file's footer keeps.

    Told how times are written, DuckDB takes words such as "infinity" for the year 1900.
    """
    names = [column.name for column in table.layout.columns if column and column.kind is Kind.TIME]
    found = database.execute(
        "SELECT count(*) FROM parquet_metadata($path) WHERE stats_min_value IS NOT NULL "
        "AND list_contains($names, path_in_schema) "
        "AND (TRY_CAST(stats_min_value AS TIMESTAMP) >= $earliest::TIMESTAMP) IS NOT TRUE",
        {"earliest": EARLIEST, "path": str(converted), "names": names},
    ).fetchone()
    return bool(found and found[0])
