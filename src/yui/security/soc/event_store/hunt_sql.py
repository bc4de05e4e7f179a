"""A hunt's tree to SQL with parameters."""

from yui.security.soc.engine.hunting.tree import (
    NUMERIC,
    OWN,
    Comparison,
    Condition,
    Every,
    FieldTest,
    Without,
    Words,
)
from yui.security.soc.event_store import sql_tests
from yui.security.soc.event_store.dataset import COLUMNS, LIST_MARK
from yui.security.soc.event_store.sql_tests import Bound, Predicate

WARD = "ward"
MOST_DIGITS = 18
SHOWN_AS_IS = frozenset(COLUMNS) - {"event_id", "layout", "rest", "time", "received"}


def is_known(field: str) -> bool:
    """Tell whether a name means a column that every event has; ``f.`` before it means the log's own field."""
    return field in SHOWN_AS_IS or field == WARD


def own_name(field: str) -> str:
    """Return the log's own name of a field."""
    return field[len(OWN) :] if field.startswith(OWN) and len(field) > len(OWN) else field


def condition_sql(bound: Bound, condition: Condition) -> str:
    """Return SQL that tells whether an event is one of those asked for; never null."""
    if isinstance(condition, FieldTest):
        return _test(bound, condition)
    if isinstance(condition, Words):
        return sql_tests.on_column(bound, "raw", sql_tests.contains(bound, condition.text))
    if isinstance(condition, Without):
        return f"(NOT {condition_sql(bound, condition.item)})"
    parts = [condition_sql(bound, item) for item in condition.items]
    if isinstance(condition, Every):
        return f"({' AND '.join(parts)})" if parts else sql_tests.EVER
    return f"({' OR '.join(parts)})" if parts else sql_tests.NEVER


def _test(bound: Bound, test: FieldTest) -> str:
    if _is_whole_number(test):
        # As numbers, so that row groups without them need not be read.
        return sql_tests.truth(f"{bound.known(test.field)} = {bound.value(int(test.value))}")
    predicate = _predicate(bound, test)
    if test.field == WARD:
        return sql_tests.truth(predicate("organisation"))
    if is_known(test.field):
        return sql_tests.on_column(bound, test.field, predicate)
    return sql_tests.on_field(bound, own_name(test.field), predicate)


def _is_whole_number(test: FieldTest) -> bool:
    is_number = test.value.isascii() and test.value.isdecimal() and len(test.value) <= MOST_DIGITS
    return COLUMNS.get(test.field) == "BIGINT" and test.comparison is Comparison.EQUALS and is_number


def _predicate(bound: Bound, test: FieldTest) -> Predicate:
    """Return the SQL of a comparison for the text of a value."""
    comparison = test.comparison
    if comparison is Comparison.EXISTS:
        return sql_tests.present
    if comparison in NUMERIC:
        return sql_tests.compared(bound, comparison.value, float(test.value))
    by_comparison = {
        Comparison.EQUALS: sql_tests.equals,
        Comparison.CONTAINS: sql_tests.contains,
        Comparison.STARTSWITH: sql_tests.startswith,
        Comparison.ENDSWITH: sql_tests.endswith,
        Comparison.LIKE: sql_tests.like,
        Comparison.MATCHES: sql_tests.matches,
        Comparison.IN_NETWORK: sql_tests.in_network,
    }
    return by_comparison[comparison](bound, test.value)


def value_sql(bound: Bound, field: str) -> str:
    """Return SQL for the value of a field as text, the members of a list separated by commas."""
    if field == WARD:
        return "organisation"
    if field == "time":
        return "time::VARCHAR"
    if is_known(field):
        return f"{bound.known(field)}::VARCHAR"
    column, rest = bound.own(own_name(field)), bound.in_rest(own_name(field))
    mark = bound.value(LIST_MARK)
    return f"replace(trim(coalesce({column}, {rest}), {mark}), {mark}, ', ')"
