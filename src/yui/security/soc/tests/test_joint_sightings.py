"""What other wards get: a sighting without ward, host or event, in no smaller company than asked for."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.joint.correlator import JointCorrelator
from yui.security.soc.engine.joint.facts import AlertKeys
from yui.security.soc.engine.joint.sightings import (
    Sighting,
    SightingPolicy,
    sighting_of,
    sightings,
    willing_together,
)
from yui.security.soc.tests.joint_samples import BEGIN_US, HOUR_US, WARDS, config, key

HASH = key("hash", "ab" * 32)


def seen_in(*wards, each=2):
    correlator = JointCorrelator(config())
    correlator.observe(
        AlertKeys(WARDS[ward], BEGIN_US + ward * HOUR_US + again, f"a{ward}-{again}", (HASH,), "high")
        for ward in wards
        for again in range(each)
    )
    correlator.finish()
    return correlator


def test_a_sighting_holds_kind_value_times_and_count_only():
    assert [one.name for one in fields(Sighting)] == [
        "kind",
        "value",
        "first_seen",
        "last_seen",
        "count",
        "wards",
    ]
    found = sighting_of(seen_in(0, 3, 5), HASH, SightingPolicy({}))
    assert found == Sighting(HASH.kind, HASH.value, BEGIN_US, BEGIN_US + 5 * HOUR_US, 6, 3)


def test_what_one_ward_saw_alone_is_told_only_if_it_agrees():
    correlator = seen_in(4)
    assert sighting_of(correlator, HASH, SightingPolicy({})) is None
    found = sighting_of(correlator, HASH, SightingPolicy({WARDS[4]: 1}))
    assert found is not None
    assert found.wards is None


def test_the_number_of_wards_is_hidden_below_its_threshold():
    found = sighting_of(seen_in(0, 1), HASH, SightingPolicy({}, reveal_from=3))
    assert found is not None and found.wards is None
    assert sighting_of(seen_in(0, 1), HASH, SightingPolicy({}, reveal_from=2)).wards == 2


def test_a_ward_that_asks_for_more_company_takes_no_part_with_its_times_and_counts():
    policy = SightingPolicy({WARDS[0]: 5}, reveal_from=2)
    found = sighting_of(seen_in(0, 1, 2), HASH, policy)
    assert (found.first_seen, found.count, found.wards) == (BEGIN_US + HOUR_US, 4, 2)
    assert sighting_of(seen_in(0, 1), HASH, policy) is None


def test_only_recent_wards_take_part_where_asked():
    found = sighting_of(seen_in(0, 1, 9, 10), HASH, SightingPolicy({}), since_us=BEGIN_US + 5 * HOUR_US)
    assert found.first_seen == BEGIN_US + 9 * HOUR_US


def test_all_sightings_are_listed_and_unknown_keys_have_none():
    correlator = seen_in(0, 1)
    assert [one.value for one in sightings(correlator, SightingPolicy({}))] == [HASH.value]
    assert list(sightings(correlator, SightingPolicy({}, otherwise=9))) == []
    assert sighting_of(correlator, key("ip", "8.8.8.8"), SightingPolicy({})) is None


@given(st.dictionaries(st.integers(0, 22), st.integers(1, 25)))
def test_nobody_is_shown_in_smaller_company_and_nobody_is_left_out_without_need(least):
    together = willing_together(least)
    assert all(least[one] <= len(together) for one in together)
    for size in range(len(together) + 1, len(least) + 1):
        assert sum(asked <= size for asked in least.values()) < size
