"""What a Sigma rule needs at least, as SQL over stored events.

Every event that ``detect`` matches passes; most others do not. Texts are compared as DuckDB lowers them. A
value with a letter that Sigma folds otherwise (ß, ſ, ς, ligatures) passes unseen, as do fields in ``rest``.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache

import orjson

from yui.kernel.lake.reading import identifier
from yui.security.soc.engine.sigma.conditions import (
    AllOf,
    AnyOf,
    AnyValueTest,
    Condition,
    FieldTest,
    SourceTest,
)
from yui.security.soc.event_store.dataset import LIST_MARK
from yui.security.soc.event_store.sql_tests import EVER, NEVER, Bound, truth

TWICE = "\\u001f"
"""Stands in ``rest`` of an event that has two fields which differ by case alone (as JSON writes the mark)."""
MOST_DIGITS = 18


def candidate_sql(bound: Bound, condition: Condition, field_columns: Sequence[str] = ()) -> str:
    """Return SQL that holds for every event that meets ``condition``.

    Args:
        field_columns: all columns of fields that the files have, where the condition looks at any value.
    """
    asked = _sql(bound, condition, field_columns)
    numbers = event_numbers(condition)
    if numbers is None:
        return asked
    # Whole row groups of other events need not be read.
    column = bound.known("event_number")
    listed = ", ".join(str(number) for number in sorted(numbers)) or "NULL"
    return f"({column} IN ({listed}) OR {column} IS NULL) AND {asked}"


def event_numbers(condition: Condition) -> frozenset[int] | None:
    """Return the Windows event numbers of which an event must have one, or ``None`` if none is needed.

    An event whose number the store did not recognise may meet the condition all the same.
    """
    if isinstance(condition, FieldTest):
        literal = condition.literal
        is_number = literal.isascii() and literal.isdecimal() and len(literal) <= MOST_DIGITS
        is_asked = condition.field == "eventid" and condition.op == "equals" and is_number
        return frozenset({int(literal)}) if is_asked else None
    if isinstance(condition, AllOf):
        found = [numbers for item in condition.items if (numbers := event_numbers(item)) is not None]
        return frozenset.intersection(*found) if found else None
    if isinstance(condition, AnyOf):
        each = [event_numbers(item) for item in condition.items]
        return None if None in each else frozenset[int]().union(*(one for one in each if one is not None))
    return None


def looks_at_any_value(condition: Condition) -> bool:
    """Tell whether a condition asks for a text in any value."""
    if isinstance(condition, AllOf | AnyOf):
        return any(looks_at_any_value(item) for item in condition.items)
    return isinstance(condition, AnyValueTest)


def _sql(bound: Bound, condition: Condition, field_columns: Sequence[str]) -> str:
    if isinstance(condition, AllOf | AnyOf):
        parts = [_sql(bound, item, field_columns) for item in condition.items]
        if isinstance(condition, AllOf):
            return f"({' AND '.join(parts)})" if parts else EVER
        return f"({' OR '.join(parts)})" if parts else NEVER
    if isinstance(condition, SourceTest):
        return _of_source(bound, condition)
    if isinstance(condition, AnyValueTest):
        return _any_value(bound, condition.literal, field_columns)
    return _of_field(bound, condition)


def _of_source(bound: Bound, test: SourceTest) -> str:
    parts = []
    for name, wanted in zip(("product", "category", "service"), test.source, strict=True):
        if wanted:
            column = bound.known(name)
            open_ = f" OR {column} = ''" if name == "product" and not test.strict else ""
            parts.append(f"({column} = {bound.value(wanted)}{open_})")
    return f"({' AND '.join(parts)})" if parts else EVER


def _of_field(bound: Bound, test: FieldTest) -> str:
    """Return SQL for one test; what cannot be asked of the column passes."""
    name = orjson.dumps(test.field).decode() if _is_writable(test.field) else ""
    if test.op == "exists":
        if not name or not test.field.isascii():
            return EVER
        return truth(f"contains(lower({bound.known('layout')}), {bound.value(name)})")
    column = bound.own(test.field)
    rest = bound.known("rest")
    pointer = bound.value("/" + test.field.replace("~", "~0").replace("/", "~1"))
    kept = (
        f"({rest} IS NOT NULL AND (json_exists({rest}, {pointer}) OR contains({rest}, {bound.value(TWICE)})))"
    )
    return f"({_of_text(bound, column, test.op, test.literal)} OR {kept})"


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _of_text(bound: Bound, column: str, op: str, literal: str) -> str:
    """Return SQL for a test of the text in a column, the members of a list among it."""
    if not _is_writable(literal):
        return truth(f"{column} IS NOT NULL")
    wanted, folded = bound.value(literal), f"lower({column})"
    if op == "contains":
        test = f"contains({folded}, {wanted})"
    elif op == "regex":
        test = f"regexp_matches({column}, {wanted}) OR {_has_within(bound, column, LIST_MARK)}"
    elif op == "startswith":
        test = f"starts_with({folded}, {wanted}) OR {_has_within(bound, folded, LIST_MARK + literal)}"
    elif op == "endswith":
        test = f"ends_with({folded}, {wanted}) OR {_has_within(bound, folded, literal + LIST_MARK)}"
    else:
        test = f"{folded} = {wanted} OR {_has_within(bound, folded, LIST_MARK + literal + LIST_MARK)}"
    return truth(f"{test} OR {_folded_otherwise(bound, column)}")


def _has_within(bound: Bound, of: str, text: str) -> str:
    return f"contains({of}, {bound.value(text)})"


def _folded_otherwise(bound: Bound, column: str) -> str:
    """Return SQL that tells whether a text has letters that are lowered and folded differently."""
    return (
        f"(strlen({column}) <> length({column}) AND regexp_matches({column}, {bound.value(odd_letters())}))"
    )


@lru_cache(maxsize=1)
def odd_letters() -> str:
    """Return a regular expression for one letter whose lower-case and folded forms differ."""
    odd = [code for code in range(128, sys.maxunicode + 1) if _is_odd(chr(code))]
    return "[" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in _runs(odd)) + "]"


def _is_odd(letter: str) -> bool:
    return letter.casefold() != letter.lower() or len(letter.lower()) > 1


def _runs(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Return neighbouring codes as (first, last)."""
    runs: list[tuple[int, int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1] = runs[-1][0], code
        else:
            runs.append((code, code))
    return runs


def _any_value(bound: Bound, literal: str, field_columns: Sequence[str]) -> str:
    """Return SQL that tells whether some value has the text; fields in ``rest`` pass unseen."""
    rest = bound.known("rest")
    if not _is_writable(literal):
        return EVER
    wanted = bound.value(literal)
    tests = [f"{rest} IS NOT NULL"]
    for column in field_columns:
        bound.columns[column] = "VARCHAR"
        name = identifier(column)
        tests.append(truth(f"contains(lower({name}), {wanted}) OR {_folded_otherwise(bound, name)}"))
    return f"({' OR '.join(tests)})"
