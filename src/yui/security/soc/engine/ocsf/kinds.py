"""The flat OCSF columns of many events of one kind at once: a plan is chosen and followed by whole columns.

Gives exactly what ``ocsf_columns`` gives for each of the events, at a fraction of its cost.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from yui.security.soc.engine.ocsf.columns import (
    COMMON,
    FACTS,
    HASH,
    PORTS,
    OcsfColumns,
    ocsf_columns,
    port_of,
    text_of,
)
from yui.security.soc.engine.ocsf.tables import Choice, Plan, plan_of, routing_fields
from yui.security.soc.engine.ocsf.values import best_hash
from yui.security.soc.engine.records import LogRecord, LogSource

Column = Sequence[Any] | None
"""The values of one OCSF column; None where no event has one."""
Fields = Mapping[str, Sequence[Any]]
_WIDTH = len(OcsfColumns._fields)


def ocsf_columns_of_kind(source: LogSource, fields: Fields, count: int) -> list[Column]:
    """Return the columns of ``OcsfColumns`` for ``count`` events of one source with the same fields.

    Args:
        fields: by name, the values of a field in all events, in step; they are all of one type. A column
            that is taken over as it is, is the very sequence given here.
    """
    plans = _rows_by_plan(source, fields, count)
    if len(plans) == 1:
        return _followed(plans[0][0], source, fields, count)
    whole: list[list[Any] | None] = [None] * _WIDTH
    for plan, rows in plans:
        part = {name: [values[at] for at in rows] for name, values in fields.items()}
        for position, column in enumerate(_followed(plan, source, part, len(rows))):
            if column is None:
                continue
            held = whole[position]
            if held is None:
                held = whole[position] = [None] * count
            for at, value in zip(rows, column, strict=True):
                held[at] = value
    return list(whole)


def _rows_by_plan(source: LogSource, fields: Fields, count: int) -> list[tuple[Plan | None, Sequence[int]]]:
    """Return each plan with the events that follow it."""
    names = [name for name in routing_fields() if name in fields]
    if not names:
        return [(_plan(source, names, ()), range(count))]
    routes = list(zip(*(fields[name] for name in names), strict=True))
    try:
        by_route = {route: _plan(source, names, route) for route in set(routes)}
        plans = [by_route[route] for route in routes] if len(by_route) > 1 else list(by_route.values())
    except TypeError:
        # A list decides: such values cannot be told apart beforehand.
        plans = [_plan(source, names, route) for route in routes]
    if len({id(plan) for plan in plans}) == 1:
        return [(plans[0], range(count))]
    found: dict[int, tuple[Plan | None, list[int]]] = {}
    for at, plan in enumerate(plans):
        found.setdefault(id(plan), (plan, []))[1].append(at)
    return list(found.values())


def _plan(source: LogSource, names: Sequence[str], route: Sequence[Any]) -> Plan | None:
    return plan_of(LogRecord(source, None, dict(zip(names, route, strict=True)), ""))


def _followed(plan: Plan | None, source: LogSource, fields: Fields, count: int) -> list[Column]:
    """Return the columns of events that all follow one plan."""
    if plan is not None and plan.pattern:
        return _one_by_one(source, fields, count)
    found: list[Column] = [None] * _WIDTH
    if plan is not None:
        found[:FACTS] = (
            [plan.event_class.uid] * count,
            _chosen(plan.activity, fields, count),
            _chosen(plan.severity, fields, count),
        )
    for position, names in COMMON if plan is None else plan.columns:
        found[FACTS + position] = _told(position, [fields[name] for name in names if name in fields])
    return found


def _one_by_one(source: LogSource, fields: Fields, count: int) -> list[Column]:
    """Return the columns of events whose message must be read to know what they say."""
    rows = zip(*fields.values(), strict=True) if fields else [()] * count
    records = [LogRecord(source, None, dict(zip(fields, row, strict=True)), "") for row in rows]
    return list(zip(*map(ocsf_columns, records), strict=True))


def _chosen(choice: Choice, fields: Fields, count: int) -> Sequence[int]:
    """Return the number that each event gets."""
    values = fields.get(choice.field)
    if values is None:
        return [choice.of({})] * count
    try:
        numbers = {value: choice.of({choice.field: value}) for value in set(values)}
    except TypeError:
        return [choice.of({choice.field: value}) for value in values]
    return [numbers[value] for value in values]


def _told(position: int, columns: Sequence[Sequence[Any]]) -> Column:
    """Return for each event the first of its values that says something, as the column wants it."""
    if not columns:
        return None
    found = columns[0]
    is_silent = _has_silence(found)
    for values in columns[1:]:
        if not is_silent:
            break
        found = [other if _says_nothing(one) else one for one, other in zip(found, values, strict=True)]
        is_silent = _has_silence(found)
    if is_silent:
        found = [None if _says_nothing(value) else value for value in found]
    if set(map(type, found)) - {str}:
        found = [value if value is None or type(value) is str else text_of(value) for value in found]
        if found.count(None) == len(found):
            return None
    if position == HASH:
        return [best_hash(value) if value else None for value in found]
    if position in PORTS:
        return [port_of(value) if value else None for value in found]
    return found


def _has_silence(values: Sequence[Any]) -> bool:
    return None in values or "" in values or "-" in values


def _says_nothing(value: Any) -> bool:
    return value is None or value == "" or value == "-"
