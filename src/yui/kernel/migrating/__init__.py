"""Migrations that make many tables in one step.

Django renders all related models anew for every table that a migration adds, which for a house in which
nearly every record points at an organisation and a person grows with the square of its tables. A migration
that is an ``AtOnce`` renders each of its tables once, and nothing else.

Where a first migration holds what later ones did, it names them in ``replaces``: a new installation records
their names too, so that it has nothing to do where they were applied, and archives of both fit each other.
"""

from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from typing import Any

from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.transaction import atomic


class AtOnce(Migration):
    """A migration whose runs of ``CreateModel`` are applied together; everything else is as in Django.

    The tables are the same, in the same order, in the same transactions. Those of one run may point at each
    other in both directions.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        """Apply the operations, and return the state after them."""
        for part in self._parts():
            project_state = part.apply(project_state, schema_editor, collect_sql)
        return project_state

    def unapply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        """Take the operations back, and return the state before them."""
        state, steps = project_state, []
        for part in self._parts():
            steps.append((part, state))
            state = part.mutate_state(_without_rendered(state), preserve=False)
        for part, state in reversed(steps):
            part.unapply(state, schema_editor, collect_sql)
        return project_state

    def _parts(self) -> list[Migration]:
        """Return the runs of ``CreateModel`` and what stands between them, each as a migration."""
        parts = []
        for makes_tables, run in groupby(self.operations, key=lambda each: isinstance(each, CreateModel)):
            part = (_Tables if makes_tables else Migration)(self.name, self.app_label)
            part.operations = list(run)  # type: ignore[misc]
            part.atomic = self.atomic  # type: ignore[misc]
            parts.append(part)
        return parts


class _Tables(Migration):
    """A run of ``CreateModel``."""

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        self._add_to(project_state)
        for operation in self.operations:
            with self._step(operation, schema_editor, collect_sql):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state

    def unapply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        whole = self.mutate_state(_without_rendered(project_state), preserve=False)
        for operation in reversed(self.operations):
            with self._step(operation, schema_editor, collect_sql):
                operation.database_backwards(self.app_label, schema_editor, whole, project_state)
        return project_state

    def _add_to(self, state: ProjectState) -> None:
        """Add the tables to the state, rendered.

        Rendered models change by nothing but relations back from the new ones, which Django adds by itself.
        """
        known = set(state.models)
        rendered = state.__dict__.pop("apps", None)
        self.mutate_state(state, preserve=False)
        if rendered is None or state.is_delayed:
            # Rendered as a whole when next asked for, with all that earlier operations put off.
            state.is_delayed = False
            return
        rendered.render_multiple([model for key, model in state.models.items() if key not in known])
        state.apps = rendered

    def _step(
        self, operation: Operation, schema_editor: Any, collect_sql: bool
    ) -> AbstractContextManager[Any]:
        """Return the transaction of one operation; where SQL is only shown, say first what it does."""
        if collect_sql:
            schema_editor.collected_sql.append(f"-- {operation.describe()}")
        whole = operation.atomic or (self.atomic and operation.atomic is not False)
        own = whole and not schema_editor.atomic_migration
        return atomic(schema_editor.connection.alias) if own else nullcontext()


def _without_rendered(state: ProjectState) -> ProjectState:
    """Return a copy of the state in which no model is rendered, to be changed without rendering again."""
    copy = state.clone()
    copy.__dict__.pop("apps", None)
    copy.is_delayed = False
    return copy
