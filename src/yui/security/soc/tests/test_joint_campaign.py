"""Planted campaigns in a month of 23 wards are found, everyday signs stay quiet, order changes nothing."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.facts import DAY_US, AlertKeys
from yui.security.soc.tests.joint_samples import BEGIN_US, HOUR_US, WARDS, config, episodes, key, month, naive

LATE_ENOUGH = 40 * DAY_US


def facts_of(alerts, batches=1, **settings):
    correlator = JointCorrelator(config(**settings))
    size = max(1, len(alerts) // batches)
    facts = [fact for n in range(0, len(alerts), size) for fact in correlator.observe(alerts[n : n + size])]
    return facts + correlator.finish(), correlator


@pytest.fixture(scope="module")
def planted():
    alerts, truth = month(11, amount=0.08)
    return alerts, truth, facts_of(alerts)[0]


def test_every_campaign_is_found_by_every_key_that_only_it_has(planted):
    _alerts, truth, facts = planted
    found = {fact.key for fact in facts}
    assert len(truth) == 3
    for name, keys in truth.items():
        assert keys <= found, name


def test_a_campaign_is_told_with_its_wards_and_alerts(planted):
    alerts, truth, facts = planted
    by_id = {alert.alert_id: alert for alert in alerts}
    planted_keys = set().union(*truth.values())
    for fact in episodes(facts).values():
        if fact.key in planted_keys:
            shown = {alert.ward for alert in alerts if fact.key in alert.keys}
            assert set(fact.wards) == shown
            assert {by_id[one].ward for one in fact.alert_ids} == shown
            assert fact.alerts <= sum(fact.key in alert.keys for alert in alerts)


def test_far_fewer_and_truer_alerts_than_the_rule_of_two_wards(planted):
    alerts, truth, facts = planted
    planted_keys = set().union(*truth.values())
    ours = [fact.key in planted_keys for fact in episodes(facts).values()]
    simple = [one in planted_keys for one, _time in naive(alerts)]
    assert len(ours) * 15 < len(simple)
    assert sum(ours) / len(ours) > 20 * sum(simple) / len(simple)


def test_everyday_rules_stay_quiet(planted):
    _alerts, _truth, facts = planted
    assert not [fact for fact in facts if fact.key.value.startswith("common-")]


@pytest.mark.parametrize("seed", range(2))
def test_order_and_batches_change_nothing(planted, seed):
    alerts, _truth, facts = planted
    shuffled = random.Random(seed).sample(alerts, len(alerts))
    assert facts_of(shuffled, batches=20, lateness_us=LATE_ENOUGH)[0] == facts


def test_order_within_the_lateness_changes_nothing(planted):
    alerts, _truth, facts = planted
    chance = random.Random(4)
    delayed = sorted(alerts, key=lambda one: one.time_us + chance.uniform(0, HOUR_US))
    found, correlator = facts_of(delayed, batches=50, lateness_us=HOUR_US)
    assert correlator.counts.late == 0
    assert found == facts


few = st.builds(
    AlertKeys,
    ward=st.sampled_from(WARDS[:5]),
    time_us=st.integers(0, 60).map(lambda n: BEGIN_US + n * 8 * HOUR_US),
    alert_id=st.integers(0, 30).map(str),
    keys=st.lists(
        st.sampled_from([key("ip", "a"), key("hash", "b"), key("rule", "c")]), max_size=3, unique=True
    ).map(tuple),
    level=st.sampled_from(["low", "high", "critical", "", "odd"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(few, max_size=40), st.randoms(use_true_random=False))
def test_any_alerts_in_any_order_give_the_same_facts(alerts, chance):
    expected, first = facts_of(alerts, lateness_us=LATE_ENOUGH, threshold=1.0)
    shuffled = chance.sample(alerts, len(alerts))
    found, again = facts_of(shuffled, batches=4, lateness_us=LATE_ENOUGH, threshold=1.0)
    assert found == expected
    assert again.counts == first.counts


def steady(days, wards, one, level="medium", per_day=1):
    """Return one alert a day in each ward."""
    return [
        AlertKeys(ward, BEGIN_US + day * DAY_US + n * HOUR_US + again, f"s{day}-{n}-{again}", (one,), level)
        for day in range(days)
        for n, ward in enumerate(wards)
        for again in range(per_day)
    ]


def test_the_same_spread_surprises_where_it_is_new_and_not_where_it_is_usual():
    background = steady(20, WARDS, key("rule", "everyday"))
    burst = [
        AlertKeys(ward, BEGIN_US + 20 * DAY_US + n, f"b{n}{kind}", (key("rule", kind),), "medium")
        for kind in ("everyday", "new")
        for n, ward in enumerate(WARDS[:6])
    ]
    facts, _correlator = facts_of(background + burst)
    assert {fact.key.value for fact in facts} == {"new"}
    assert facts[-1].usual < 0.001
    assert facts[-1].history_days == 19


def test_one_episode_has_one_identifier_and_grows():
    background = steady(10, WARDS[:1], key("rule", "other"))
    hit = [
        AlertKeys(ward, BEGIN_US + 10 * DAY_US + n * HOUR_US, f"h{n}", (key("hash", "aa"),), "high")
        for n, ward in enumerate(WARDS[:6])
    ]
    facts, _correlator = facts_of(background + hit)
    assert len({fact.identifier for fact in facts}) == 1
    assert [fact.revision for fact in facts] == list(range(1, len(facts) + 1))
    assert [len(fact.wards) for fact in facts] == sorted({len(fact.wards) for fact in facts})
    assert facts[-1].wards == tuple(sorted(WARDS[:6]))
    again = [one._replace(time_us=one.time_us + 9 * DAY_US, alert_id=one.alert_id + "x") for one in hit]
    later, _correlator = facts_of(background + hit + again)
    assert len({fact.identifier for fact in later}) == 2


def test_a_ward_leaves_the_window_after_its_end_and_not_at_it():
    settings = {"windows_us": (DAY_US,), "threshold": 0.0}
    first = AlertKeys(WARDS[0], BEGIN_US, "a", (key("hash", "aa"),), "critical")
    at_the_end = first._replace(ward=WARDS[1], time_us=BEGIN_US + DAY_US, alert_id="b")
    assert len(facts_of([first, at_the_end], **settings)[0]) == 1
    after = at_the_end._replace(time_us=BEGIN_US + DAY_US + 1)
    assert facts_of([first, after], **settings)[0] == []


def test_a_graver_level_needs_less_surprise():
    background = steady(10, WARDS[:1], key("rule", "other"))
    hit = [
        AlertKeys(ward, BEGIN_US + 10 * DAY_US + n, f"h{n}", (key("rule", "new"),), "low")
        for n, ward in enumerate(WARDS[:2])
    ]
    scores = {}
    for level in ("low", "medium", "critical"):
        facts, _correlator = facts_of(background + [one._replace(level=level) for one in hit], threshold=-5.0)
        scores[level] = facts[-1].score
    assert scores["medium"] == pytest.approx(scores["low"] + 1)
    assert scores["critical"] == pytest.approx(scores["medium"] + 1)


def test_kinds_that_show_everywhere_wait_until_they_are_settled():
    burst = [
        AlertKeys(ward, BEGIN_US + n, f"b{n}", (key("rule", "r"), key("hash", "aa")), "high")
        for n, ward in enumerate(WARDS)
    ]
    facts, _correlator = facts_of(burst)
    assert {fact.key.value for fact in facts} == {"aa"}
