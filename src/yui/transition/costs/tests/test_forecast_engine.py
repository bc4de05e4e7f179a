"""Fixed payments go on as they are; a year is the sum of what is known and what is foreseen."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.transition.costs.engine.fixed_payments import ContractTerms, find_pattern, schedule, successor_of
from yui.transition.costs.engine.forecast import (
    SeriesKey,
    Spending,
    forecast_spending,
    is_foreseen,
    material_series,
    target_months,
)
from yui.transition.costs.engine.forecast_json import as_json, from_json
from yui.transition.costs.engine.forecast_sums import correlation, interval, spread_of_sum, total_error

AUGUST = Month(2026, 8).index


def paid(months, amount=100):
    return {month: Decimal(amount) for month in months}


def terms(number="C-1", ends=AUGUST + 2, starts=AUGUST - 20, annual=1200, vendor="V"):
    return ContractTerms(number, vendor, frozenset({"S-1"}), starts, ends, annual)


@pytest.mark.parametrize("interval", [1, 2, 3, 6])
def test_three_equal_payments_make_a_pattern_and_two_do_not(interval):
    months = [AUGUST - 2 * interval, AUGUST - interval, AUGUST]
    found = find_pattern(paid(months), AUGUST)
    assert (found.amount, found.interval, found.last) == (100, interval, AUGUST)
    assert find_pattern(paid(months[1:]), AUGUST) is None


def test_two_payments_a_year_apart_make_a_pattern():
    found = find_pattern(paid([AUGUST - 15, AUGUST - 3]), AUGUST)
    assert [month for month in range(AUGUST + 1, AUGUST + 13) if found.due_in(month)] == [AUGUST + 9]


@pytest.mark.parametrize(
    "amounts",
    [
        {AUGUST - 2: Decimal(100), AUGUST - 1: Decimal(101), AUGUST: Decimal(100)},
        {AUGUST - 5: Decimal(100), AUGUST - 1: Decimal(100), AUGUST: Decimal(100)},
        paid([AUGUST - 4, AUGUST - 3, AUGUST - 2]),
        paid([AUGUST - 10, AUGUST - 5, AUGUST]),
        {},
    ],
    ids=["another amount", "another interval", "overdue", "five months apart", "nothing"],
)
def test_anything_else_is_no_pattern(amounts):
    assert find_pattern(amounts, AUGUST) is None


def test_a_successor_takes_the_place_of_an_ended_contract_and_else_the_payment_goes_on():
    pattern = find_pattern(paid(range(AUGUST - 3, AUGUST + 1)), AUGUST)
    months = list(range(AUGUST + 1, AUGUST + 6))
    after = terms("C-2", starts=AUGUST + 3, ends=AUGUST + 20, annual=2400)
    assert successor_of(terms(), [terms(), after, terms("C-3", vendor="W")]) == after
    assert schedule(pattern, months, terms(), after) == ((100, 100, 200, 200, 200), False)
    assert schedule(pattern, months, terms(), None) == ((100,) * 5, True)
    assert schedule(pattern, months, None, None) == ((100,) * 5, False)


def test_the_fiscal_year_is_that_of_the_month_after_the_newest_bill():
    assert target_months(Month(2026, 3).index)[0] == Month(2026, 4).index
    assert target_months(Month(2026, 2).index)[-1] == Month(2026, 3).index
    assert list(target_months(AUGUST)) == list(range(Month(2026, 4).index, Month(2027, 3).index + 1))


def test_series_are_told_apart_and_reach_the_end_of_the_year():
    lease = SeriesKey("S-1", "other", "V", "JPY", "C-1")
    usage = SeriesKey("S-1", "cloud", "P", "USD")
    young = SeriesKey("S-2", "cloud", "P", "USD")
    months = range(AUGUST - 29, AUGUST + 1)
    amounts = {
        lease: paid(months, 385_000),
        usage: {month: Decimal(100 + (month * 7) % 11) for month in months},
        young: paid([AUGUST - 1], 5) | paid([AUGUST], 7),
    }
    billed = {"V": frozenset(months), "P": frozenset(months)}
    found = {each.key: each for each in forecast_spending(Spending(amounts, billed), [terms()])}
    assert found[lease].method == "fixed"
    assert found[lease].points == paid(range(AUGUST + 1, AUGUST + 8), 385_000)
    assert found[lease].is_assumed and not found[lease].spread
    assert found[usage].method != "fixed" and len(found[usage].points) == 7
    assert all(amount == amount.quantize(Decimal("0.01")) for amount in found[usage].points.values())
    assert not is_foreseen(found[young]) and found[young].recent == 7
    assert max(found[usage].errors) == AUGUST


def usage_of(sizes, currencies=None):
    """Usage series of 30 months by system, about the size told."""
    months = range(AUGUST - 29, AUGUST + 1)
    keys = [
        SeriesKey(f"S-{place}", "cloud", "P", (currencies or {}).get(place, "JPY"))
        for place in range(len(sizes))
    ]
    amounts = {
        key: {month: Decimal(size * (100 + (month * 7) % 11)) for month in months}
        for key, size in zip(keys, sizes, strict=True)
    }
    return keys, Spending(amounts, {"P": frozenset(months)})


def test_the_fewest_series_that_make_up_nearly_all_of_the_yen_are_material():
    keys, spending = usage_of([4, 60, 2, 30, 4])
    # 60 + 30 are less than 95 of 100; of two alike the first in order makes it up but for one.
    assert material_series(spending, keys, {}) == {keys[0], keys[1], keys[3], keys[4]}
    keys, spending = usage_of([60, 35, 5])
    assert material_series(spending, keys, {}) == {keys[0], keys[1]}
    assert material_series(spending, [], {}) == frozenset()


def test_foreign_usage_is_weighed_in_yen_and_is_material_while_it_has_no_rate():
    keys, spending = usage_of([1000, 1], {1: "USD"})
    assert material_series(spending, keys, {"USD": Decimal(10)}) == {keys[0]}
    assert material_series(spending, keys, {"USD": Decimal(150)}) == set(keys)
    assert material_series(spending, keys, {}) == set(keys)


def test_what_was_paid_long_ago_makes_nothing_material():
    keys, spending = usage_of([60, 40])
    spending.amounts[keys[0]].update(dict.fromkeys(range(AUGUST - 11, AUGUST + 1), Decimal(0)))
    assert material_series(spending, keys, {}) == {keys[1]}


def test_small_usage_is_left_to_the_naive_methods():
    keys, spending = usage_of([1000, 1])
    found = {each.key: each for each in forecast_spending(spending)}
    assert "ets" in found[keys[0]].rivals and "ets" not in found[keys[1]].rivals
    assert len(found[keys[1]].points) == 7


def test_a_late_provider_is_foreseen_from_its_own_last_month_within_the_year():
    months = range(Month(2024, 1).index, Month(2026, 3).index)
    late = SeriesKey("S-1", "cloud", "P", "USD")
    here = SeriesKey("S-1", "line", "V", "JPY")
    newest = range(Month(2024, 1).index, Month(2026, 5).index + 1)
    amounts = {late: {month: Decimal(100 + month % 5) for month in months}, here: paid(newest)}
    billed = {"P": frozenset(months), "V": frozenset(newest)}
    found = {each.key: each for each in forecast_spending(Spending(amounts, billed))}
    assert min(found[late].points) == Month(2026, 4).index
    assert min(found[here].points) == Month(2026, 6).index


def test_a_contract_that_is_yet_to_begin_counts_once():
    months = range(AUGUST - 5, AUGUST + 1)
    key = SeriesKey("S-1", "other", "V", "JPY", "C-1")
    spending = Spending({key: paid(months)}, {"V": frozenset(months)})
    coming = terms("C-9", vendor="W", starts=AUGUST + 4, ends=AUGUST + 40, annual=1201)
    found = forecast_spending(spending, [terms(), coming, terms("C-2", starts=AUGUST + 3, ends=AUGUST + 20)])
    extra = [each for each in found if each.method == "contract"]
    assert [each.key.contract for each in extra] == ["C-9"]
    assert extra[0].points == paid(range(AUGUST + 4, AUGUST + 8), 100)


def test_a_series_survives_being_kept():
    months = range(AUGUST - 29, AUGUST + 1)
    key = SeriesKey("S-1", "cloud", "P", "USD")
    spending = Spending(
        {key: {month: Decimal(100 + (month * 7) % 11) for month in months}}, {"P": frozenset(months)}
    )
    (made,) = forecast_spending(spending)
    kept = from_json(as_json(made))
    assert (kept.key, kept.points, kept.backtest, kept.method) == (
        made.key,
        made.points,
        made.backtest,
        made.method,
    )
    assert kept.total_spread == pytest.approx(made.total_spread)


def test_errors_that_go_together_widen_a_sum():
    assert correlation([{1: 1.0, 2: -1.0}, {1: 1.0, 2: -1.0}]) == 1
    assert correlation([{1: 1.0, 2: 1.0}, {1: 1.0, 2: -1.0}]) == 0
    assert correlation([{1: 1.0}, {2: 1.0}]) == 0
    assert spread_of_sum([3.0, 4.0], 0) == 5
    assert spread_of_sum([3.0, 4.0], 1) == 7
    low, high = interval(100, 10, 95)
    assert (round(low, 1), round(high, 1)) == (80.4, 119.6)


def test_the_error_of_sums_lets_errors_cancel():
    misses = [{1: {2: 5.0}}, {1: {2: -5.0}}]
    assert total_error(misses, [{2: 50.0}, {2: 50.0}]) == 0
    assert total_error([{1: {2: 5.0}}], [{2: 50.0}]) == 0.1
    assert total_error([], []) is None
