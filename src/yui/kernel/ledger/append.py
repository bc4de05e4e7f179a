"""Appends entries to an organisation's chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from yui.kernel.ledger.engine.chain import GENESIS, canonical_json, clean, entry_hash
from yui.kernel.ledger.models import EPOCH, Chain, Entry


@dataclass(frozen=True)
class Act:
    """What is to be recorded; ``at`` defaults to now."""

    actor: str
    verb: str
    subject: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


def _microseconds(moment: datetime) -> int:
    delta = moment - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


@transaction.atomic
def append(organisation_code: str, acts: Sequence[Act]) -> list[Entry]:
    """Append ``acts`` in order to the chain of ``organisation_code`` within the caller's transaction.

    The head row is locked, so that appends to one chain come one after the other; on SQLite the
    transaction itself is exclusive.
    """
    chain, _created = Chain.objects.select_for_update().get_or_create(
        organisation_code=organisation_code, defaults={"head": GENESIS}
    )
    previous, sequence, entries = bytes(chain.head), chain.length, []
    for act in acts:
        sequence += 1
        parts = (
            sequence,
            _microseconds(act.at or datetime.now(UTC)),
            clean(act.actor)[:200],
            clean(act.verb),
            clean(act.subject)[:200],
            canonical_json(act.payload),
        )
        previous = entry_hash(previous, organisation_code, parts)
        entries.append(
            Entry(
                organisation_code=organisation_code,
                sequence=parts[0],
                at_us=parts[1],
                actor=parts[2],
                verb=parts[3],
                subject=parts[4],
                payload=parts[5],
                hash=previous,
            )
        )
    Entry.objects.bulk_create(entries, batch_size=500)
    chain.length, chain.head = sequence, previous
    chain.save(update_fields=["length", "head"])
    return entries
