"""Ledger entries in the words of the records that they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from yui.kernel.ledger.history import HistoryEntry
from yui.registry.models import MigrationState, MigrationStep


def told(entries: Iterable[HistoryEntry], model: type[Model]) -> list[HistoryEntry]:
    """Return the entries with the names of fields and choices as people know them."""
    return [replace(entry, changes=in_words(entry.changes, model)) for entry in entries]


def in_words(changes: Mapping[str, list[Any]], model: type[Model]) -> dict[str, list[Any]]:
    """Return changes by the title of each field, with choices by their labels."""
    return {
        _title(name, model): [_value(name, side, model) for side in pair] for name, pair in changes.items()
    }


def _field(name: str, model: type[Model]) -> Any:
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _title(name: str, model: type[Model]) -> str:
    state, dot, day = name.partition(".")
    if dot:
        return f"{MigrationState(state).label} {_title(day, MigrationStep)}"
    field = _field(name, model)
    return str(field.verbose_name) if field is not None else name


def _value(name: str, value: Any, model: type[Model]) -> Any:
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    field = _field(name, model)
    labels = dict(field.flatchoices) if field is not None and getattr(field, "flatchoices", None) else {}
    return str(labels.get(value, value)) if value is not None else None
