"""Database connections of processes that live for months."""

from django.db import close_old_connections, connection


def renew_connections() -> None:
    """Let go of connections that are broken or too old, unless a transaction of the caller's uses them."""
    if not connection.in_atomic_block:
        close_old_connections()
