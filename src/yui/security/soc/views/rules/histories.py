"""Ledger entries in the words of the records that they are about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from yui.kernel.ledger.history import HistoryEntry


def told(entries: Iterable[HistoryEntry], model: type[Model]) -> list[HistoryEntry]:
    """Return the entries with fields by their titles, and choices by their labels."""
    return [
        replace(
            entry,
            changes={
                _title(name, model): [_value(name, side, model) for side in pair]
                for name, pair in entry.changes.items()
            },
        )
        for entry in entries
    ]


def _field(name: str, model: type[Model]) -> Any:
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _title(name: str, model: type[Model]) -> str:
    field = _field(name, model)
    return str(field.verbose_name) if field is not None else name


def _value(name: str, value: Any, model: type[Model]) -> Any:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    field = _field(name, model)
    labels = dict(field.flatchoices) if field is not None and getattr(field, "flatchoices", None) else {}
    return str(labels.get(value, value)) if value not in (None, "") else None
