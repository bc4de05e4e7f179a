"""Joint correlation over restarts, hostile and late input, and its bounds."""

import json

import pytest

from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.facts import DAY_US, AlertKeys, JointConfig
from yui.security.soc.engine.joint.snapshots import JointSnapshotRefused, restore, snapshot
from yui.security.soc.tests.joint_samples import BEGIN_US, HOUR_US, WARDS, config, key, month


def alert(number, ward=0, *, hours=0.0, keys=None, level="high"):
    return AlertKeys(
        WARDS[ward],
        BEGIN_US + int(hours * HOUR_US),
        f"a{number}",
        (key("hash", "aa"),) if keys is None else keys,
        level,
    )


def adds_up(of):
    counts = of.counts
    gone = counts.late + counts.future + counts.unknown_ward + counts.keyless + counts.duplicates
    return counts.alerts == gone + counts.taken + len(of.waiting)


def test_restarts_change_no_fact():
    alerts, _truth = month(5, days=12, amount=0.04)
    whole = JointCorrelator(config(threshold=1.0))
    expected = whole.observe(alerts) + whole.finish()
    assert expected
    correlator, found = JointCorrelator(config(threshold=1.0)), []
    for start in range(0, len(alerts), len(alerts) // 5):
        found += correlator.observe(alerts[start : start + len(alerts) // 5])
        stored = snapshot(correlator)
        correlator = JointCorrelator(config(threshold=1.0))
        restore(correlator, stored)
        assert snapshot(correlator) == stored
    assert found + correlator.finish() == expected
    assert correlator.counts == whole.counts


def test_a_ward_may_join_over_a_restart():
    first = JointCorrelator(JointConfig(WARDS[:3]))
    first.observe([alert(1), alert(2, 1)])
    second = JointCorrelator(JointConfig(WARDS[:4]))
    restore(second, snapshot(first))
    second.observe([alert(3, 3, hours=1)])
    second.finish()
    assert second.counts.taken == 3


@pytest.mark.parametrize(
    "stored",
    [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, b'{"format":"x","version":1,"wards":[],"windows_us":[]}'],
)
def test_what_is_no_state_is_refused(stored):
    with pytest.raises(JointSnapshotRefused, match="use the"):
        restore(JointCorrelator(config()), stored)


def test_other_windows_other_wards_and_damage_are_refused():
    correlator = JointCorrelator(config())
    correlator.observe([alert(1)])
    stored = snapshot(correlator)
    for other in (config(windows_us=(DAY_US,)), JointConfig(WARDS[1:])):
        with pytest.raises(JointSnapshotRefused, match="differ"):
            restore(JointCorrelator(other), stored)
    damaged = {**json.loads(stored), "keys": [{"key": ["hash", "x"]}]}
    with pytest.raises(JointSnapshotRefused, match="damaged"):
        restore(JointCorrelator(config()), json.dumps(damaged).encode())
    with pytest.raises(JointSnapshotRefused, match="in use"):
        restore(correlator, stored)


def test_everything_given_is_counted():
    of = JointCorrelator(config(lateness_us=HOUR_US, future_us=HOUR_US))
    now_us = BEGIN_US + 10 * HOUR_US
    of.observe([alert(1, hours=5), alert(1, hours=5), alert(2, hours=9), alert(3, hours=12)], now_us=now_us)
    of.observe([alert(4, hours=7.9), alert(5, hours=8), alert(6, keys=(), hours=9)], now_us=now_us)
    of.observe([alert(7, hours=9)._replace(ward="999999"), alert(8)._replace(time_us=2**90)])
    assert adds_up(of)
    of.finish()
    assert adds_up(of)
    counts = of.counts
    assert (counts.late, counts.future, counts.unknown_ward, counts.keyless, counts.duplicates) == (
        1,
        2,
        1,
        1,
        1,
    )
    assert counts.taken == 3


def test_a_wrong_clock_with_a_clock_given_makes_nobody_late():
    of = JointCorrelator(config(threshold=0.0))
    now_us = BEGIN_US + HOUR_US
    of.observe([alert(1, hours=9_000)], now_us=now_us)
    of.observe([alert(2, 1), alert(3, 2, hours=0.5)], now_us=now_us)
    assert [fact.wards for fact in of.finish()] == [WARDS[1:3]]


def test_one_ward_cannot_fill_the_memory():
    of = JointCorrelator(config(most_keys=100))
    of.observe([alert(n, 0, keys=(key("ip", f"k{n}"),)) for n in range(50)])
    of.observe([alert(100 + n, 1, keys=(key("ip", f"m{n}"),)) for n in range(5)])
    of.finish()
    assert len(of.keys) == 15
    assert of.counts.refused_keys == 40


def test_keys_leave_the_memory_when_they_do_not_show_any_more():
    of = JointCorrelator(config(memory_days=10))
    of.observe([alert(n, 0, keys=(key("ip", f"k{n}"),)) for n in range(20)])
    of.observe([alert(99, 0, hours=24 * 18, keys=(key("ip", "new"),))])
    of.finish()
    assert [one.value for one in of.keys] == ["new"]
    assert of.known[key("ip", "new").kind] == 1


@pytest.mark.parametrize(
    "unfit",
    [
        {"windows_us": ()},
        {"windows_us": (5, 5)},
        {"lateness_us": -1},
        {"memory_days": 0},
        {"memory_days": 300},
    ],
)
def test_settings_that_make_no_sense_are_refused(unfit):
    with pytest.raises(ValueError, match=r"[a-z]{3}"):
        config(**unfit)
    with pytest.raises(ValueError, match="wards"):
        JointConfig(("131016",))
    with pytest.raises(ValueError, match="wards"):
        JointConfig(("131016", "131016"))
