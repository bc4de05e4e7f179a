"""A window that holds becomes an alert; an alert becomes what the rules reading it take in."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from yui.security.soc.engine.correlation.alerts import LISTED_EVENTS, CorrelationAlert
from yui.security.soc.engine.correlation.plan import Plan
from yui.security.soc.engine.correlation.readers import Reader
from yui.security.soc.engine.correlation.rules import CorrelationRule, Number
from yui.security.soc.engine.correlation.values import number_text
from yui.security.soc.engine.correlation.windows import Entry, Window


def alert_of(
    rule: CorrelationRule,
    tenant: str,
    group: tuple[str, ...],
    now_us: int,
    window: Window,
    value: Number | bool,
) -> CorrelationAlert:
    """Return the alert of a window whose condition holds at ``now_us``."""
    live = window.live()
    events = list(dict.fromkeys(one.event_id for one in live))
    seen = sorted({one.reference for one in live})
    return CorrelationAlert(
        identifier=alert_identifier(rule.identifier, tenant, group, now_us),
        rule_id=rule.identifier,
        title=rule.title,
        level=rule.level,
        author=rule.author,
        tenant=tenant,
        time_us=now_us,
        first_us=live[0].time_us,
        last_us=live[-1].time_us,
        group=tuple(zip(rule.group_by, group, strict=True)),
        value="" if isinstance(value, bool) else number_text(value),
        event_ids=_listed(live, events),
        event_count=len(events),
        rule_ids=tuple(rule.references[place].rule_id for place in seen),
        truncated=window.truncated,
    )


def alert_identifier(rule_id: str, tenant: str, group: tuple[str, ...], time_us: int) -> str:
    """Return the alert's id: SHA-256 over rule, ward, group and time, 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps([rule_id, tenant, group, time_us]).encode()).hexdigest()[:32]


def _listed(live: Sequence[Entry], events: Sequence[str]) -> tuple[str, ...]:
    """Return at most ``LISTED_EVENTS`` events: the latest of each rule, then the latest of all; in order."""
    if len(events) <= LISTED_EVENTS:
        return tuple(events)
    chosen = {entry.reference: entry.event_id for entry in live}
    kept = set(chosen.values())
    for event in reversed(events):
        if len(kept) >= LISTED_EVENTS:
            break
        kept.add(event)
    return tuple(event for event in events if event in kept)


def chained_entries(plan: Plan, alert: CorrelationAlert, window: Sequence[Entry]) -> list[Entry]:
    """Return what an alert is to the rules that read it: one entry for each group that its events touch.

    The reader groups by its own ``group-by``; a field that this alert's rule does not group by is taken from
    the alert's events, so one alert can belong to several groups of its reader (specification 2.0, "Ordered
    Temporal Proximity", note). Where the reader measures a value, there is one entry for each value.
    """
    readers = plan.readers.get(alert.rule_id, ())
    if not readers:
        return []
    names = plan.carried[alert.rule_id]
    own = dict(alert.group)
    variants = sorted({variant for entry in window for variant in entry.carried})
    seen_as = [
        {**dict(zip(names, variant, strict=True)), **own} for variant in variants or [("",) * len(names)]
    ]
    return [entry for reader in readers for entry in _entries(reader, alert, seen_as)]


def _entries(reader: Reader, alert: CorrelationAlert, seen_as: Sequence[Mapping[str, str]]) -> list[Entry]:
    carried: dict[tuple[tuple[str, ...], str | Number], set[tuple[str, ...]]] = {}
    for fields in seen_as:
        group, value = reader.group(fields), reader.value(fields)
        if group is not None and value is not None:
            carried.setdefault((group, value), set()).update(reader.carry(fields))
    entries = []
    for number, ((group, value), variants) in enumerate(sorted(carried.items())):
        name = f"{alert.identifier}#{number}" if reader.value_fields else alert.identifier
        entries.append(
            Entry(
                alert.time_us,
                reader.correlation,
                group,
                reader.reference,
                name,
                value,
                tuple(sorted(variants)),
            )
        )
    return entries
