"""From sums of a fiscal year to months: nothing is lost, nothing negative, gaps stay gaps."""

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.overview.engine.yearly import monthly_counts

counts = st.lists(st.integers(0, 9).map(Decimal), min_size=1, max_size=12)


@given(st.lists(counts, min_size=1, max_size=4))
def test_sums_that_begin_anew_give_their_months_back(years):
    sums = [total for year in years for total in accumulate(year)]
    first = [place == 0 for year in years for place in range(len(year))]
    assert monthly_counts(sums, first) == [count for year in years for count in year]


@given(st.lists(st.none() | st.integers(0, 99).map(Decimal), max_size=40), st.integers(0, 11))
def test_no_month_is_negative_and_no_data_stays_no_data(sums, offset):
    first = [(place + offset) % 12 == 0 for place in range(len(sums))]
    found = monthly_counts(sums, first)
    for total, count in zip(sums, found, strict=True):
        assert count is None or count >= 0
        assert total is not None or count is None


def test_a_month_after_a_gap_is_not_known():
    assert monthly_counts([None, Decimal(3), Decimal(5)], [False, False, False]) == [None, None, Decimal(2)]
    assert monthly_counts([None, Decimal(3)], [False, True]) == [None, Decimal(3)]


def test_lines_of_different_length_are_refused():
    with pytest.raises(ValueError, match="argument 2 is longer"):
        monthly_counts([], [True])
