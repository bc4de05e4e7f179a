"""What the database holds, so that a test can tell whether a request changed anything."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.apps import apps
from django.db import connection

from yui.kernel.events.models import ReadMark
from yui.kernel.ledger.models import Entry
from yui.kernel.notices.models import Notice
from yui.organisations.models import SessionRecord

BOOKKEEPING = {SessionRecord, ReadMark, Notice}
"""Tables that a mere visit may write: sessions last used, news seen up to when, notices opened."""


WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK TO|PRAGMA|EXPLAIN|SET)\b", re.IGNORECASE)


@contextmanager
def writing() -> Iterator[list[str]]:
    """Collect the statements that may have changed Yui's own records: without one, nothing has changed.

    What is not known to read only, or to write into other tables, counts.
    """
    found, tables = [], set(_tables())

    def note(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        target = WRITES.match(sql)
        if target[1] in tables if target else not READS.match(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _tables() -> list[str]:
    """Return the tables of Yui's own records, the ledger among them."""
    models = [model for model in apps.get_models() if model.__module__.startswith("yui.")]
    assert Entry in models
    return sorted(
        {model._meta.db_table for model in models if model not in BOOKKEEPING}
        | {field.m2m_db_table() for model in models for field in model._meta.many_to_many}
    )


def row_counts() -> Counter[str]:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        query = " UNION ALL ".join(
            f"SELECT '{table}', COUNT(*) FROM {connection.ops.quote_name(table)}" for table in _tables()
        )
        cursor.execute(query)
        return Counter(dict(cursor.fetchall()))


def contents() -> dict[str, str]:
    """Return a digest of every table's rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = sha256("\n".join(rows).encode()).hexdigest()
    return found


def differences(before: dict, after: dict) -> list[str]:
    """Return the names of the tables that differ."""
    return sorted(table for table in before.keys() | after.keys() if before.get(table) != after.get(table))
