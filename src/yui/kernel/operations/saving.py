"""How operations write a record: checked first, and safe against a second writer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from yui.kernel.operations.field_changes import field_changes, field_values
from yui.kernel.operations.operation import record, record_nothing
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.visibility import Visibility


class SameValueMeanwhile(ValidationError):
    """Another person saved a record with the same key a moment before."""

    def __init__(self) -> None:
        super().__init__(
            _("同じコードや番号の記録が、たった今ほかの人に登録されました。一覧で確かめてください。"),
            code="same_value_meanwhile",
        )


def save_checked(stored: Model) -> None:
    """Save a record after all its checks.

    Raises:
        ValidationError: naming each field that is wrong, in the reader's language.
        SameValueMeanwhile: when another writer took the same key after the checks.
    """
    stored.full_clean()
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError as error:
        raise SameValueMeanwhile from error


def change_record(stored: Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give a record the values, save it if any differs, and return ``{field: [before, after]}``.

    Raises:
        ValidationError: as ``save_checked``.
    """
    changes = field_changes(field_values(stored, list(values)), values)
    if changes:
        save_values(stored, values)
    return changes


def changes_to(stored: Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return ``{field: [before, after]}`` for the values that differ; a record not stored yet had none."""
    return field_changes(field_values(stored, list(values)) if stored.pk else {}, values)


def save_values(stored: Model, values: Mapping[str, Any]) -> None:
    """Give a record the values and save it.

    Raises:
        ValidationError: as ``save_checked``.
    """
    for name, value in values.items():
        setattr(stored, name, value)
    save_checked(stored)


def first_values(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the changes by which a new record came to its values; what is empty is left out."""
    return field_changes({}, {name: value for name, value in values.items() if value not in (None, "")})


def record_changes(
    organisation: Organisation,
    changes: Mapping[str, Any],
    *,
    subject: str,
    summary: str,
    visibility: str = Visibility.OWN,
) -> bool:
    """End an operation that changes a record: write what changed, or nothing; tell whether anything changed.

    The arguments are those of ``record``.
    """
    if not changes:
        record_nothing("all facts are as they were")
        return False
    record(organisation, subject=subject, summary=summary, changes=changes, visibility=visibility)
    return True
