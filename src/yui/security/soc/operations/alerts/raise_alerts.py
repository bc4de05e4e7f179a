"""Raise what a detector found in a ward's events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.models import Organisation
from yui.registry.public import SystemSummary, systems_by_code
from yui.security.soc.engine.triage.assets import system_code
from yui.security.soc.engine.triage.excerpt import clean_text, excerpt, matches
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.engine.triage.flooding import admit, admit_rest, flood_key
from yui.security.soc.engine.triage.grouping import Gathering, gather, group_key, priority, subject_of
from yui.security.soc.models import Alert, AlertGroup, DetectionRule
from yui.security.soc.operations.alerts.errors import UnknownRule
from yui.security.soc.operations.alerts.rule_loads import RuleHour, loads_of, store_loads
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.policies import require_watch

_AT_ONCE = 500
"""Values in one query; SQLite and PostgreSQL take more, but plans get slow."""

_WHY = "rules are shared by all wards"


@dataclass(frozen=True)
class RaisedAlerts:
    """What became of the facts: ``raised`` + ``held`` + ``known`` is their number.

    Attributes:
        raised: alerts stored now.
        known: alerts that stood already, or came twice in this call.
        groups: keys of the groups that received alerts.
        opened: how many of these groups are new.
        held: matches beyond the hourly limit of their rule, which their groups only count.
    """

    raised: int
    known: int
    groups: tuple[int, ...] = ()
    opened: int = 0
    held: int = 0


class _Match(NamedTuple):
    """A fact with what the records add to it."""

    fact: AlertFact
    rule: DetectionRule
    system: SystemSummary | None
    level: int
    key: str


@operation("soc.alerts.raise")
def raise_alerts(actor: Actor, *, ward: Organisation, facts: Sequence[AlertFact]) -> RaisedAlerts:
    """Store the alerts that are new, and put each into its group of the ward's queue.

    May be called again with the same facts: an alert is named by ward, rule and event. What a rule matches
    beyond its hourly limit is counted (``engine/triage/flooding``); such a match has no name, and told again
    it counts again.

    Raises:
        PermissionRefused: when the actor may not work the ward's alerts.
        UnknownRule: when a fact names a rule that is not stored; nothing is raised then.
    """
    require_watch(actor, Verb.EDIT, ward)
    # One call at a time for a ward: two would open two groups for the same thing.
    Organisation.objects.select_for_update(no_key=True).get(pk=ward.pk)
    rules = _rules_of(facts)
    new = _unknown_yet(ward, facts, rules)
    if not new:
        record_nothing("every alert was raised before")
        return RaisedAlerts(0, len(facts))
    found = _with_systems(actor, ward, new, rules)
    hours = loads_of(ward, ((match.rule, match.fact.detected_at) for match in found))
    gathered, held = _gathered(ward, found, hours)
    opened = _store_groups(ward, gathered, found, held)
    _store_alerts(ward, gathered, found, held)
    store_loads(actor, ward, hours, now())
    raised = RaisedAlerts(
        len(found) - len(held),
        len(facts) - len(found),
        tuple(group.stored.pk for group in gathered),
        opened,
        len(held),
    )
    _record(actor, ward, found, raised)
    return raised


def _rules_of(facts: Iterable[AlertFact]) -> dict[str | int, DetectionRule]:
    """Return the rules that facts name, by Sigma id and by key."""
    named = {fact.rule for fact in facts}
    rules: dict[str | int, DetectionRule] = {}
    stored = DetectionRule.objects.unscoped(_WHY).only("pk", "rule_id", "title", "level", "hourly_limit")
    for part in _parts([name for name in named if isinstance(name, str)]):
        rules.update({rule.rule_id: rule for rule in stored.filter(rule_id__in=part)})
    for part in _parts([name for name in named if isinstance(name, int)]):
        rules.update({rule.pk: rule for rule in stored.filter(pk__in=part)})
    if missing := sorted(str(name) for name in named if name not in rules):
        raise UnknownRule(missing)
    return rules


def _unknown_yet(
    ward: Organisation, facts: Sequence[AlertFact], rules: dict[str | int, DetectionRule]
) -> list[AlertFact]:
    """Return the facts whose alert does not stand yet, each once."""
    by_name = {(rules[fact.rule].pk, fact.event_id): fact for fact in reversed(facts)}
    alerts = Alert.objects.owned_by(ward).order_by()
    for part in _parts(sorted({event_id for _rule, event_id in by_name})):
        ruled = sorted({rule.pk for rule in rules.values()})
        standing = alerts.filter(rule_id__in=ruled, event_id__in=part)
        for name in standing.values_list("rule_id", "event_id"):
            by_name.pop(name, None)
    return list(reversed(by_name.values()))


def _with_systems(
    actor: Actor, ward: Organisation, facts: Sequence[AlertFact], rules: dict[str | int, DetectionRule]
) -> list[_Match]:
    systems = systems_by_code(actor, ward)
    codes = {system.name.casefold(): code for code, system in systems.items()}
    codes |= {code.casefold(): code for code in systems}
    concerned: dict[tuple[str, str], SystemSummary | None] = {}
    found = []
    for fact in facts:
        rule, hints = rules[fact.rule], (fact.system, fact.host)
        if hints not in concerned:
            concerned[hints] = systems.get(system_code(codes, hint=fact.system, host=fact.host))
        level = rule.level if fact.level is None else fact.level
        key = group_key(rule.rule_id, subject_of(fact.host, fact.user, fact.fields))
        found.append(_Match(fact, rule, concerned[hints], level, key))
    return found


def _gathered(
    ward: Organisation, found: list[_Match], hours: dict[int, RuleHour]
) -> tuple[list[Gathering], set[int]]:
    """Return the groups with the positions that they receive, and those positions that are only counted."""
    flood_keys = {hour.rule.pk: flood_key(hour.rule.rule_id) for hour in hours.values()}
    standing = _standing(ward, {match.key for match in found} | set(flood_keys.values()))
    first = gather([(match.key, match.fact.event_at) for match in found], standing)
    admitted = admit([(group, hours[found[group.added[0]].rule.pk].load) for group in first])
    if not admitted.beyond:
        return admitted.groups, admitted.held
    for position in admitted.beyond:
        match = found[position]
        # Many computers are behind the rest: the group names none of them.
        found[position] = match._replace(
            fact=replace(match.fact, host="", user=""), system=None, key=flood_keys[match.rule.pk]
        )
    rest = gather(
        [(found[at].key, found[at].fact.event_at) for at in admitted.beyond],
        [group for group in standing if group.key in flood_keys.values()],
    )
    for group in rest:
        group.added = [admitted.beyond[at] for at in group.added]
    counted = admit_rest([(group, hours[found[group.added[0]].rule.pk].load) for group in rest])
    return admitted.groups + counted.groups, admitted.held | counted.held


def _standing(ward: Organisation, keys: set[str]) -> list[Gathering]:
    """Return the ward's open groups with these keys, the oldest first."""
    groups: list[Gathering] = []
    for part in _parts(sorted(keys)):
        stored = AlertGroup.objects.owned_by(ward).open().filter(group_key__in=part).order_by("opened_for")
        groups += [
            Gathering(group.group_key, group.first_event_at, group.last_event_at, group.opened_for, group)
            for group in stored
        ]
    return groups


def _store_groups(
    ward: Organisation, gathered: Sequence[Gathering], found: Sequence[_Match], held: set[int]
) -> int:
    """Write new groups and what changed of standing ones; return how many are new."""
    opened, grown = [], []
    for group in gathered:
        members = [found[position] for position in group.added]
        if group.stored is None:
            group.stored = _new_group(ward, group, members)
            opened.append(group.stored)
        else:
            _grow(group, members)
            grown.append(group.stored)
        group.stored.held += sum(position in held for position in group.added)
    AlertGroup.objects.bulk_create(opened, batch_size=_AT_ONCE)
    AlertGroup.objects.owned_by(ward).bulk_update(
        grown,
        ["count", "held", "first_event_at", "last_event_at", "level", "priority", "updated_at"],
        batch_size=100,
    )
    return len(opened)


def _new_group(ward: Organisation, group: Gathering, members: Sequence[_Match]) -> AlertGroup:
    first = members[0]
    heaviest = max(match.level for match in members)
    system = next((match.system for match in members if match.system), None)
    return AlertGroup(
        organisation=ward,
        rule=first.rule,
        group_key=group.key,
        opened_for=group.opened_for,
        title=first.rule.title[:300],
        level=heaviest,
        priority=priority(heaviest, system.confidentiality if system else None),
        host=clean_text(first.fact.host, 200),
        user=clean_text(next((m.fact.user for m in members if m.fact.user), ""), 200),
        system_id=system.id if system else None,
        confidentiality=system.confidentiality if system else None,
        count=len(members),
        first_event_at=group.first,
        last_event_at=group.last,
        detected_at=min(match.fact.detected_at for match in members),
    )


def _grow(group: Gathering, members: Sequence[_Match]) -> None:
    """Give a standing group's record what its new alerts add."""
    stored: AlertGroup = group.stored
    stored.count += len(members)
    stored.first_event_at, stored.last_event_at = group.first, group.last
    stored.level = max(stored.level, *(match.level for match in members))
    stored.priority = priority(stored.level, stored.confidentiality)
    stored.updated_at = now()


def _store_alerts(
    ward: Organisation, gathered: Sequence[Gathering], found: Sequence[_Match], held: set[int]
) -> None:
    alerts = [
        Alert(
            organisation=ward,
            group=group.stored,
            rule=found[position].rule,
            event_id=found[position].fact.event_id,
            event_at=found[position].fact.event_at,
            detected_at=found[position].fact.detected_at,
            event=excerpt(found[position].fact.fields),
            matched=matches(found[position].fact.matched),
        )
        for group in gathered
        for position in group.added
        if position not in held
    ]
    Alert.objects.bulk_create(alerts, batch_size=_AT_ONCE)


def _record(actor: Actor, ward: Organisation, found: Sequence[_Match], raised: RaisedAlerts) -> None:
    """Write one entry for the call; the digest tells later whether an alert was among them."""
    names = sorted(f"{match.rule.rule_id} {match.fact.event_id}" for match in found)
    record_watched(
        actor,
        ward,
        kind="soc.alerts.raise",
        subject=urn("soc.alert", raised.groups[0]),
        summary=f"検知{raised.raised}件({len(raised.groups)}組、新しい組{raised.opened})を登録しました。"
        + (f"ほか{raised.held}件は数だけを記録しました。" if raised.held else ""),
        data={
            "raised": raised.raised,
            "held": raised.held,
            "known": raised.known,
            "groups": len(raised.groups),
            "opened": raised.opened,
            "sha256": sha256("\n".join(names).encode()).hexdigest(),
        },
    )


def _parts(values: Sequence) -> Iterable[Sequence]:
    """Yield the values in lists that one query may name."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
