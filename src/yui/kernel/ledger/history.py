"""A record's history, read from the ledger."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yui.kernel.ledger.models import Entry


@dataclass(frozen=True)
class HistoryEntry:
    """One act on a record: who, when, what, and each changed field as (before, after)."""

    at: datetime
    actor_name: str
    verb: str
    summary: str
    changes: dict[str, list[Any]] = field(default_factory=dict)


def history_of(subject: str, limit: int = 200, *, organisation: str = "") -> list[HistoryEntry]:
    """Return the acts on ``subject``, newest first.

    The caller has read the subject through ``visible_to``: whoever sees a record sees its history.

    Args:
        organisation: code of the one chain to read, for an act that was told to several organisations.
    """
    found = Entry.objects.filter(subject=subject)
    if organisation:
        found = found.filter(organisation_code=organisation)
    entries = found.order_by("-at_us", "-sequence")[:limit]
    return [
        HistoryEntry(
            at=entry.at,
            actor_name=entry.actor_name,
            verb=entry.verb,
            summary=entry.content.get("summary", ""),
            changes=entry.content.get("changes", {}),
        )
        for entry in entries
    ]
