"""What goes into the correlator, what comes out, and what was counted on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple


class Observation(NamedTuple):
    """One match of one rule.

    Attributes:
        rule_id: id of the detection rule that matched.
        time_us: when the event happened, microseconds since 1970-01-01 UTC.
        event_id: names the event; the same event delivered again carries the same id and counts once.
        tenant: code of the ward; groups never mix wards.
        fields: the event's fields, as in ``LogRecord.fields``.
    """

    rule_id: str
    time_us: int
    event_id: str
    tenant: str
    fields: Mapping[str, Any]


class CorrelationAlert(NamedTuple):
    """A correlation rule held.

    Attributes:
        identifier: a hash of rule, ward, group and ``time_us``: the same alert always has the same id.
        time_us: the event time at which the condition first held, or at which a complete window closed.
        first_us, last_us: first and last event of the window.
        group: the rule's group-by names and this group's values (as compared: folded to lower case).
        value: the measured value, as a decimal or fraction in text; empty for a boolean condition.
        event_ids: distinct events of the window in order of time, at most ``LISTED_EVENTS``.
        event_count: distinct events in the window.
        rule_ids: the referenced rules that occur in the window, in the rule's order.
        truncated: whether the group held more events than the correlator keeps; the oldest were let go.
    """

    identifier: str
    rule_id: str
    title: str
    level: str
    author: str
    tenant: str
    time_us: int
    first_us: int
    last_us: int
    group: tuple[tuple[str, str], ...]
    value: str
    event_ids: tuple[str, ...]
    event_count: int
    rule_ids: tuple[str, ...]
    truncated: bool = False


LISTED_EVENTS = 1_000


class LateObservation(NamedTuple):
    """A match that came after its time had been decided; it is told, and counts in no window."""

    rule_id: str
    time_us: int
    event_id: str
    tenant: str
    watermark_us: int


@dataclass
class Counts:
    """What became of everything given to a correlator.

    ``observed`` matches are ``unreferenced`` or make one entry for each correlation that reads their rule.
    ``entries`` = late + future + ungrouped + valueless + duplicates + refused + counted + those waiting.

    Attributes:
        observed: matches given.
        unreferenced: matches of a rule that no correlation reads.
        entries: pairs of a match (or of a chained alert) and a correlation that reads it.
        chained: entries among them that come from another correlation's alert.
        late: came beyond the declared lateness.
        future: later than the clock allows.
        ungrouped: none of the group-by fields is there.
        valueless: the measured field is absent, or no number where one is needed.
        duplicates: the same event again.
        refused: a new group when the ward already had as many groups as are allowed.
        counted: taken into a window.
        let_go: counted, but dropped from its window again because the window held too many.
        pressed: times that waiting matches were decided early because too many were waiting.
        alerts: alerts that fired, quiet ones included.
    """

    observed: int = 0
    unreferenced: int = 0
    entries: int = 0
    chained: int = 0
    late: int = 0
    future: int = 0
    ungrouped: int = 0
    valueless: int = 0
    duplicates: int = 0
    refused: int = 0
    counted: int = 0
    let_go: int = 0
    pressed: int = 0
    alerts: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}
