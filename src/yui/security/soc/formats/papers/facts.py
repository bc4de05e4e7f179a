"""What papers are filled from: plain values, so that the same facts give the same bytes."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple


class TimeRow(NamedTuple):
    """One time of the incident as papers tell it."""

    label: str
    at: datetime
    until: datetime | None = None


class SystemRow(NamedTuple):
    """One affected system; times are None where they have not come."""

    name: str
    zone: str
    effect: str
    stopped_at: datetime | None
    contained_at: datetime | None
    restored_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """The facts of one paper of one incident.

    Attributes:
        code: the paper (``engine.duties.DutyCode``).
        times: the standing times, oldest first.
        actions: what was done so far, one line each.
        is_demonstration: whether the paper is marked 架空データ.
    """

    code: str
    number: str
    round: int
    ward: str
    title: str
    category: str
    category_label: str
    severity_label: str
    severity_reason: str
    summary: str
    commander: str
    tlp: str
    times: tuple[TimeRow, ...]
    systems: tuple[SystemRow, ...]
    actions: tuple[str, ...]
    leaked_people: int | None
    leak_known_at: datetime | None
    kinds_of_data: tuple[str, ...]
    reasons: tuple[str, ...]
    leaked_items: str
    cause: str
    technique: str
    secondary_damage: str
    response_to_people: str
    publication: str
    prevention: str
    is_exercise: bool = False
    is_demonstration: bool = False


def facts_sha256(facts: PaperFacts) -> str:
    """Return the hash of the facts, by which a draft tells from what it was made."""
    text = json.dumps(asdict(facts), ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    """Return a moment as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
