"""Amounts survive being cut, added up by a database and put together; amortising loses no yen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import Period
from yui.transition.costs.engine.amortising import spread_over_months
from yui.transition.costs.engine.exact import LIMIT, amount_of, limbs_of
from yui.transition.costs.engine.rows import EXACT

amounts = st.decimals(min_value=-(10**13), max_value=10**13, places=18, allow_nan=False, allow_infinity=False)
days = st.dates(date(2000, 1, 1), date(2098, 1, 1))


@given(st.lists(amounts, max_size=30))
def test_sums_of_limbs_are_the_exact_sum(found):
    limbs = [limbs_of(amount) for amount in found]
    total = Decimal(0)
    for amount in found:
        total = EXACT.add(total, amount)
    assert amount_of(*(sum(column) for column in zip(*limbs, strict=True))) == total if found else True
    assert all(0 <= nano < 10**9 and 0 <= atto < 10**9 for _units, nano, atto in limbs)


def test_what_does_not_fit_is_refused():
    with pytest.raises(OverflowError):
        limbs_of(Decimal(LIMIT))
    with pytest.raises(ValueError, match="decimals"):
        limbs_of(Decimal("1e-19"))


@given(st.integers(-(10**12), 10**12), days, st.integers(1, 2000))
def test_amortising_conserves_every_yen(yen, start, length):
    period = Period(start, start + timedelta(days=length))
    spread = spread_over_months(Decimal(yen), period)
    assert sum(spread.values()) == yen
    assert list(spread) == [str(month) for month in period.months]
    for month, share in zip(period.months, spread.values(), strict=True):
        inside = sum(
            1 for day in (month.first_day + timedelta(n) for n in range(31)) if _in(day, month, period)
        )
        assert abs(share - Decimal(yen * inside) / length) < 1


def _in(day, month, period):
    return day <= month.last_day and period.contains(day)


def test_a_fraction_stays_with_the_first_month():
    spread = spread_over_months(Decimal("-10.5"), Period(date(2026, 4, 1), date(2026, 6, 1)))
    assert spread == {"2026-04": Decimal("-5.5"), "2026-05": Decimal("-5")}
