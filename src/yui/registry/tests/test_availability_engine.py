"""Availability: the sum over minutes is the truth that merged intervals must agree with."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from yui.registry.engine.availability import (
    NOTHING,
    Availability,
    availability,
    merge,
    minutes,
    subtract,
    total,
)

START = datetime(2026, 4, 1, tzinfo=UTC)
SPAN = (START, START + timedelta(minutes=200))


def at(minute):
    return START + timedelta(minutes=minute)


intervals = st.lists(
    st.tuples(st.integers(-40, 240), st.integers(1, 60)).map(lambda pair: (at(pair[0]), at(sum(pair)))),
    max_size=8,
)


def covered(minute, found):
    return any(start <= at(minute) < end for start, end in found)


@given(intervals, intervals)
def test_merged_intervals_agree_with_counting_each_minute(outages, maintenance):
    promised = [minute for minute in range(200) if not covered(minute, maintenance)]
    down = [minute for minute in promised if covered(minute, outages)]

    found = availability(SPAN, outages, maintenance)

    assert found.service_minutes == len(promised)
    assert found.downtime_minutes == len(down)
    assert found.percent == (Decimal(len(promised) - len(down)) * 100 / len(promised) if promised else None)


@given(intervals)
def test_merging_leaves_disjoint_intervals_in_order(found):
    merged = merge(found)
    assert all(first[1] < second[0] for first, second in itertools.pairwise(merged))
    assert merge(merged) == merged


@given(intervals, intervals)
def test_what_is_subtracted_and_what_is_left_make_the_whole(whole, holes):
    whole, holes = merge(whole), merge(holes)
    left = subtract(whole, holes)
    assert total(whole) == total(left) + total(subtract(whole, left))


def test_an_open_outage_lasts_to_the_end_of_the_span():
    assert availability(SPAN, [(at(150), None)], []).downtime_minutes == 50


def test_a_span_without_length_promises_nothing():
    found = availability((START, START), [], [])
    assert found == NOTHING
    assert found.percent is None


def test_a_month_full_of_maintenance_has_no_percentage():
    assert availability(SPAN, [(at(0), at(10))], [SPAN]).percent is None


def test_the_sum_of_two_systems_is_weighted_by_their_running_time():
    short = availability((at(0), at(100)), [(at(0), at(50))], [])
    long = availability((at(0), at(300)), [], [])
    assert (short + long).percent == Decimal(350) * 100 / 400


def test_minutes_are_exact_to_the_second():
    assert minutes(timedelta(minutes=3, seconds=15)) == Decimal("3.25")


def test_whoever_was_down_at_all_never_shows_a_hundred():
    found = Availability(timedelta(days=30), timedelta(seconds=1))
    assert str(found.shown_percent) == "99.999"
    assert str(Availability(timedelta(days=30), timedelta(0)).shown_percent) == "100.000"
