"""Migrations that make many tables in one step.

Django renders all related models anew for every table that a migration adds, which for a house in which
nearly every record points at an organisation and a person grows with the square of its tables. A migration
that is an ``AtOnce`` adds a run of tables to the state first and renders once.
"""

from contextlib import nullcontext
from itertools import groupby
from typing import Any

from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ProjectState
from django.db.transaction import atomic


class AtOnce(Migration):
    """A migration whose runs of ``CreateModel`` are applied together; everything else is as in Django.

    The tables are the same, in the same order, in the same transactions.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        """Apply the operations, and return the state after them."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        operations = self.operations
        try:
            for makes_table, run in groupby(operations, key=lambda each: isinstance(each, CreateModel)):
                self.operations = list(run)  # type: ignore[misc]
                if makes_table:
                    project_state = self._make(project_state, schema_editor)
                else:
                    project_state = super().apply(project_state, schema_editor)
        finally:
            self.operations = operations  # type: ignore[misc]
        return project_state

    def _make(self, project_state: ProjectState, schema_editor: Any) -> ProjectState:
        """Add the tables of the present run to the state without rendered models, then make them."""
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            whole = operation.atomic or (self.atomic and operation.atomic is not False)
            own = whole and not schema_editor.atomic_migration
            with atomic(schema_editor.connection.alias) if own else nullcontext():
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
