"""Rules on a batch of events: what alerts, and what only feeds correlations."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from yui.security.soc.engine.correlation.alerts import CorrelationAlert, Observation
from yui.security.soc.engine.joint.facts import AlertKeys
from yui.security.soc.engine.joint.keys import Network, RuleWords, keys_of
from yui.security.soc.engine.ocsf import ocsf_columns
from yui.security.soc.engine.records import LogRecord
from yui.security.soc.engine.sigma import Match, detect
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.processing.preparing import WardEvents
from yui.security.soc.processing.rules import RuleBook

EARLIEST_US = 0
LATEST_US = 253_402_300_799_000_000
"""The last moment of the year 9999: what a ``datetime`` can hold."""
LEVELS = {"informational": 0, "low": 1, "medium": 2, "high": 3, "critical": 4}
HOST_FIELDS = ("Computer", "host.name", "hostname", "host", "HostName", "observer.name")
USER_FIELDS = (
    "User",
    "TargetUserName",
    "SubjectUserName",
    "user.name",
    "user",
    "userIdentity.arn",
    "username",
)


Suppressed = Counter[tuple[str, int]]
"""How many matches an exclusion (ward, key of its record) has kept from being alerts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched an event of a ward."""

    ward: str
    match: Match
    record: LogRecord
    received: int
    event_id: str

    @property
    def time(self) -> int:
        """When the event happened, microseconds; when it was received, where it does not say."""
        time = self.record.time
        return self.received if time is None or not EARLIEST_US <= time <= LATEST_US else time


def hits_in(book: RuleBook, wards: Mapping[str, WardEvents]) -> Iterator[Hit]:
    """Yield every match in the events of all wards. Wards with the same rules are matched in one pass."""
    for rules, members in book.groups(wards):
        records = [record for ward in members for record in wards[ward].records]
        ends: list[tuple[int, str]] = []
        for ward in members:
            ends.append(((ends[-1][0] if ends else 0) + len(wards[ward]), ward))
        current = iter(ends)
        begin, (end, ward) = 0, next(current)
        for match in detect(rules, records):
            while match.position >= end:
                begin, (end, ward) = end, next(current)
            events, at = wards[ward], match.position - begin
            yield Hit(ward, match, events.records[at], events.received[at], events.pieces[at].event_id.hex())


def alerting(book: RuleBook, hits: Sequence[Hit]) -> tuple[list[Hit], Suppressed]:
    """Return the matches that are alerts, and how many each exclusion has kept from being one.

    An alert's rule is on in the ward, no correlation silences it, and nobody tuned the match out.
    """
    alerts: list[Hit] = []
    suppressed: Suppressed = Counter()
    for hit in hits:
        rule_id = hit.match.rule.id
        if not book.is_alert(hit.ward, rule_id):
            continue
        exclusion = book.wards[hit.ward].excluded_by(rule_id, hit.record.fields)
        if exclusion is None:
            alerts.append(hit)
        else:
            suppressed[hit.ward, exclusion] += 1
    return alerts, suppressed


def observation_of(hit: Hit) -> Observation:
    """Return a match as correlations see it."""
    return Observation(hit.match.rule.id, hit.time, hit.event_id, hit.ward, hit.record.fields)


def keys_of_hit(hit: Hit, own_networks: Sequence[Network] = ()) -> AlertKeys:
    """Return an alert as other wards' alerts are compared with it.

    Args:
        own_networks: address ranges of the wards themselves.
    """
    rule = hit.match.rule
    keys = keys_of(hit.record.fields, RuleWords(rule.id, tuple(rule.tags)), own_networks)
    return AlertKeys(hit.ward, hit.time, f"{rule.id}:{hit.event_id}", keys, rule.level or "medium")


def fact_of(hit: Hit, detected: datetime) -> AlertFact:
    """Return an alert as it is raised."""
    fields, columns = hit.record.fields, ocsf_columns(hit.record)
    return AlertFact(
        rule=hit.match.rule.id,
        event_id=hit.event_id,
        event_at=moment(hit.time),
        detected_at=detected,
        fields=fields,
        matched=[atom._asdict() for atom in hit.match.atoms],
        host=columns.host or "",
        user=columns.user or "",
    )


def fact_of_correlation(alert: CorrelationAlert, detected: datetime) -> AlertFact:
    """Return a correlation's alert as it is raised: its group, its value and its events."""
    fields: dict[str, Any] = {
        **dict(alert.group),
        "event_count": alert.event_count,
        "value": alert.value,
        "first": moment(alert.first_us).isoformat(),
        "last": moment(alert.last_us).isoformat(),
        "event_ids": list(alert.event_ids[:20]),
        "rules": list(alert.rule_ids),
    }
    return AlertFact(
        rule=alert.rule_id,
        event_id=alert.identifier,
        event_at=moment(alert.time_us),
        detected_at=detected,
        fields=fields,
        matched=[{"field": n, "value": v, "literal": "", "modifier": "group-by"} for n, v in alert.group],
        level=LEVELS.get(alert.level),
        host=_first(alert.group, HOST_FIELDS),
        user=_first(alert.group, USER_FIELDS),
    )


def moment(microseconds: int) -> datetime:
    """Return a moment; one beyond what can be written is the nearest that can."""
    seconds, rest = divmod(min(max(microseconds, EARLIEST_US), LATEST_US), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


def _first(group: Sequence[tuple[str, str]], names: Sequence[str]) -> str:
    by_name = {name.casefold(): value for name, value in group}
    return next((by_name[name] for name in names if by_name.get(name)), "")
