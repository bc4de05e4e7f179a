"""Puts an archive's rows in the place of the database's, within the caller's transaction."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import DatabaseError, connection
from django.db.models import Model

from yui.kernel.backup.columns import every_model, kept_models, row_reader, stored_fields
from yui.kernel.backup.errors import LoadFailed, MemberDamaged
from yui.kernel.backup.manifest import DATABASE
from yui.kernel.backup.reading import Archive
from yui.kernel.ledger.verify import heads, verify_all

_BATCH = 1000


def load_tables(archive: Archive) -> None:
    """Empty every table, load the archive's rows, and check references, counts and the ledger.

    Raises:
        LoadFailed: when the database refuses something or the ledger does not hold. The caller's
            transaction must then be rolled back.
    """
    tables = [model._meta.db_table for model in every_model()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables):
            cursor.execute(statement)
    for model in kept_models():
        _load(model, archive)
    try:
        connection.check_constraints()
    except DatabaseError as problem:
        raise LoadFailed("database", str(problem)) from problem
    _reset_sequences()
    _check_ledger(archive)


def _load(model: type[Model], archive: Archive) -> None:
    label = model._meta.label
    lines = archive.lines(f"{DATABASE}{label}.jsonl")
    fields = stored_fields(model)
    if json.loads(next(lines, b"[]")) != [field.column for field in fields]:
        raise LoadFailed(label, "columns")
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - quoted names
    count = 0
    with connection.cursor() as cursor:
        for batch in _batches(_prepared(model, lines)):
            try:
                cursor.executemany(statement, batch)
            except (DatabaseError, ValueError) as problem:
                raise LoadFailed(
                    f"{label}, {count + 1}–{count + len(batch)}", str(problem).strip()
                ) from problem
            count += len(batch)
    if count != archive.manifest.rows.get(label):
        raise LoadFailed(label, f"{count} ≠ {archive.manifest.rows.get(label)}")


def _prepared(model: type[Model], lines: Iterator[bytes]) -> Iterator[list[Any]]:
    """Yield the rows as the database takes them."""
    fields, read = stored_fields(model), row_reader(model)
    for number, line in enumerate(lines, start=1):
        try:
            values = read(line)
        except (ValueError, ArithmeticError, TypeError) as problem:
            raise MemberDamaged(model._meta.label, f"{number}: {problem}") from problem
        yield [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _reset_sequences() -> None:
    """Let the next key of each table follow the largest one loaded."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every_model()):
            cursor.execute(statement)


def _check_ledger(archive: Archive) -> None:
    for verdict in verify_all():
        if verdict.fault is not None:
            place = f"ledger {verdict.organisation_code} #{verdict.fault.sequence}"
            raise LoadFailed(place, verdict.fault.problem)
    if heads() != archive.manifest.ledger:
        raise LoadFailed("ledger", "heads")
