"""What a Sigma rule needs at least, as SQL over stored events.

Every event that ``detect`` matches passes; most others do not. Texts are compared as DuckDB lowers them. A
value with a letter that Sigma folds otherwise (ß, ſ, ς, ligatures) passes unseen, as do fields in ``rest``.
"""

from collections.abc import Sequence

import orjson
import re2

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
ANY_VALUE = "x_any_value"
"""Column that tells whether ``any_value_sql`` holds."""
ODD_LETTERS = (
    "[µßİŉſǰͅΐΰςϐϑϕϖϰϱϵև\u13a0-\u13f5\u13f8-\u13fd\u1c80-\u1c88\u1e96-\u1e9b\u1e9e"
    "\u1f50\u1f52\u1f54\u1f56\u1f80-\u1faf\u1fb2-\u1fb4\u1fb6\u1fb7\u1fbc\u1fbe\u1fc2-\u1fc4\u1fc6\u1fc7"
    "\u1fcc\u1fd2\u1fd3\u1fd6\u1fd7\u1fe2-\u1fe4\u1fe6\u1fe7\u1ff2-\u1ff4\u1ff6\u1ff7\u1ffc"
    "\uab70-\uabbf\ufb00-\ufb06\ufb13-\ufb17]"
)
"""Letters whose lower-case and case-folded forms differ (Unicode, CaseFolding.txt)."""


def candidate_sql(bound: Bound, condition: Condition) -> str:
    """Return SQL that holds for every event that meets ``condition``.

    Where the condition ``looks_at_any_value`` the rows must have the column ``ANY_VALUE``.
    """
    asked = _sql(bound, condition)
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
    return bool(_texts_of_any_value(condition))


def _sql(bound: Bound, condition: Condition) -> str:
    if isinstance(condition, AllOf | AnyOf):
        parts = [_sql(bound, item) for item in condition.items]
        if isinstance(condition, AllOf):
            return f"({' AND '.join(parts)})" if parts else EVER
        return f"({' OR '.join(parts)})" if parts else NEVER
    if isinstance(condition, SourceTest):
        return _of_source(bound, condition)
    if isinstance(condition, AnyValueTest):
        return ANY_VALUE
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
        return truth(_is_like(bound, column, re2.escape(literal)))
    if op == "regex":
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


def _is_like(bound: Bound, of: str, pattern: str) -> str:
    """Return SQL that tells whether a text fits, whatever its case, or has letters folded otherwise."""
    return f"regexp_matches({of}, {bound.value(f'(?i:{pattern})|{ODD_LETTERS}')})"


def _folded_otherwise(bound: Bound, column: str) -> str:
    """Return SQL that tells whether a text has letters that are lowered and folded differently."""
    return f"(strlen({column}) <> length({column}) AND regexp_matches({column}, {bound.value(ODD_LETTERS)}))"


def _texts_of_any_value(condition: Condition) -> frozenset[str]:
    """Return every text that a condition asks of any value."""
    if isinstance(condition, AllOf | AnyOf):
        return frozenset[str]().union(*map(_texts_of_any_value, condition.items))
    return frozenset({condition.literal}) if isinstance(condition, AnyValueTest) else frozenset()


def any_value_sql(bound: Bound, condition: Condition, field_columns: Sequence[str]) -> str:
    """Return SQL that holds for events some value of which has one of the texts asked of any value.

    All texts are looked for at once, since such rules have many and events have many fields. Fields in
    ``rest`` pass unseen.
    """
    texts = _texts_of_any_value(condition)
    if not all(map(_is_writable, texts)) or "" in texts:
        return EVER
    tests = [f"{bound.known('rest')} IS NOT NULL"]
    if field_columns:
        bound.columns |= dict.fromkeys(field_columns, "VARCHAR")
        values = ", ".join(map(identifier, field_columns))
        one_of_them = "|".join(re2.escape(text) for text in sorted(texts))
        # One search through all values of an event costs half of one search in each of a hundred columns.
        tests.append(_is_like(bound, f"concat_ws({bound.value(LIST_MARK)}, {values})", one_of_them))
    return f"({' OR '.join(tests)})"
