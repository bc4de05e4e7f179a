"""Converts a provider's own bill into FOCUS rows for the lake.

DuckDB reads the file once, applies the provider's conversion table and writes FOCUS cells as text; from there
on the bill goes the way of every FOCUS file, which casts, checks and adds up. What that says about a cell is
told in the words of the provider's file: its row, its column.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yui.kernel.exchange.formats.limits import DEFAULT_LIMITS, Limits
from yui.kernel.lake.errors import LakeWriteFailed
from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.conversion import convert_focus
from yui.transition.costs.engine.opening import Opened, in_utf8, open_bill
from yui.transition.costs.engine.provider_notes import notes_about_rows
from yui.transition.costs.engine.provider_source import ProviderSource, open_source
from yui.transition.costs.engine.provider_sql import focus_query
from yui.transition.costs.engine.rows import ConvertedBill
from yui.transition.costs.formats.errors import NoGoodRow, UnclosedQuote, UnreadableBill
from yui.transition.costs.formats.problems import LISTED_ERRORS, RowProblem, message_of
from yui.transition.costs.formats.providers.notes import left_out_note

if TYPE_CHECKING:
    import duckdb

FOCUS_VERSION = "1.4"


def convert_provider(
    path: Path, workspace: Path, *, engine: Mapping[str, Any], kind: str = "", limits: Limits = DEFAULT_LIMITS
) -> ConvertedBill:
    """Convert the bill at ``path`` into Parquet files under ``workspace``.

    Args:
        path: CSV, gzip, Parquet or JSON of one of the providers with a conversion table.
        workspace: a private folder on the lake's disk.
        engine: DuckDB's settings (threads, memory_limit).
        kind: the provider; empty to recognise it by its columns.
        limits: bounds on the file.

    Raises:
        NotProviderBill: when the file is nobody's.
        FileRefused: when the file cannot be taken at all.
        LakeWriteFailed: when the disk is full.
    """
    opened = open_bill(path, workspace, limits)
    with _database(engine, workspace) as database:
        source, target = _written_as_focus(database, opened, workspace, limits, kind)
        rows = _count(database, target, "x_split IS NULL")
        refused: tuple[RowProblem, ...] = ()
        bill: ConvertedBill | None = None
        try:
            bill = convert_focus(target, workspace, engine=engine, limits=limits)
        except NoGoodRow as error:
            refused = error.problems
        problems = _retold(database, source, target, bill.problems if bill else refused)
        if bill is None:
            raise NoGoodRow(problems)
        shares = [str(share.path) for share in bill.shares]
        accepted = _count(database, shares, "x_split IS NULL")
        about = notes_about_rows(database, source.table, shares, set(source.cells.sql))
        notes = [*source.notes, *about, *bill.notes]
    if source.left_out:
        notes.append(left_out_note(source.left_out, len(source.cells.sql)))
    return replace(
        bill,
        kind=source.table.code,
        version=FOCUS_VERSION,
        rows_accepted=accepted,
        rows_rejected=rows - accepted + len(source.problems),
        problems=problems,
        notes=tuple(notes),
    )


def _database(engine: Mapping[str, Any], workspace: Path) -> "duckdb.DuckDBPyConnection":
    """Return a DuckDB database that reads nothing but files and keeps the order of their rows."""
    # DuckDB costs 40 ms to import, which pages that never import a bill need not pay.
    import duckdb

    database = duckdb.connect(":memory:", config={**engine, "temp_directory": str(workspace / "spill")})
    database.execute("SET TimeZone = 'UTC'")
    database.execute("SET autoinstall_known_extensions = false")
    return database


def _written_as_focus(
    database: "duckdb.DuckDBPyConnection", opened: Opened, workspace: Path, limits: Limits, kind: str
) -> tuple[ProviderSource, Path]:
    """Write the file as FOCUS cells; a byte far inside that is no UTF-8 sends it through ``in_utf8``."""
    source = open_source(opened, workspace, limits, kind)
    target = workspace / "provider.parquet"
    try:
        return _copied(database, source, target), target
    except UnreadableBill:
        if not source.is_csv:
            raise
    opened = replace(opened, path=in_utf8(opened.path, workspace))
    return _copied(database, open_source(opened, workspace, limits, kind), target), target


def _copied(database: "duckdb.DuckDBPyConnection", source: ProviderSource, target: Path) -> ProviderSource:
    """Write the FOCUS cells of ``source`` to ``target``; return it with the rows that could not be split."""
    # Heavy: most processes never come here.
    import duckdb

    unreadable = (duckdb.InvalidInputException, duckdb.SerializationException, duckdb.ConversionException)
    try:
        with suppress(*([duckdb.InvalidInputException] if source.is_csv else [])):
            _copy(database, source, source.relation, target)
            return source
        _copy(database, source, source.relation[:-1] + ", store_rejects = true)", target)
    except unreadable as error:
        raise UnreadableBill(_plain(error)) from error
    except duckdb.IOException as error:
        raise LakeWriteFailed(target, _plain(error)) from error
    return replace(source, problems=_ragged(database))


def _copy(database: "duckdb.DuckDBPyConnection", source: ProviderSource, relation: str, target: Path) -> None:
    query = focus_query(source.table, source.cells, relation, source.row)
    database.execute(f"COPY ({query}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)")


def _plain(error: Exception) -> str:
    """Return what DuckDB says first, without its kind of error and without this machine's paths."""
    line = str(error).strip().splitlines()[0].split(": ", 1)[-1]
    return " ".join(word for word in line.split() if "/" not in word)[:200]


def _ragged(database: "duckdb.DuckDBPyConnection") -> tuple[RowProblem, ...]:
    """List the rows that have another number of cells than the heading."""
    query = (
        "SELECT line, any_value(error_type)::VARCHAR, any_value(csv_line) "
        "FROM reject_errors GROUP BY line ORDER BY line"
    )
    found = []
    for line, kind, text in database.execute(query).fetchall():
        if kind == "UNQUOTED VALUE":
            raise UnclosedQuote(int(line))
        if kind == "INVALID ENCODING":
            raise UnreadableBill(message_of(kind))
        found.append(RowProblem(int(line), "", (text or "")[:200], message_of(kind)))
    return tuple(found)


def _count(database: "duckdb.DuckDBPyConnection", paths: Path | Sequence[str], condition: str) -> int:
    listed = [str(paths)] if isinstance(paths, Path) else list(paths)
    query = f"SELECT count(*) FROM read_parquet($paths) WHERE {condition}"  # noqa: S608
    row = database.execute(query, {"paths": listed}).fetchone()
    return int(row[0]) if row else 0


def _retold(
    database: "duckdb.DuckDBPyConnection",
    source: ProviderSource,
    target: Path,
    problems: Sequence[RowProblem],
) -> tuple[RowProblem, ...]:
    """Tell the problems of FOCUS rows as problems of the provider's rows and columns."""
    numbered = "SELECT row_number() OVER () + 1 AS n, x_source_row FROM read_parquet($path)"
    query = f"SELECT n, x_source_row FROM ({numbered}) WHERE n IN (SELECT unnest($rows))"  # noqa: S608
    wanted = {problem.row for problem in problems}
    rows: dict[int, int] = {}
    if wanted:
        cursor = database.execute(query, {"path": str(target), "rows": list(wanted)})
        rows = {int(number): int(row) for number, row in cursor.fetchall()}
    ragged = sorted(problem.row for problem in source.problems) if source.is_csv else []
    told = {
        (row := _beside(rows.get(problem.row, problem.row), ragged), problem.message, problem.value): replace(
            problem, row=row, column=_column(source, problem.column)
        )
        for problem in problems
    }
    found = sorted([*source.problems, *told.values()], key=lambda problem: (problem.row, problem.column))
    return tuple(found[:LISTED_ERRORS])


def _beside(row: int, ragged: Sequence[int]) -> int:
    """Count the rows that could not be split back into a number."""
    for number in ragged:
        if number <= row:
            row += 1
    return row


def _column(source: ProviderSource, target: str) -> str:
    """Return the provider's column, as the file writes it, from which a FOCUS column was made."""
    rule = next((rule for rule in source.table.rules if rule.target == target), None)
    names = rule.columns[::-1] if rule else ()
    copied = tuple(rule.recipe.get("copy", ())) if rule else ()
    for name in (*copied, *names):
        if name in source.written and name in source.cells.sql:
            return source.written[name]
    return target
