"""Checks as SQL: for each the rows that break it, or the rows for which it holds.

``breaks`` is for requirements, ``holds`` for conditions. An empty cell is not "Correction", so a condition
"is not Correction" holds for it.
"""

from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.validation.check_functions import CHECK_FUNCTIONS
from yui.transition.costs.engine.validation.json_predicates import JSON_FUNCTIONS
from yui.transition.costs.engine.validation.lookup import (
    NEVER,
    CannotCheck,
    ColumnAbsent,
    Lookup,
    argument_of,
    cell,
    none_of,
    value_sql,
)
from yui.transition.costs.engine.validation.table import FocusTable
from yui.transition.costs.formats.rule_model import Check

_SEPARATOR = "\x1f"


class Predicates:
    """Makes SQL of checks for one table."""

    def __init__(self, table: FocusTable) -> None:
        self._look = Lookup(table)

    def breaks(self, check: Check) -> str:
        """Return SQL that is true for the rows that break ``check``.

        Raises:
            ColumnAbsent: when a check outside ``AND`` and ``OR`` is about a column that the file lacks.
            CannotCheck: when the function or an argument is unknown.
        """
        if check.function in {"AND", "OR"}:
            return self._joined(check)
        maker = CHECK_FUNCTIONS.get(check.function)
        if maker is None:
            return self._json_breaks(check)
        return maker(self._look, check)

    def holds(self, check: Check) -> str:
        """Return SQL that is true for the rows to which ``check`` applies; an absent column is empty."""
        if check.function in {"AND", "OR"}:
            return "(" + f" {check.function} ".join(self.holds(item) for item in check.items) + ")"
        try:
            if check.function in {"CheckValue", "CheckNotValue"}:
                return self._value_holds(check)
            columns = [self._look.named(str(name)).sql for name in check.columns]
            there = " AND ".join(f"{sql} IS NOT NULL" for sql in columns)
            return f"({there} AND NOT coalesce({self.breaks(check)}, false))"
        except ColumnAbsent:
            return NEVER

    def _value_holds(self, check: Check) -> str:
        value = argument_of(check, "Value")
        is_equal = check.function == "CheckValue"
        try:
            column = self._look.column(check)
        except ColumnAbsent:
            return "true" if (value is None) == is_equal else NEVER
        if value is None:
            return f"{column.sql} IS {'' if is_equal else 'NOT '}NULL"
        if is_equal:
            return f"{cell(column, value)} = {value_sql(value)}"
        return f"{cell(column, value)} IS DISTINCT FROM {value_sql(value)}"

    def _joined(self, check: Check) -> str:
        """Join checks: a row breaks AND when it breaks one of them, and OR when it breaks all.

        Within a joint an absent column counts as empty: alternatives are about values, and there are none.
        """
        if check.function == "OR" and (listed := self._one_of_values(check)):
            return listed
        parts = []
        for item in check.items:
            try:
                parts.append(self.breaks(item))
            except ColumnAbsent:
                about_empty = item.function == "CheckNotValue" and item.arguments.get("Value") is None
                parts.append("true" if about_empty else "NULL::BOOLEAN")
        return "(" + (" OR " if check.function == "AND" else " AND ").join(parts) + ")"

    def _one_of_values(self, check: Check) -> str:
        """Return the short form of "one of these values", of one column or of several together."""
        options = [item.items if item.function == "AND" else (item,) for item in check.items]
        names = [part.arguments.get("ColumnName") for part in options[0]]
        for option in options:
            if [part.arguments.get("ColumnName") for part in option] != names:
                return ""
            if any(
                p.function != "CheckValue" or not isinstance(p.arguments.get("Value"), str) for p in option
            ):
                return ""
        try:
            columns = [self._look.named(str(name)) for name in names]
        except ColumnAbsent:
            return NEVER
        cells = f" || {literal(_SEPARATOR)} || ".join(cell(column, "") for column in columns)
        values = [_SEPARATOR.join(part.arguments["Value"] for part in option) for option in options]
        return none_of(f"({cells})", values)

    def _json_breaks(self, check: Check) -> str:
        maker = JSON_FUNCTIONS.get(check.function)
        if maker is None:
            raise CannotCheck(check.function)
        return maker(self._look.column(check), check.arguments)
