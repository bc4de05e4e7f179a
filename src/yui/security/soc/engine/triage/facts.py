"""What a detector tells of one match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class AlertFact:
    """One match of one rule on one event (or, for a correlation, on its events).

    Attributes:
        rule: the rule's Sigma id (text), or the key of its record (number).
        event_id: the stored event's number; with ward and rule it names the alert, so that telling it twice
            raises it once.
        event_at: when the event happened (aware).
        detected_at: when the detector decided (aware).
        fields: an excerpt of the event; it is cut to the bounds of ``excerpt`` when it is raised.
        matched: what matched, each ``{"field", "value", "literal", "modifier"}``.
        level: 0 (informational) to 4 (critical); None takes the rule's own.
        host: the computer concerned, as the event spells it; empty where there is none.
        user: the account concerned; empty where there is none.
        system: code of the registry's system, where the sender is bound to one.
    """

    rule: str | int
    event_id: str
    event_at: datetime
    detected_at: datetime
    fields: Mapping[str, Any] = field(default_factory=dict)
    matched: Sequence[Mapping[str, Any]] = ()
    level: int | None = None
    host: str = ""
    user: str = ""
    system: str = ""
