"""What check functions ask of the table: the column that an argument names, and its cells as SQL."""

from collections.abc import Sequence
from typing import Any

from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.validation.table import Column, FocusTable
from yui.transition.costs.formats.rule_model import Check

NEVER = "false"
LONG_LIST = 8
# Products are published rounded: a difference within a millionth, of the amount or of one unit, is rounding.
TOLERANCE = "0.000001"


class CannotCheck(Exception):
    """The check cannot be made of this table; ``detail`` names the function or argument."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


class ColumnAbsent(Exception):
    """The file lacks the column that a check is about."""

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(column)


class Lookup:
    """Finds the columns of one table."""

    def __init__(self, table: FocusTable) -> None:
        self._table = table

    def column(self, check: Check, argument: str = "ColumnName") -> Column:
        """Return the column that an argument of ``check`` names.

        Raises:
            ColumnAbsent: when the file lacks it.
            CannotCheck: when the check has no such argument.
        """
        return self.named(name_of(check, argument))

    def named(self, name: str) -> Column:
        """Return the column ``name``; raises ``ColumnAbsent`` when the file lacks it."""
        column = self._table.columns.get(name)
        if column is None:
            raise ColumnAbsent(name)
        return column

    @property
    def types_are_known(self) -> bool:
        """Whether the file carries types."""
        return self._table.types_are_known


def number(column: Column) -> str:
    """Return SQL for the cell as a number to compare with, NULL where it is none."""
    return column.sql if column.is_number else f"TRY_CAST({column.sql} AS DOUBLE)"


def real(column: Column) -> str:
    """Return SQL for the cell as a double: products of wide decimals would overflow."""
    return f"TRY_CAST({column.sql} AS DOUBLE)"


def differs(left: str, right: str) -> str:
    """Return SQL that tells whether two amounts differ by more than rounding does."""
    return f"abs(({left}) - ({right})) > greatest({TOLERANCE}, {TOLERANCE} * abs({right}))"


def none_of(sql: str, values: Sequence[str]) -> str:
    """Return SQL that is true for texts that are none of ``values``; an empty cell is not.

    DuckDB compares a long list one by one; an enumeration it looks up.
    """
    listed = ", ".join(map(literal, dict.fromkeys(values)))
    if len(values) < LONG_LIST:
        return f"{sql} NOT IN ({listed})"
    return f"({sql} IS NOT NULL AND TRY_CAST({sql} AS ENUM({listed})) IS NULL)"


def text(column: Column) -> str:
    """Return SQL for the cell as text."""
    return column.sql if column.is_text else f"CAST({column.sql} AS VARCHAR)"


def argument_of(check: Check, name: str) -> Any:
    """Return an argument of ``check``; raises ``CannotCheck`` when it has none."""
    if name not in check.arguments:
        raise CannotCheck(f"{check.function}.{name}")
    return check.arguments[name]


def name_of(check: Check, argument: str = "ColumnName") -> str:
    """Return the name of the column that an argument holds."""
    name = argument_of(check, argument)
    if not isinstance(name, str):
        raise CannotCheck(f"{check.function}.{argument}")
    return name


def cell(column: Column, value: Any) -> str:
    """Return SQL for the cell in the way that ``value`` is compared with it."""
    return text(column) if isinstance(value, str) else number(column)


def value_sql(value: Any) -> str:
    """Return SQL for a value of the model; raises ``CannotCheck`` for one that is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CannotCheck("Value")
    return literal(value) if isinstance(value, str) else repr(value)
