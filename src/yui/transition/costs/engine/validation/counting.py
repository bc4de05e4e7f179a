"""The passes over the rows: one counts, one finds the first rows that break a rule, one reads those rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yui.transition.costs.engine.validation.planning import (
    HEADING_ROW,
    SHOWN_COLUMNS,
    GroupCheck,
    Outcome,
    Part,
    Plan,
    RowCheck,
)
from yui.transition.costs.engine.validation.table import FocusTable
from yui.transition.costs.engine.validation.verdicts import LONGEST_VALUE, Example, Status

if TYPE_CHECKING:
    import duckdb

EXAMPLES = 3
STEPS = 3
OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class _Finding:
    """A rule that rows break: how many, and of the first of them which columns to show."""

    rule_id: str
    failed: int
    shown: Mapping[int, Sequence[str]]


class Counting:
    """Counts the checks of a plan on one table."""

    def __init__(self, database: "duckdb.DuckDBPyConnection", table: FocusTable) -> None:
        self._database = database
        self._table = table
        self._counts: dict[Part, int] = {}
        self._first: dict[Part, list[int]] = {}

    def run(self, plan: Plan, on_step: OnStep) -> tuple[int, dict[str, Outcome]]:
        """Return how many rows there are, and what became of each rule that had to be counted."""
        rows = self._count({part for check in plan.rows for part in check.parts})
        on_step(1, STEPS)
        found = [self._group(check) for check in plan.groups]
        on_step(2, STEPS)
        self._find_first([part for part, count in self._counts.items() if count])
        found += [self._finding(check) for check in plan.rows]
        cells = self._cells(found)
        on_step(3, STEPS)
        return rows, {finding.rule_id: _outcome(finding, cells) for finding in found}

    def _row(self, query: str) -> tuple[Any, ...]:
        return self._database.execute(query).fetchone() or ()

    def _count(self, parts: Iterable[Part]) -> int:
        """Count the rows that break each part, in one pass; costly parts in a pass over different values."""
        sources = _by_source(parts)
        counts = ", ".join(["count(*)", *(f"count_if({part.breaks})" for part in sources.get((), ()))])
        rows, *numbers = self._row(f"SELECT {counts} FROM {self._table.relation}")  # noqa: S608
        self._counts |= dict(zip(sources.pop((), ()), numbers, strict=True))
        for columns, members in sources.items():
            sums = (f"coalesce(sum(x_rows) FILTER (WHERE {part.breaks}), 0)::BIGINT" for part in members)
            numbers = list(self._row(f"SELECT {', '.join(sums)} FROM {self._values(columns)}"))  # noqa: S608
            self._counts |= dict(zip(members, numbers, strict=True))
        return int(rows)

    def _values(self, columns: Sequence[str]) -> str:
        """Return SQL for the different values of ``columns``, each with its rows and the first of them."""
        names = ", ".join(self._table.columns[name].sql for name in columns)
        counted = f"SELECT {names}, count(*) AS x_rows, min({self._table.row}) AS x_first"
        return f"({counted} FROM {self._table.relation} GROUP BY {names})"

    def _find_first(self, parts: Sequence[Part]) -> None:
        """Find the first rows that break each part."""
        for columns, members in _by_source(parts).items():
            row = "x_first" if columns else self._table.row
            firsts = (f"min({row}, {EXAMPLES}) FILTER (WHERE {part.breaks})" for part in members)
            source = self._values(columns) if columns else self._table.relation
            numbers = self._row(f"SELECT {', '.join(firsts)} FROM {source}")  # noqa: S608
            self._first |= {part: list(found or ()) for part, found in zip(members, numbers, strict=True)}

    def _finding(self, check: RowCheck) -> _Finding:
        """Put the parts of a rule together; rows that break several of them count once."""
        broken = [part for part in check.parts if self._counts[part]]
        failed = self._counts[broken[0]] if broken else 0
        if len(broken) > 1:
            either = " OR ".join(f"coalesce({part.breaks}, false)" for part in broken)
            failed = self._row(f"SELECT count_if({either}) FROM {self._table.relation}")[0]  # noqa: S608
        numbers = sorted({number for part in broken for number in self._first[part]})[:EXAMPLES]
        shown = {
            number: [name for part in broken if number in self._first[part] for name in part.columns]
            for number in numbers
        }
        return _Finding(check.rule.id, failed, shown)

    def _group(self, check: GroupCheck) -> _Finding:
        """Count the rows of the groups that break a check, and find the first of them."""
        if check.expected == 1:
            # Cheaper than counting: a group of one value has the same least and greatest value.
            wrong = f"min({check.value}) IS NULL OR min({check.value}) <> max({check.value})"
        else:
            wrong = f"count(DISTINCT {check.value}) <> {check.expected}"
        failed, numbers = self._row(
            f"SELECT coalesce(sum(size), 0)::BIGINT, min(first, {EXAMPLES}) FROM ("  # noqa: S608
            f"SELECT count(*) AS size, min({self._table.row}) AS first FROM {self._table.relation} "
            f"WHERE {check.where} GROUP BY {check.key} HAVING {wrong})"
        )
        return _Finding(check.rule.id, failed, dict.fromkeys(numbers or (), check.columns))

    def _cells(self, found: Sequence[_Finding]) -> dict[int, dict[str, str | None]]:
        """Read the cells to show, by row and column."""
        numbers = sorted({number for finding in found for number in finding.shown})
        shown = (name for finding in found for columns in finding.shown.values() for name in columns)
        names = list(dict.fromkeys(shown))
        if not names:
            return {}
        cells = (f"left({self._table.columns[name].sql}::VARCHAR, {LONGEST_VALUE})" for name in names)
        query = (
            f"SELECT {self._table.row}, {', '.join(cells)} FROM {self._table.relation} "  # noqa: S608
            f"WHERE {self._table.row} IN ({', '.join(map(str, numbers))})"
        )
        rows = self._database.execute(query).fetchall()
        return {number: dict(zip(names, values, strict=True)) for number, *values in rows}


def _by_source(parts: Iterable[Part]) -> dict[tuple[str, ...], list[Part]]:
    """Part what is to be counted by the columns whose values are looked at; none means each row."""
    found: dict[tuple[str, ...], list[Part]] = {}
    for part in dict.fromkeys(parts):
        found.setdefault(part.by_value, []).append(part)
    return found


def _outcome(finding: _Finding, cells: Mapping[int, Mapping[str, str | None]]) -> Outcome:
    examples = tuple(
        Example(number + 1 + HEADING_ROW, name, cells[number][name])
        for number, columns in finding.shown.items()
        for name in list(dict.fromkeys(columns))[:SHOWN_COLUMNS]
    )
    status = Status.FAIL if finding.failed else Status.PASS
    return Outcome(status, failed_rows=finding.failed, examples=examples)
