"""A correlator that is stopped anywhere and restored goes on with identical alerts."""

import json
import random

import pytest

from yui.security.soc.engine.correlation.alerts import Observation
from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.engine.correlation.snapshots import SnapshotRefused, restore, snapshot
from yui.security.soc.tests.correlation_samples import NAMES, SECOND, correlation, every_rule, matches

LATENESS = 30 * SECOND
RULES = every_rule()


def test_restarts_anywhere_change_no_alert():
    observations = sorted(matches(3, 150, seconds=500), key=lambda one: one.time_us)
    whole = Correlator(RULES, LATENESS)
    expected = whole.observe(observations) + whole.finish()
    chance = random.Random(5)
    for _round in range(6):
        correlator, found = Correlator(RULES, LATENESS), []
        left = list(observations)
        while left:
            batch, left = left[: (cut := chance.randrange(1, 40))], left[cut:]
            found += correlator.observe(batch)
            stored = snapshot(correlator)
            correlator = Correlator(RULES, LATENESS)
            restored = restore(correlator, stored)
            assert restored.dropped_rules == ()
            assert snapshot(correlator) == stored
        found += correlator.finish()
        assert sorted(found) == sorted(expected)
        assert correlator.counts == whole.counts


def test_windows_of_a_changed_rule_are_left_out_and_told():
    before = parse_correlations(
        [correlation("one", "event_count", "{gte: 2}"), correlation("two", "event_count", "{gte: 2}")], NAMES
    ).rules
    after = parse_correlations(
        [correlation("one", "event_count", "{gte: 2}"), correlation("two", "event_count", "{gte: 3}")], NAMES
    ).rules
    first = Correlator(before, LATENESS)
    observations = matches(4, 40, seconds=200)
    first.observe(observations)
    second = Correlator(after, LATENESS)
    restored = restore(second, snapshot(first))
    assert restored.dropped_rules == ("two",)
    assert restored.dropped_entries > 0
    assert restored.windows + restored.waiting > 0


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\xff",
        b"[1]",
        b"[" * 100_000,
        b'{"format":"other","version":1}',
        b'{"format":"yui-correlation","version":99}',
        b'{"format":"yui-correlation","version":1,"lateness_us":5}',
        b'{"format":"yui-correlation","version":1,"lateness_us":30000000}',
    ],
)
def test_what_is_no_state_is_refused_with_a_reason(stored):
    with pytest.raises(SnapshotRefused, match=r"[a-z]{3}"):
        restore(Correlator(RULES, LATENESS), stored)


def test_text_that_is_no_unicode_survives_a_restart():
    rules = parse_correlations([correlation("one", "event_count", "{gte: 2}")], NAMES).rules
    first = Correlator(rules, 0)
    fields = {"User": "\ud800"}
    first.observe([Observation("id-a", 0, "\udfff", "131016", fields)])
    second = Correlator(rules, 0)
    restore(second, snapshot(first))
    (alert,) = second.observe([Observation("id-a", 1, "e2", "131016", fields)]) + second.finish()
    assert alert.event_ids == ("\udfff", "e2")


def test_a_damaged_state_is_refused():
    correlator = Correlator(RULES, LATENESS)
    correlator.observe(matches(1, 30))
    content = json.loads(snapshot(correlator))
    for ward in content["wards"].values():
        ward["windows"].append(["count", ["x"], "soon", 0, False, []])
    with pytest.raises(SnapshotRefused, match="damaged"):
        restore(Correlator(RULES, LATENESS), json.dumps(content).encode())


def test_a_state_goes_only_into_a_new_correlator():
    correlator = Correlator(RULES, LATENESS)
    correlator.observe(matches(1, 3))
    with pytest.raises(SnapshotRefused, match="in use"):
        restore(correlator, snapshot(correlator))
