"""What changed between two states of a record."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from yui.kernel.calendar_jp import TOKYO


def plain(value: Any) -> Any:
    """Return ``value`` as something JSON can hold without losing what it says."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        # One moment reads alike in whatever zone it came: as Tokyo's clocks show it.
        return (value.astimezone(TOKYO) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return ``{field: [old, new]}`` for each field of ``after`` that differs from ``before``."""
    return {
        key: [plain(before.get(key)), plain(value)]
        for key, value in after.items()
        if plain(before.get(key)) != plain(value)
    }


def field_values(record: Model, names: list[str]) -> dict[str, Any]:
    """Return the current values of the named fields of ``record``."""
    return {name: getattr(record, name) for name in names}
