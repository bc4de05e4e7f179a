"""The history of a challenge or an initiative and of its evidence, in the words of the form."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    Initiative,
    InitiativeEvidence,
)
from yui.governance.challenges.operations.records import urn_of
from yui.kernel.ledger.history import HistoryEntry, history_of

SHOWN = 20
NOTHING = (None, "", False)


def entries_of(record: Challenge | Initiative) -> list[HistoryEntry]:
    """Return the last acts on a record and its evidence; fields that were and stayed empty are left out."""
    evidence = ChallengeEvidence if isinstance(record, Challenge) else InitiativeEvidence
    return [
        replace(
            entry,
            changes=_titled(entry.changes, evidence if ".evidence." in entry.verb else type(record)),
        )
        for entry in history_of(urn_of(record), SHOWN)
    ]


def _titled(changes: dict[str, list[Any]], model: type[Model]) -> dict[str, list[Any]]:
    """Return changes by the titles of the fields, with choices by their labels."""
    found = {}
    for name, (before, after) in changes.items():
        if before in NOTHING and after in NOTHING:
            continue
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            found[name] = [before, after]
            continue
        labels = dict(field.flatchoices or ())
        found[str(field.verbose_name)] = [_said(each, labels) for each in (before, after)]
    return found


def _said(value: Any, labels: dict[Any, Any]) -> Any:
    """Return a value in words."""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    return labels.get(value, value)
