"""Rows that the database itself keeps as they are."""

from collections.abc import Mapping
from typing import Any

from django.db import migrations

ALWAYS = "OLD.id IS NOT NULL"
"""The condition of a table whose rows never change."""


def append_only(guarded: Mapping[str, str]) -> migrations.RunPython:
    """Return the operation that lets the database refuse every UPDATE of rows that must stay as they are.

    Args:
        guarded: each table with the condition (SQL about ``OLD``, without parameters) under which a row must
            stay; ``ALWAYS`` for all of its rows.
    """

    def add_triggers(apps: Any, schema_editor: Any) -> None:
        for table, condition in guarded.items():
            if schema_editor.connection.vendor == "postgresql":
                # A WHEN clause of PostgreSQL takes no subquery, so that the condition stands in the function.
                schema_editor.execute(
                    f"CREATE FUNCTION {table}_refuse_change() RETURNS trigger AS $$ BEGIN "
                    f"IF {condition} THEN RAISE EXCEPTION '{table} is append-only' "
                    "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END; $$ "
                    "LANGUAGE plpgsql",
                    params=None,
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )

    def remove_triggers(apps: Any, schema_editor: Any) -> None:
        for table in guarded:
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_append_only{on}")
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION {table}_refuse_change()")

    return migrations.RunPython(add_triggers, remove_triggers)
