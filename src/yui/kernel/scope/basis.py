"""Two people at one record: who saves second sees first what the other one wrote.

A form carries the *basis* it was drawn from, a digest of the record's values. An operation that is given a
basis refuses once when the record has moved on, names the values that stand now, and hands the new basis
back, so that saving again is a decision made with open eyes.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MOST_NAMED = 5
TIMES_OF_THE_RECORD = frozenset({"created_at", "updated_at"})


class ChangedMeanwhile(ValidationError):
    """The record was changed by somebody else since the form was drawn.

    Attributes:
        basis: the record's basis as it stands now.
    """

    def __init__(self, basis: str, standing: str) -> None:
        super().__init__(
            _(
                "編集している間に、ほかの人がこの記録を更新しました。今の値は次のとおりです: %(standing)s。"
                "このまま保存するには、もう一度押してください。"
            ),
            code="changed_meanwhile",
            params={"standing": standing},
        )
        self.basis = basis


def basis_of(record: Model) -> str:
    """Return the record's basis, empty for one that is not stored yet."""
    if not record.pk:
        return ""
    names = [f.attname for f in record._meta.concrete_fields if f.name not in TIMES_OF_THE_RECORD]
    return sha256(repr([getattr(record, name) for name in names]).encode()).hexdigest()


def require_basis(stored: Model, basis: str, values: Mapping[str, Any]) -> None:
    """Refuse to write ``values`` over a record that is no longer what ``basis`` says; no basis, no check.

    Args:
        stored: the record, read and locked in this transaction.

    Raises:
        ChangedMeanwhile: naming those stored values that would be overwritten.
    """
    now = basis_of(stored)
    if not basis or basis == now:
        return
    standing = [
        f"{stored._meta.get_field(name).verbose_name}「{_shown(stored, name)}」"  # type: ignore[union-attr]
        for name, value in values.items()
        if getattr(stored, name) != value
    ]
    if standing:
        raise ChangedMeanwhile(now, "、".join(standing[:MOST_NAMED]))


def _shown(record: Model, name: str) -> str:
    """Return a field's value as its reader knows it."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return "—" if value in (None, "") else str(value)


class BasedForm(forms.ModelForm):
    """A form of a stored record that carries its basis; the template draws ``form.basis``."""

    basis = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].initial = basis_of(self.instance)

    @property
    def given_basis(self) -> str:
        """What the form was drawn from."""
        return str(self.cleaned_data.get("basis", ""))

    def renew_basis(self, basis: str) -> None:
        """Let the form that is shown again stand on the record as it is now."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed[self.add_prefix("basis")] = basis
        self.data = renewed
