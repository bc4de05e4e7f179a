"""Correlation rules of every type, and seeded matches to run them on."""

import random

from yui.security.soc.engine.correlation.alerts import Observation
from yui.security.soc.engine.correlation.parsing import parse_correlations

SECOND = 1_000_000
NAMES = {"rule_a": "id-a", "rule_b": "id-b", "rule_c": "id-c"}


def correlation(name, kind, condition, rules=("rule_a",), *, timespan="60s", group_by=("User",), more=""):
    """Return one YAML document."""
    lines = [
        f"title: {name}",
        f"name: {name}",
        *([more] if more else []),
        "correlation:",
        f"  type: {kind}",
        f"  rules: [{', '.join(rules)}]",
        f"  group-by: [{', '.join(group_by)}]",
        f"  timespan: {timespan}",
    ]
    return "\n".join(lines + ([f"  condition: {condition}"] if condition else []))


EVERY_TYPE = (
    correlation("count", "event_count", "{gte: 3}"),
    correlation("count_two_rules", "event_count", "{gt: 3}", ("rule_a", "rule_b")),
    correlation("count_range", "event_count", "{gt: 1, lte: 3}"),
    correlation("count_exact", "event_count", "{eq: 2}"),
    correlation("count_other", "event_count", "{neq: 1}"),
    correlation("count_few", "event_count", "{lt: 3}"),
    correlation("values", "value_count", "{field: Target, gte: 3}"),
    correlation("values_few", "value_count", "{field: Target, lte: 1}"),
    correlation("value_pairs", "value_count", "{field: [Target, Host], gte: 4}"),
    correlation("total", "value_sum", "{field: Bytes, gt: 100}"),
    correlation("mean", "value_avg", "{field: Bytes, gte: 45}"),
    correlation("middle", "value_median", "{field: Bytes, gt: 40}"),
    correlation("middle_low", "value_median", "{field: Bytes, lt: 10}"),
    correlation("ninety", "value_percentile", "{field: Bytes, percentile: 90, gt: 55}"),
    correlation("together", "temporal", "", ("rule_a", "rule_b", "rule_c")),
    correlation("two_of_three", "temporal", "{gte: 2}", ("rule_a", "rule_b", "rule_c")),
    correlation("only_one", "temporal", "{eq: 1}", ("rule_a", "rule_b")),
    correlation("ordered", "temporal_ordered", "", ("rule_a", "rule_b", "rule_c")),
    correlation("ordered_two", "temporal_ordered", "{gte: 2}", ("rule_c", "rule_a", "rule_b")),
    correlation("either", "temporal", "(rule_a or rule_b) and rule_c", ("rule_a", "rule_b", "rule_c")),
    correlation("without", "temporal", "rule_a and not rule_b", ("rule_a", "rule_b")),
    correlation(
        "ordered_either", "temporal_ordered", "(rule_a or rule_b) and rule_c", ("rule_a", "rule_b", "rule_c")
    ),
    correlation(
        "ordered_without",
        "temporal_ordered",
        "rule_a and rule_c and not rule_b",
        ("rule_a", "rule_b", "rule_c"),
    ),
    correlation("whole_ward", "event_count", "{gte: 4}", group_by=(), timespan="20s"),
    correlation("by_two", "event_count", "{gte: 2}", group_by=("User", "Host")),
    correlation("chained", "temporal_ordered", "", ("by_host", "rule_c"), timespan="2m"),
    correlation("by_host", "event_count", "{gte: 2}", group_by=("Host",)),
    correlation(
        "chained_twice", "event_count", "{gte: 2}", ("chained",), timespan="10m", group_by=("Target",)
    ),
    correlation(
        "chained_values",
        "value_count",
        "{field: Target, gte: 2}",
        ("by_host",),
        timespan="5m",
        group_by=("User",),
    ),
)


def every_rule():
    """Return all sample rules; the test fails when one is unsupported."""
    parsed = parse_correlations(EVERY_TYPE, NAMES)
    assert parsed.unsupported == ()
    return parsed.rules


def matches(seed, count, *, seconds=600, wards=("131016", "131024")):
    """Return seeded matches with few distinct times, users and values, and repeated events among them."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        fields = {
            "User": chance.choice(["alice", "Bob", "bob", None]),
            "Host": chance.choice(["PC-1", "pc-2"]),
            "Target": chance.choice(["x", "y", "z", "w", None]),
            "Bytes": chance.choice([5, 10, 40, 60, "70", "many", 0.5]),
        }
        time = chance.randrange(seconds) * SECOND
        rule = chance.choice(["id-a", "id-a", "id-b", "id-c", "id-unread"])
        found.append(Observation(rule, time, f"e{number}", chance.choice(wards), fields))
        if chance.random() < 0.1:
            found.append(found[-1])
        if chance.random() < 0.1:
            found.append(found[-1]._replace(rule_id="id-b"))
    return found


def known(alerts):
    """Return alerts in the form that the reference gives."""
    return {
        (one.rule_id, one.tenant, tuple(value for _name, value in one.group), one.time_us) for one in alerts
    }
