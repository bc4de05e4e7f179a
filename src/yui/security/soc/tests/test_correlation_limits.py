"""Hostile and late input: nothing is lost in silence, and the counts add up."""

import random

import pytest

from yui.security.soc.engine.correlation.alerts import LISTED_EVENTS, Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.engine.correlation.plan import Limits
from yui.security.soc.tests.correlation_samples import NAMES, SECOND, correlation, every_rule, matches

WARD = "131016"


def correlator(text, lateness=0, **limits):
    return Correlator(parse_correlations([text], NAMES).rules, lateness, Limits(**limits))


def match(number, second, *, ward=WARD, **fields):
    return Observation("id-a", int(second * SECOND), f"e{number}", ward, {"User": "alice", **fields})


def adds_up(of):
    counts = of.counts
    taken = counts.late + counts.future + counts.ungrouped + counts.valueless + counts.duplicates
    return counts.entries == taken + counts.refused + counts.counted + of.waiting


COUNT = correlation("c", "event_count", "{gte: 2}")


def test_a_late_match_is_counted_and_told_and_its_time_is_not_reopened():
    of = correlator(COUNT, lateness=10 * SECOND)
    assert of.observe([match(1, 0)]) == []
    assert of.observe([match(2, 100)]) == []
    assert of.observe([match(3, 89.999999)]) == []
    assert of.observe([match(4, 90)]) == []
    assert [alert.event_ids for alert in of.finish()] == [("e4", "e2")]
    assert of.counts.late == 1
    (late,) = of.late
    assert (late.event_id, late.tenant, late.watermark_us) == ("e3", WARD, 90 * SECOND)
    assert adds_up(of)


def test_one_wards_clock_does_not_make_another_ward_late():
    of = correlator(COUNT)
    of.observe([match(1, 10**6, ward="131024")])
    of.observe([match(2, 1), match(3, 2)])
    assert len(of.finish()) == 1
    assert of.counts.late == 0


def test_a_time_past_the_clock_is_refused_and_moves_no_watermark():
    of = correlator(COUNT, future_us=60 * SECOND)
    of.observe([match(1, 10), match(2, 10**9)], now_us=20 * SECOND)
    of.observe([match(3, 15)], now_us=21 * SECOND)
    assert len(of.finish()) == 1
    assert of.counts.future == 1
    assert adds_up(of)


@pytest.mark.parametrize("time_us", [2**63, 2**200, -(2**200)])
def test_absurd_times_are_counted(time_us):
    of = correlator(COUNT)
    assert of.observe([match(1, 0)._replace(time_us=time_us)]) + of.finish() == []
    assert of.counts.future == 1


def test_the_clock_decides_quiet_wards():
    of = correlator(COUNT, lateness=10**9)
    assert of.observe([match(1, 0), match(2, 1)]) == []
    assert len(of.advance(2 * SECOND)) == 1
    assert of.advance(1 * SECOND) == []
    of.observe([match(3, 1)])
    assert of.counts.late == 1


def test_more_groups_than_allowed_are_refused_and_counted_and_leave_when_their_time_is_over():
    of = correlator(COUNT, groups=10)
    of.observe([match(n, 0, User=f"u{n}") for n in range(50)])
    of.observe([match(100, 30, User="late"), match(101, 90, User="new"), match(102, 91, User="new")])
    alerts = of.finish()
    assert [alert.group for alert in alerts] == [(("User", "new"),)]
    assert of.counts.refused == 46
    assert adds_up(of)


def test_a_group_that_lasts_does_not_keep_others_from_leaving():
    of = correlator(COUNT, groups=8)
    for second in range(0, 3_000, 50):
        of.observe([match(second, second, User="lasting"), match(second + 1, second, User=f"u{second}")])
    of.finish()
    assert of.counts.refused == 0


def test_refusals_do_not_depend_on_the_batches():
    rules, limits = every_rule(), Limits(groups=14)
    found = []
    observations = sorted(matches(2, 200), key=lambda one: one.time_us)
    for size in (200, 7, 1):
        of = Correlator(rules, 5 * SECOND, limits)
        alerts = [
            a for n in range(0, len(observations), size) for a in of.observe(observations[n : n + size])
        ]
        found.append((sorted(alerts + of.finish()), of.counts))
        assert of.counts.refused > 0
    assert found[0] == found[1] == found[2]


def test_any_number_of_keys_stays_within_the_declared_number():
    of = correlator(COUNT, groups=2_000)
    for start in range(0, 30_000, 5_000):
        of.observe([match(n, n / 1000, User=f"u{n}") for n in range(start, start + 5_000)])
    assert of.wards[WARD].groups.count <= 2_000
    assert of.counts.refused > 20_000
    assert adds_up(of)


def test_a_group_with_too_many_events_lets_the_older_half_go_and_says_so():
    of = correlator(correlation("c", "value_count", "{field: Target, gte: 30}"), events=20)
    alerts = of.observe([match(n, n / 10, Target=f"t{n % 25}") for n in range(100)]) + of.finish()
    assert alerts == []
    assert of.counts.let_go > 0
    of = correlator(correlation("c", "value_count", "{field: Target, gte: 12}"), events=20)
    (alert,) = of.observe([match(n, n / 100, Target=f"t{max(n, 15)}") for n in range(27)]) + of.finish()
    assert alert.truncated


def test_a_rule_that_counts_to_more_than_the_limit_still_counts():
    of = correlator(correlation("c", "event_count", "{gte: 500}"), events=20)
    (alert,) = of.observe([match(n, n / 100) for n in range(600)]) + of.finish()
    assert alert.event_count == 500


def test_an_alert_lists_a_bounded_number_of_events():
    of = correlator(correlation("c", "event_count", "{gte: 3000}"))
    (alert,) = of.observe([match(n, n / 100) for n in range(3000)]) + of.finish()
    assert (alert.event_count, len(alert.event_ids)) == (3000, LISTED_EVENTS)
    assert alert.event_ids[-1] == "e2999"


def test_too_many_waiting_matches_are_decided_early():
    of = correlator(COUNT, lateness=10**9, waiting=100)
    alerts = of.observe([match(n, n / 10) for n in range(500)])
    assert alerts
    assert of.waiting <= 100
    assert of.counts.pressed > 0
    assert adds_up(of)


@pytest.mark.parametrize(
    "value",
    [None, True, "", "abc", "nan", "inf", "1e999", "1e-999", "9" * 65, 10**400, float("nan"), [1], {"a": 1}],
)
def test_what_is_no_number_is_counted_as_valueless(value):
    of = correlator(correlation("c", "value_sum", "{field: Bytes, gt: 0}"))
    assert of.observe([match(1, 0, Bytes=value)]) + of.finish() == []
    assert of.counts.valueless == 1
    assert adds_up(of)


@pytest.mark.parametrize(
    "value", ["\ud800", "x" * 10**6, ["a", {"b": 1}], 10**400, float("inf"), "\x00", -0.0]
)
def test_hostile_group_values_group(value):
    of = correlator(COUNT)
    (alert,) = of.observe([match(n, n, User=value) for n in range(2)]) + of.finish()
    assert len(alert.group[0][1]) <= 1_000


def test_matches_without_any_group_field_are_counted():
    of = correlator(COUNT)
    of.observe([Observation("id-a", 0, "e1", WARD, {}), Observation("id-x", 0, "e2", WARD, {})])
    assert (of.counts.ungrouped, of.counts.unreferenced, of.counts.observed) == (1, 1, 2)


def test_a_negative_lateness_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Correlator((), -1)


def test_counts_add_up_over_every_rule_and_every_kind_of_trouble():
    of = Correlator(every_rule(), 20 * SECOND, Limits(groups=20, events=5, waiting=60))
    chance = random.Random(6)
    observations = sorted(matches(11, 400), key=lambda one: one.time_us + chance.uniform(0, 60 * SECOND))
    for start in range(0, 400, 13):
        of.observe(observations[start : start + 13], now_us=550 * SECOND)
        assert adds_up(of)
    of.finish()
    assert of.waiting == 0
    assert adds_up(of)
    assert min(of.counts.late, of.counts.refused, of.counts.let_go, of.counts.pressed) > 0
