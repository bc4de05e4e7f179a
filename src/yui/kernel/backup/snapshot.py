"""One moment of the database: a connection whose reads all see the same state, without stopping writers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

ALIAS = "backup_snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """Give the alias of a connection that sees the database as it is now, however long the block takes.

    SQLite: a deferred transaction in WAL mode reads one snapshot and takes no write lock. PostgreSQL: a
    REPEATABLE READ transaction.
    """
    connection = connections[DEFAULT_DB_ALIAS].copy(ALIAS)
    options = {**connection.settings_dict["OPTIONS"]}
    if connection.vendor == "sqlite":
        options["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel  # only where the database is PostgreSQL

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connection.settings_dict["OPTIONS"] = options
    connections[ALIAS] = connection
    try:
        with transaction.atomic(using=ALIAS):
            yield ALIAS
    finally:
        connection.close()
        del connections[ALIAS]
