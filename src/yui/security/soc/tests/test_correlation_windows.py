"""When an alert fires, and which events belong to it."""

import pytest

from yui.security.soc.engine.correlation.alerts import Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.tests.correlation_samples import NAMES, SECOND, correlation

LONG = 10**12


def run(texts, *matches, tenant="131016"):
    """Return the alerts of matches given as (rule letter, second, fields)."""
    parsed = parse_correlations([texts] if isinstance(texts, str) else texts, NAMES)
    assert parsed.unsupported == ()
    correlator = Correlator(parsed.rules, LONG)
    observations = [
        Observation(
            f"id-{letter}", int(second * SECOND), f"{letter}{number}", tenant, {"User": "alice", **fields}
        )
        for number, (letter, second, fields) in enumerate(matches)
    ]
    return correlator.observe(observations) + correlator.finish()


def times(alerts):
    return [alert.time_us / SECOND for alert in alerts]


def a(*seconds, **fields):
    return [("a", second, fields) for second in seconds]


COUNT = correlation("count", "event_count", "{gte: 3}")


def test_both_ends_belong_to_the_window():
    assert times(run(COUNT, *a(0, 30, 60))) == [60]
    assert times(run(COUNT, *a(0, 30, 60.000001))) == []


def test_an_alert_names_its_events_and_its_numbers():
    (alert,) = run(COUNT, *a(0, 10, 20))
    assert alert.event_ids == ("a0", "a1", "a2")
    assert (alert.first_us, alert.last_us, alert.time_us) == (0, 20 * SECOND, 20 * SECOND)
    assert (alert.value, alert.event_count, alert.rule_ids) == ("3", 3, ("id-a",))
    assert alert.group == (("User", "alice"),)


def test_after_an_alert_the_group_is_quiet_for_one_timespan_and_windows_never_share_events():
    alerts = run(COUNT, *a(*range(0, 300, 10)))
    assert times(alerts) == [20, 90, 160, 230]
    events = [event for alert in alerts for event in alert.event_ids]
    assert len(events) == len(set(events))


def test_the_same_event_counts_once_whichever_rule_it_matches():
    parsed = parse_correlations([correlation("c", "event_count", "{gte: 2}", ("rule_a", "rule_b"))], NAMES)
    correlator = Correlator(parsed.rules, LONG)
    same = [Observation(rule, 0, "e1", "131016", {"User": "alice"}) for rule in ("id-a", "id-b", "id-a")]
    assert correlator.observe(same) + correlator.finish() == []
    assert (correlator.counts.counted, correlator.counts.duplicates) == (1, 2)


def test_one_event_that_matches_two_rules_satisfies_both_in_a_temporal_rule():
    parsed = parse_correlations([correlation("c", "temporal", "", ("rule_a", "rule_b"))], NAMES)
    correlator = Correlator(parsed.rules, LONG)
    same = [Observation(rule, 0, "e1", "131016", {"User": "alice"}) for rule in ("id-a", "id-b")]
    (alert,) = correlator.observe(same) + correlator.finish()
    assert (alert.event_ids, alert.rule_ids) == (("e1",), ("id-a", "id-b"))


def test_groups_compare_without_case_and_never_mix_wards():
    parsed = parse_correlations([correlation("c", "event_count", "{gte: 2}")], NAMES)
    correlator = Correlator(parsed.rules, LONG)
    seen = [("e1", "131016", "Alice"), ("e2", "131016", "ALICE"), ("e3", "131024", "alice")]
    observations = [Observation("id-a", 0, event, ward, {"user": name}) for event, ward, name in seen]
    (alert,) = correlator.observe(observations) + correlator.finish()
    assert alert.tenant == "131016"
    assert alert.event_ids == ("e1", "e2")


def test_an_event_without_any_group_field_belongs_to_no_group():
    text = correlation("c", "event_count", "{gte: 2}", group_by=("Computer", "Domain"))
    assert run(text, *a(0, 1)) == []
    assert len(run(text, *a(0, 1, Computer="pc1"))) == 1
    assert len(run(text, *a(0, 1, Computer="", Domain="d"))) == 1


@pytest.mark.parametrize(
    ("condition", "seconds", "fires"),
    [
        ("{lt: 3}", (0, 10), [60]),
        ("{lt: 3}", (0, 10, 20), []),
        ("{lte: 3}", (0, 10, 60), [60]),
        ("{eq: 2}", (0, 10), [60]),
        ("{eq: 2}", (0, 10, 60), []),
        ("{eq: 2}", (0, 10, 61), [60]),
        ("{neq: 1}", (0,), []),
        ("{neq: 1}", (0, 5), [60]),
        ("{gt: 1, lte: 3}", (0, 1, 2), [60]),
        ("{gt: 1, lte: 3}", (0, 1, 2, 3), []),
    ],
)
def test_what_more_events_could_undo_waits_for_the_complete_window(condition, seconds, fires):
    alerts = run(correlation("c", "event_count", condition), *a(*seconds))
    assert times(alerts)[: len(fires) or None] == fires


def test_complete_windows_follow_each_other():
    alerts = run(correlation("c", "event_count", "{lte: 2}"), *a(0, 60, 61, 100, 200))
    assert times(alerts) == [60, 121, 260]
    assert [alert.event_ids for alert in alerts] == [("a0", "a1"), ("a2", "a3"), ("a4",)]


def test_order_is_asked_for_and_equal_times_count_for_it():
    text = correlation("c", "temporal_ordered", "", ("rule_a", "rule_b"))
    assert times(run(text, ("a", 0, {}), ("b", 5, {}))) == [5]
    assert run(text, ("b", 0, {}), ("a", 5, {})) == []
    assert times(run(text, ("b", 5, {}), ("a", 5, {}))) == [5]
    assert run(text, ("a", 0, {}), ("b", 61, {})) == []


def test_a_newer_first_step_keeps_a_chain_alive():
    text = correlation("c", "temporal_ordered", "", ("rule_a", "rule_b", "rule_c"))
    alerts = run(text, ("a", 0, {}), ("a", 50, {}), ("b", 55, {}), ("c", 100, {}))
    assert times(alerts) == [100]


def test_absence_is_decided_at_the_end_of_the_window():
    text = correlation("c", "temporal", "rule_a and not rule_b", ("rule_a", "rule_b"))
    assert times(run(text, ("a", 0, {}))) == [60]
    assert run(text, ("a", 0, {}), ("b", 60, {})) == []
    assert times(run(text, ("a", 0, {}), ("b", 61, {}))) == [60]


def test_values_are_measured_exactly():
    text = correlation("c", "value_sum", "{field: Bytes, gte: 1}")
    assert len(run(text, *a(*range(10), Bytes="0.1"))) == 1
    text = correlation("c", "value_median", "{field: Bytes, gt: 2}")
    assert run(text, ("a", 0, {"Bytes": 1}), ("a", 1, {"Bytes": 3})) == []
    text = correlation("c", "value_percentile", "{field: Bytes, percentile: 75, gte: 40}")
    assert times(
        run(text, *[("a", n, {"Bytes": value}) for n, value in enumerate((10, 20, 30, 50, 50))])
    ) == [4]


def test_a_chained_rule_groups_by_fields_that_its_inner_rule_does_not_group_by():
    """The specification's own example: failures by computer, then a success of one of those users."""
    texts = [
        correlation("failures", "event_count", "{gte: 3}", group_by=("Computer",)),
        correlation("then_success", "temporal_ordered", "", ("failures", "rule_b"), timespan="1h"),
    ]
    failures = [
        ("a", n, {"User": user, "Computer": "pc"}) for n, user in enumerate(("alice", "bob", "carol"))
    ]
    (alert,) = run(texts, *failures, ("b", 30, {"User": "Bob", "Computer": "elsewhere"}))
    assert alert.group == (("User", "bob"),)
    assert alert.time_us == 30 * SECOND
    assert run(texts, *failures, ("b", 30, {"User": "dave", "Computer": "pc"})) == []


def test_inner_rules_show_alerts_only_where_generate_asks_for_it():
    inner = correlation("inner", "event_count", "{gte: 2}")
    outer = correlation("outer", "event_count", "{gte: 1}", ("inner",))
    assert [alert.rule_id for alert in run([inner, outer], *a(0, 1))] == ["outer"]
    loud = outer + "\n  generate: true"
    assert {alert.rule_id for alert in run([inner, loud], *a(0, 1))} == {"inner", "outer"}
