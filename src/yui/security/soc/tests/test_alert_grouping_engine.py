"""Which alerts are worked together, whatever their order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.triage.assets import system_code
from yui.security.soc.engine.triage.excerpt import CUT, MOST_FIELDS, excerpt, matches
from yui.security.soc.engine.triage.grouping import (
    WINDOW,
    Gathering,
    gather,
    group_key,
    priorities_of,
    priority,
    subject_of,
)

NOON = datetime(2026, 11, 23, 3, tzinfo=UTC)
moments = st.integers(0, 72 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))
alerts = st.lists(st.tuples(st.sampled_from("abc"), moments), max_size=30)


@given(alerts)
def test_every_alert_is_in_exactly_one_group_of_its_key(given_alerts):
    groups = gather(given_alerts, [])
    placed = sorted(position for group in groups for position in group.added)
    assert placed == list(range(len(given_alerts)))
    for group in groups:
        times = [given_alerts[position][1] for position in group.added]
        assert {given_alerts[position][0] for position in group.added} == {group.key}
        assert (group.first, group.last) == (min(times), max(times))


@given(alerts, st.randoms(use_true_random=False))
def test_the_order_of_arrival_decides_nothing(given_alerts, chance):
    mixed = list(given_alerts)
    chance.shuffle(mixed)

    def shape(some):
        return sorted((g.key, g.first, g.last, len(g.added)) for g in gather(some, []))

    assert shape(given_alerts) == shape(mixed)


@given(alerts)
def test_groups_of_one_key_rest_longer_than_the_window_between_them(given_alerts):
    by_key = {}
    for group in gather(given_alerts, []):
        by_key.setdefault(group.key, []).append(group)
    for groups in by_key.values():
        groups.sort(key=lambda group: group.first)
        assert all(b.first - a.last > WINDOW for a, b in pairwise(groups))


def test_an_alert_joins_the_open_group_that_is_near_and_opens_another_when_none_is():
    standing = Gathering("a", NOON, NOON, NOON, stored="record")
    groups = gather([("a", NOON + WINDOW), ("a", NOON + 3 * WINDOW), ("b", NOON)], [standing])
    assert [(group.stored, group.added) for group in groups] == [("record", [0]), (None, [1]), (None, [2])]


@pytest.mark.parametrize(
    ("host", "user", "fields", "subject"),
    [
        ("PC-1", "suzuki", {}, "host:pc-1"),
        ("", "Suzuki", {"src_ip": "192.0.2.1"}, "user:suzuki"),
        ("", "", {"src_ip": "192.0.2.1"}, "ip:192.0.2.1"),
        ("", "", {"SourceIp": "-", "id.orig_h": "2001:DB8::1"}, "ip:2001:db8::1"),
        ("", "", {"src_ip": 7}, "rule"),
    ],
)
def test_the_subject_is_the_host_then_the_account_then_the_address(host, user, fields, subject):
    assert subject_of(host, user, fields) == subject


def test_keys_tell_rules_and_subjects_apart():
    keys = {group_key(rule, subject) for rule in ("r1", "r2") for subject in ("host:a", "user:a")}
    assert len(keys) == 4
    assert all(len(key) == 64 for key in keys)


@given(st.integers(0, 4), st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, 1, 2, 3]))
def test_the_level_goes_before_the_confidentiality(level, one, other):
    assert priority(level + 1, one) > priority(level, other)
    least, greatest = priorities_of(level)
    assert least <= priority(level, one) <= greatest
    assert (priority(level, one) > priority(level, other)) == ((one or 0) > (other or 0))


@pytest.mark.parametrize(
    ("hint", "host", "code"),
    [
        ("mn-001", "PC-1", "MN-001"),
        ("", "MN-001", "MN-001"),
        ("", "mn-001-db2.city.example", "MN-001"),
        ("", "MN-0011", ""),
        ("", "住民記録", "MN-002"),
        ("", "MN", ""),
        ("", "", ""),
        ("unknown", r"MN-002\x", "MN-002"),
    ],
)
def test_a_host_finds_its_system(hint, host, code):
    codes = {"mn-001": "MN-001", "mn-002": "MN-002", "住民記録": "MN-002"}
    assert system_code(codes, hint=hint, host=host) == code


@given(st.text(max_size=80))
def test_any_host_name_is_answered(host):
    assert system_code({"mn-001": "MN-001"}, hint="", host=host) in {"", "MN-001"}


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.text(st.characters(), max_size=12), json_like, max_size=20))
def test_any_event_becomes_json_that_every_database_holds(fields):
    import orjson

    kept = excerpt(fields)
    assert b"\\u0000" not in orjson.dumps(kept)
    assert len(kept) <= len(fields)


def test_what_is_cut_says_so():
    kept = excerpt({f"f{number}": "x" * 5000 for number in range(MOST_FIELDS + 7)})
    assert kept[CUT] == 7
    assert len(kept) == MOST_FIELDS + 1
    assert kept["f0"].endswith(CUT)
    assert excerpt({"a": "x\0\ud800", "b": float("nan"), "c": 2**70}) == {
        "a": "x\ufffd\ufffd\ufffd\ufffd",
        "b": "nan",
        "c": str(2**70),
    }
    assert len(matches([{"field": "a"}] * 500)) < 500
