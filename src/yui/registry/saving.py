"""How operations of the registry write a record: checked first, and safe against a second writer."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from yui.kernel.operations import field_changes
from yui.registry.errors import SameValueMeanwhile


def save_checked(record: Model) -> None:
    """Save ``record`` after all its checks.

    Raises:
        ValidationError: naming each field that is wrong, in the reader's language.
        SameValueMeanwhile: when another writer took the same key after the checks.
    """
    record.full_clean()
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise SameValueMeanwhile from error


def change_record(record: Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give ``record`` the values, save it if any differs, and return ``{field: [before, after]}``."""
    before = {name: getattr(record, name) for name in values}
    for name, value in values.items():
        setattr(record, name, value)
    changes = field_changes(before, values)
    if changes:
        save_checked(record)
    return changes


def first_values(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the changes by which a new record came to its values; what is empty is left out."""
    return field_changes({}, {name: value for name, value in values.items() if value not in (None, "")})
