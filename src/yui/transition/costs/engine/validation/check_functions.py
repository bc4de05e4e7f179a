"""The check functions of the requirements model, and ours beside them, as SQL for the rows that break them.

An empty cell breaks nothing but a check about emptiness: whether a cell may be empty is a rule of its own.
"""

from collections.abc import Callable

from yui.kernel.lake.reading import literal
from yui.transition.costs.engine.validation import patterns
from yui.transition.costs.engine.validation.currencies import NATIONAL_CURRENCIES
from yui.transition.costs.engine.validation.json_predicates import broken_object
from yui.transition.costs.engine.validation.lookup import (
    NEVER,
    Lookup,
    argument_of,
    cell,
    differs,
    none_of,
    number,
    real,
    text,
    value_sql,
)
from yui.transition.costs.engine.validation.table import Column
from yui.transition.costs.formats.rule_model import Check

_OPEN, _CLOSE = "\x02", "\x03"


def _check_value(look: Lookup, check: Check) -> str:
    column, value = look.column(check), argument_of(check, "Value")
    return f"{column.sql} IS NOT NULL" if value is None else f"{cell(column, value)} <> {value_sql(value)}"


def _check_not_value(look: Lookup, check: Check) -> str:
    column, value = look.column(check), argument_of(check, "Value")
    return f"{column.sql} IS NULL" if value is None else f"{cell(column, value)} = {value_sql(value)}"


def _two_columns(sign: str) -> Callable[[Lookup, Check], str]:
    def breaks(look: Lookup, check: Check) -> str:
        left, right = look.column(check, "ColumnAName"), look.column(check, "ColumnBName")
        if left.is_number or right.is_number:
            return f"{number(left)} {sign} {number(right)}"
        return f"{text(left)} {sign} {text(right)}"

    return breaks


def _same_amount(look: Lookup, check: Check) -> str:
    return differs(real(look.column(check, "ColumnAName")), real(look.column(check, "ColumnBName")))


def _before(look: Lookup, check: Check) -> str:
    moments = [
        column.sql if column.is_time else f"TRY_CAST({column.sql} AS TIMESTAMPTZ)"
        for column in (look.column(check, "ColumnAName"), look.column(check, "ColumnBName"))
    ]
    return f"{moments[0]} >= {moments[1]}"


def _not_below(look: Lookup, check: Check) -> str:
    return f"{number(look.column(check))} < {value_sql(argument_of(check, 'Value'))}"


def _within(look: Lookup, check: Check) -> str:
    least, most = value_sql(argument_of(check, "Least")), value_sql(argument_of(check, "Most"))
    return f"NOT ({number(look.column(check))} BETWEEN {least} AND {most})"


def _product(look: Lookup, check: Check) -> str:
    left, right, result = (
        look.column(check, argument) for argument in ("ColumnAName", "ColumnBName", "ResultColumnName")
    )
    return differs(f"{real(left)} * {real(right)}", real(result))


def _type_string(look: Lookup, check: Check) -> str:
    column = look.column(check)
    return NEVER if column.is_text else f"{column.sql} IS NOT NULL"


def _type_decimal(look: Lookup, check: Check) -> str:
    column = look.column(check)
    if column.is_number:
        return NEVER
    return f"{column.sql} IS NOT NULL" if look.types_are_known else _no_number(column)


def _no_number(column: Column) -> str:
    return f"({column.sql} IS NOT NULL AND TRY_CAST({column.sql} AS DOUBLE) IS NULL)"


def _decimal_value(look: Lookup, check: Check) -> str:
    column = look.column(check)
    if column.is_float:
        return f"NOT isfinite({column.sql})"
    return NEVER if column.is_number else _no_number(column)


def _type_date_time(look: Lookup, check: Check) -> str:
    column = look.column(check)
    if column.is_time or column.type == "DATE":
        return NEVER
    if look.types_are_known:
        return _format_date_time(look, check)
    return f"({column.sql} IS NOT NULL AND TRY_CAST({column.sql} AS TIMESTAMPTZ) IS NULL)"


def _format_date_time(look: Lookup, check: Check) -> str:
    column = look.column(check)
    if column.is_time:
        return NEVER
    if not column.is_text:
        return f"{column.sql} IS NOT NULL"
    moment = f"TRY_CAST({column.sql} AS TIMESTAMPTZ) IS NULL"
    return f"(NOT {_matches(column, patterns.DATE_TIME)} OR ({column.sql} IS NOT NULL AND {moment}))"


def _format_numeric(look: Lookup, check: Check) -> str:
    column = look.column(check)
    return NEVER if column.is_number else f"NOT {_matches(column, patterns.NUMERIC)}"


def _format_string(look: Lookup, check: Check) -> str:
    column = look.column(check)
    return f"contains({column.sql}, {literal(patterns.LOST_CHARACTER)})" if column.is_text else NEVER


def _format_unit(look: Lookup, check: Check) -> str:
    return f"NOT {_matches(look.column(check), patterns.UNIT)}"


def _format_currency(look: Lookup, check: Check) -> str:
    """A national currency is written as its ISO 4217 code; a virtual one in any words (CurrencyFormat)."""
    column = look.column(check)
    claims = _matches(column, patterns.NATIONAL_CURRENCY)
    return f"(({claims} AND {_no_national_currency(column)}) OR trim({text(column)}) = '')"


def _national_currency(look: Lookup, check: Check) -> str:
    return _no_national_currency(look.column(check))


def _no_national_currency(column: Column) -> str:
    return none_of(text(column), NATIONAL_CURRENCIES)


def _matches(column: Column, pattern: str) -> str:
    return f"regexp_full_match({text(column)}, {literal(pattern)})"


def _blank(look: Lookup, check: Check) -> str:
    column = look.column(check)
    return f"trim({column.sql}) = ''" if column.is_text else NEVER


def _placeholder(look: Lookup, check: Check) -> str:
    column = look.column(check)
    if not column.is_text:
        return NEVER
    # One look into a constant text instead of many comparisons: Parquet's dictionaries make it nearly free.
    words = "".join(f"{_OPEN}{word}{_CLOSE}" for word in ("", *patterns.PLACEHOLDERS))
    return f"contains({literal(words)}, {literal(_OPEN)} || lower(trim({column.sql})) || {literal(_CLOSE)})"


def _key_value(look: Lookup, check: Check) -> str:
    return broken_object(look.column(check))


CHECK_FUNCTIONS: dict[str, Callable[[Lookup, Check], str]] = {
    "CheckValue": _check_value,
    "CheckNotValue": _check_not_value,
    "CheckSameValue": _two_columns("<>"),
    "CheckNotSameValue": _two_columns("="),
    "CheckSameAmount": _same_amount,
    "CheckBefore": _before,
    "CheckGreaterOrEqualThanValue": _not_below,
    "CheckWithin": _within,
    "CheckDecimalValue": _decimal_value,
    "CheckNationalCurrency": _national_currency,
    "ColumnByColumnEqualsColumnValue": _product,
    "TypeString": _type_string,
    "TypeDecimal": _type_decimal,
    "TypeDateTime": _type_date_time,
    "FormatDateTime": _format_date_time,
    "FormatNumeric": _format_numeric,
    "FormatString": _format_string,
    "FormatUnit": _format_unit,
    "FormatCurrency": _format_currency,
    "FormatKeyValue": _key_value,
    "CheckNotBlank": _blank,
    "CheckNoPlaceholder": _placeholder,
}
