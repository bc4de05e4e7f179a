"""The first groups of many lists; the groups of a rule, or of a rule in a ward, stand in order in an index.

What comes first among all lists is among the first few of each. So neither all groups of many rules are read,
which may be most of the table, nor all that come before a page in the queue, which may be the rest of it.
The database does this in one statement, which each of the two wants written in its own way.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from yui.security.soc.models import AlertGroup

_OF_LIST = {
    "organisation_id": RawSQL('"list"."organisation_id"', ()),
    "rule_id": RawSQL('"list"."rule_id"', ()),
}
_FEWEST_TO_COMPARE = 2
"""From so many lists per row of the answer on, it pays to look first which lists can hold a row at all."""


@dataclass(frozen=True)
class GroupLists:
    """Lists of groups.

    Attributes:
        columns: what the groups of one list have in common: ``rule_id``, or ``organisation_id`` and it.
        keys: for each list the values of these columns.
    """

    columns: tuple[str, ...]
    keys: tuple[tuple[int, ...], ...]


def first_of_lists(
    groups: QuerySet[AlertGroup], lists: GroupLists, order: Sequence[str], size: int
) -> RawSQL:
    """Return a subquery for the keys of the first ``size`` groups.

    Args:
        groups: the groups asked for, scoped to their reader; those that are in no list are passed over.
        lists: the lists, each once.
        order: as of ``order_by``, plain columns only; an index keeps every list in it.

    Raises:
        UnscopedQuery: when nobody said for whom the groups are read.
        EmptyResultSet: when no group can meet the conditions of ``groups``.
    """
    source, values = _all_lists(lists)
    if len(lists.keys) > _FEWEST_TO_COMPARE * size:
        # A list whose first group comes after the first ones of so many others has nothing among them.
        sql, values = _first(
            groups, lists.columns, order, source, values, each=1, size=size, shown=lists.columns
        )
        source = f'({sql}) AS "list"'
    sql, values = _first(groups, lists.columns, order, source, values, each=size, size=size, shown=("id",))
    return RawSQL(sql, values)  # noqa: S611 - made by the ORM, framed by constants


def _all_lists(lists: GroupLists) -> tuple[str, tuple[Any, ...]]:
    """Return a table ``list`` of all lists: SQL and its values."""
    if connection.vendor == "postgresql":
        arrays = ", ".join("%s::bigint[]" for _ in lists.columns)
        names = ", ".join(f'"{name}"' for name in lists.columns)
        return f'unnest({arrays}) AS "list" ({names})', tuple(map(list, zip(*lists.keys, strict=True)))
    read = ", ".join(
        f'json_extract("value", \'$[{place}]\') AS "{name}"' for place, name in enumerate(lists.columns)
    )
    return f'(SELECT {read} FROM json_each(%s)) AS "list"', (json.dumps(lists.keys),)  # noqa: S608 - constants


def _first(
    groups: QuerySet[AlertGroup],
    columns: Sequence[str],
    order: Sequence[str],
    source: str,
    values: tuple[Any, ...],
    *,
    each: int,
    size: int,
    shown: Sequence[str],
) -> tuple[str, tuple[Any, ...]]:
    """Return SQL, and its values, for the first ``size`` groups among the first ``each`` of every list."""
    groups.require_scope()  # type: ignore[attr-defined]
    of_list = groups.filter(**{name: _OF_LIST[name] for name in columns}).order_by(*order)
    sorting = [(name.lstrip("-"), "DESC" if name.startswith("-") else "ASC") for name in order]
    if connection.vendor == "postgresql":
        wanted = dict.fromkeys((*shown, *(name for name, _direction in sorting)))
        found, given = of_list.values_list(*wanted)[:each].query.sql_with_params()
        joined = f'CROSS JOIN LATERAL ({found}) AS "found"'
    else:
        # SQLite has no LATERAL, but finds rows by the keys that a subquery names for each list.
        found, given = of_list.values_list("id")[:each].query.sql_with_params()
        table = AlertGroup._meta.db_table
        joined = f'CROSS JOIN "{table}" AS "found" ON "found"."id" IN ({found})'
    names = ", ".join(f'"found"."{name}"' for name in shown)
    sequence = ", ".join(f'"found"."{name}" {direction}' for name, direction in sorting)
    sql = f"SELECT {names} FROM {source} {joined} ORDER BY {sequence} LIMIT %s"  # noqa: S608 - names and placeholders
    return sql, (*values, *given, size)
