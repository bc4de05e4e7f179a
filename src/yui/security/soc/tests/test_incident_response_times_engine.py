"""Mean, median and 90th percentile with running ones."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.response_times import Quantile, Span, quantile, summarise, survival

HOURS = st.integers(0, 500)


def spans(*hours, running=()):
    """Spans of so many hours, ended and running."""
    ended = [Span(timedelta(hours=each)) for each in hours]
    return ended + [Span(timedelta(hours=each), is_open=True) for each in running]


def test_nothing_recorded_has_no_figure():
    times = summarise([])
    assert (times.mean, times.median, times.p90, times.longest_open) == (None, None, None, None)


def test_a_textbook_estimate():
    # Freireich's 6-MP arm, the usual example of the method: median 23 weeks.
    ended = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    running = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    steps = survival(spans(*ended, running=running))
    assert [round(share, 4) for _length, share in steps] == [
        0.8571,
        0.8067,
        0.7529,
        0.6902,
        0.6275,
        0.5378,
        0.4482,
    ]
    assert quantile(spans(*ended, running=running), 0.5) == Quantile(timedelta(hours=23))
    assert quantile(spans(*ended, running=running), 0.9) == Quantile(timedelta(hours=35), is_lower_bound=True)


def test_the_mean_leaves_running_ones_out_and_says_how_long_they_run():
    times = summarise(spans(2, 4, running=(100,)))
    assert times.mean == timedelta(hours=3)
    assert (times.ended, times.open, times.longest_open) == (2, 1, timedelta(hours=100))
    assert times.p90 == Quantile(timedelta(hours=100), is_lower_bound=True)


@given(st.lists(HOURS, min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_without_running_ones_it_is_the_order_statistic(hours, level):
    place = -(-len(hours) * round(level * 10) // 10)
    assert quantile(spans(*hours), level).length == timedelta(hours=sorted(hours)[place - 1])


@given(st.lists(HOURS, min_size=1, max_size=30), st.lists(HOURS, max_size=30))
def test_running_ones_never_make_it_look_faster(ended, running):
    longest = [max([*ended, *running])] * len(running)
    for level in (0.5, 0.9):
        assert quantile(spans(*ended, running=longest), level).length >= quantile(spans(*ended), level).length
    times = summarise(spans(*ended, running=running))
    assert times.ended + times.open == len(ended) + len(running)
    assert times.median.length <= times.p90.length
