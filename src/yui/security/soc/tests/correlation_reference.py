"""The semantics of docs/correlation.md, word for word and slow: the engine is compared with it."""

from collections import defaultdict
from fractions import Fraction
from statistics import median

from yui.security.soc.engine.correlation.rules import NUMERIC_TYPES
from yui.security.soc.engine.correlation.rules import CorrelationType as Type


def text(value):
    """Return a value as group-by compares it."""
    return "" if value is None else str(value).lower()


def reference_alerts(rules, observations):
    """Return the alerts as (rule, tenant, group, time, events, value)."""
    matches = defaultdict(list)
    for one in {(o.rule_id, o.tenant, o.event_id, o.time_us): o for o in observations}.values():
        matches[one.rule_id].append((one.tenant, one.time_us, one.event_id, [dict(one.fields)]))
    shown = set()
    for rule in rules:
        for tenant, group, entries in _grouped(rule, matches):
            windows = _complete(rule, entries) if rule.waits_for_the_window else _sliding(rule, entries)
            for time, window, value in windows:
                events = tuple(dict.fromkeys(entry[2] for entry in window))
                identifier = (rule.identifier, tenant, group, time)
                if not rule.quiet:
                    shown.add((*identifier, events, value))
                own = dict(zip(rule.group_by, group, strict=True))
                seen_as = [{**fields, **own} for entry in window for fields in entry[4]]
                matches[rule.identifier].append((tenant, time, repr(identifier), seen_as))
    return shown


def _grouped(rule, matches):
    groups = defaultdict(list)
    for place, reference in enumerate(rule.references):
        for tenant, time, event, seen_as in matches[reference.rule_id]:
            by_group = defaultdict(list)
            for fields in seen_as:
                group = tuple(text(fields.get(name)) for name in reference.group_fields)
                value = tuple(text(fields.get(name)) for name in reference.value_fields)
                measurable = not value or (
                    any(value) and (rule.type not in NUMERIC_TYPES or _is_number(*value))
                )
                if (any(group) or not group) and measurable:
                    by_group[group, value].append(fields)
            for (group, value), variants in sorted(by_group.items(), key=lambda item: item[0]):
                name = f"{event}{value}" if len(by_group) > 1 and value else event
                groups[tenant, group].append((time, place, name, value, variants))
    return [
        (tenant, group, sorted(entries, key=lambda e: e[:4])) for (tenant, group), entries in groups.items()
    ]


def _distinct(rule, entries):
    found = {}
    for entry in entries:
        temporal = rule.type in {Type.TEMPORAL, Type.TEMPORAL_ORDERED}
        found.setdefault((entry[2], entry[1] if temporal else 0), entry)
    return list(found.values())


def _sliding(rule, entries):
    quiet_until = None
    for now in sorted({entry[0] for entry in entries}):
        window = _distinct(rule, [e for e in entries if now - rule.timespan_us <= e[0] <= now])
        if quiet_until is not None and now <= quiet_until:
            continue
        held, value = measure(rule, window)
        if held:
            quiet_until = now + rule.timespan_us
            yield now, window, value


def _complete(rule, entries):
    left = list(entries)
    while left:
        end = left[0][0] + rule.timespan_us
        window = _distinct(rule, [entry for entry in left if entry[0] <= end])
        left = [entry for entry in left if entry[0] > end]
        held, value = measure(rule, window)
        if held:
            yield end, window, value


def measure(rule, window):
    """Return whether the condition holds for a window, and the measured value."""
    seen = [entry[1] for entry in window]
    if rule.expression is not None:
        ordered = rule.type is Type.TEMPORAL_ORDERED
        return any(
            set(term.present) <= set(seen)
            and not set(term.absent) & set(seen)
            and (not ordered or _is_subsequence(sorted(term.present), seen))
            for term in rule.expression.terms
        ), ""
    numbers = [Fraction(*entry[3]) for entry in window] if rule.type in NUMERIC_TYPES else []
    value = {
        Type.EVENT_COUNT: lambda: len(window),
        Type.VALUE_COUNT: lambda: len({entry[3] for entry in window}),
        Type.VALUE_SUM: lambda: sum(numbers),
        Type.VALUE_AVG: lambda: sum(numbers) / len(numbers),
        Type.VALUE_MEDIAN: lambda: median(numbers),
        Type.VALUE_PERCENTILE: lambda: _percentile(numbers, rule.percentile),
        Type.TEMPORAL: lambda: len(set(seen)),
        Type.TEMPORAL_ORDERED: lambda: _longest_chain(seen),
    }[rule.type]()
    return all(bound.holds(value) for bound in rule.bounds), value


def _is_number(value):
    try:
        Fraction(value)
    except ValueError:
        return False
    return True


def _percentile(numbers, percentile):
    numbers = sorted(numbers)
    place = Fraction(percentile) / 100 * (len(numbers) - 1)
    low = int(place)
    high = min(low + 1, len(numbers) - 1)
    return numbers[low] + (place - low) * (numbers[high] - numbers[low])


def _longest_chain(seen):
    best = []
    for place, one in enumerate(seen):
        best.append(1 + max((best[i] for i in range(place) if seen[i] < one), default=0))
    return max(best, default=0)


def _is_subsequence(wanted, seen):
    left = iter(seen)
    return all(one in left for one in wanted)
