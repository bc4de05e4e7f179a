"""Names every row of a bill that cannot be taken. Slower than converting, so only bad files pay for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yui.kernel.lake.reading import identifier
from yui.transition.costs.engine.sql_of_rows import SourceTable, problems_of
from yui.transition.costs.formats.errors import UnclosedQuote
from yui.transition.costs.formats.problems import LISTED_ERRORS, RowProblem, message_of

if TYPE_CHECKING:
    import duckdb

HEADING_ROWS = 1


@dataclass(frozen=True)
class Diagnosis:
    """How many rows were refused, and the first of the reasons."""

    rejected: int = 0
    problems: tuple[RowProblem, ...] = ()


def diagnose(database: "duckdb.DuckDBPyConnection", table: SourceTable) -> Diagnosis:
    """Read the file into the table ``x_raw`` with a column ``x_bad``, and list what is wrong.

    Raises:
        UnclosedQuote: when a quotation mark swallows what follows it.
        duckdb.InvalidInputException: when the file cannot be split into rows at all.
    """
    is_csv = table.is_csv
    relation = table.relation[:-1] + ", store_rejects = true)" if is_csv else table.relation
    checks = problems_of(table)
    bad = " OR ".join(f"coalesce({condition}, false)" for _position, _code, condition in checks)
    database.execute("SET preserve_insertion_order = true")
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE x_raw AS SELECT *, ({bad}) AS x_bad, "  # noqa: S608
        f"row_number() OVER () + {HEADING_ROWS} AS x_row FROM {relation}"
    )
    ragged = _ragged_rows(database) if is_csv else []
    cells = _bad_cells(database, table, checks)
    rejected = database.execute("SELECT count(*) FROM x_raw WHERE x_bad").fetchone()
    problems = sorted(
        [*ragged, *_renumbered(cells, ragged)], key=lambda problem: (problem.row, problem.column)
    )
    count = (rejected[0] if rejected else 0) + len({problem.row for problem in ragged})
    return Diagnosis(count, tuple(problems[:LISTED_ERRORS]))


def _bad_cells(
    database: "duckdb.DuckDBPyConnection", table: SourceTable, checks: list[tuple[int, str, str]]
) -> list[RowProblem]:
    """List the cells that break one of the ``checks``."""
    found = []
    for position, code, condition in checks:
        query = (
            f"SELECT x_row, CAST({identifier(table.fields[position])} AS VARCHAR) FROM x_raw "  # noqa: S608
            f"WHERE x_bad AND {condition} ORDER BY x_row LIMIT {LISTED_ERRORS}"
        )
        for row, value in database.execute(query).fetchall():
            found.append(RowProblem(row, table.header[position], value or "", message_of(code)))
    return found


def _ragged_rows(database: "duckdb.DuckDBPyConnection") -> list[RowProblem]:
    """List the rows that do not have as many cells as the heading, or whose quotes never close."""
    query = "SELECT line, error_type::VARCHAR, csv_line FROM reject_errors ORDER BY line"
    first: dict[int, RowProblem] = {}
    for line, kind, text in database.execute(query).fetchall():
        if kind == "UNQUOTED VALUE":
            raise UnclosedQuote(int(line))
        first.setdefault(int(line), RowProblem(int(line), "", (text or "")[:200], message_of(kind)))
    return list(first.values())


def _renumbered(cells: list[RowProblem], ragged: list[RowProblem]) -> list[RowProblem]:
    """Count the ragged rows, which were left out of ``x_raw``, back into the numbers of the others."""
    numbers = sorted(problem.row for problem in ragged)
    moved = []
    for problem in cells:
        row = problem.row
        for number in numbers:
            if number <= row:
                row += 1
        moved.append(RowProblem(row, problem.column, problem.value, problem.message))
    return moved
