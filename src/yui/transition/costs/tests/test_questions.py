"""The questions to the lines are answered exactly, and only from what the reader may see."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.policy import Actor
from yui.transition.costs.engine.effects import nearest, price_and_exchange
from yui.transition.costs.queries import questions

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
JUNE = "2026-06-01T00:00:00Z"
numbers = st.integers(-(10**9), 10**9).filter(bool)
rates = st.fractions(min_value=1, max_value=300, max_denominator=100)


@pytest.fixture
def lines(take_in, bill_file, shinjuku):
    usd = {"BillingCurrency": "USD", "SkuPriceId": "p", "PricingUnit": "Hours"}
    take_in(
        bill_file(
            {"BilledCost": "1", "EffectiveCost": "2", "Tags": '{"system": "S-1", "floor": "3"}'},
            {
                "BilledCost": "4",
                "EffectiveCost": "8",
                "Tags": "",
                "ChargePeriodStart": "2026-05-02T00:00:00Z",
            },
            usd | {"EffectiveCost": "20", "PricingQuantity": "10"},
            usd | {"EffectiveCost": "36", "PricingQuantity": "12", "BillingPeriodStart": JUNE},
        )
    )
    take_in(bill_file({"BilledCost": "100"}, name="other.csv"), shinjuku)


def test_ward_system_month(lines, actor_of, charlie):
    rows = questions.ward_system_month(SYSTEM, organisations=["131032"], months=["2026-05"])
    assert rows == [
        ("131032", "", "2026-05", "JPY", Decimal(4), Decimal(8), 1),
        ("131032", "S-1", "2026-05", "JPY", Decimal(1), Decimal(2), 1),
        ("131032", "S-1", "2026-05", "USD", Decimal("10.5"), Decimal(20), 1),
    ]
    assert {row[0] for row in questions.ward_system_month(actor_of(charlie))} == {"131041"}


def test_tags_known_and_unknown(lines):
    by_floor = {row[1]: row[4] for row in questions.tag_values(SYSTEM, "floor", organisations=["131032"])}
    assert by_floor["3"] == 1
    by_system = questions.tag_values(SYSTEM, "システム", organisations=["131032"], months=["2026-05"])
    assert {(row[1], row[3]): row[4] for row in by_system}["S-1", "JPY"] == 1


def test_billed_beside_amortised(lines):
    rows = questions.billed_and_amortised(SYSTEM, organisations=["131032"], months=["2026-05"])
    assert rows[0] == ("131032", "2026-05", "Usage", "", "JPY", Decimal(5), Decimal(10), 2)


def test_days_with_their_median(lines):
    rows = questions.daily_with_median(SYSTEM, organisations=["131032"], months=["2026-05"])
    days = [(str(row[2]), row[3], row[4], row[5]) for row in rows if row[1] == "JPY"]
    assert days == [("2026-05-01", Decimal(2), 2.0, 0.0), ("2026-05-02", Decimal(8), 5.0, 3.0)]


def test_a_shared_cost_is_split_without_loss(lines):
    shares = questions.shared_cost(SYSTEM, "S-1", {"131032": 1, "131041": 2}, organisations=["131032"])
    split = shares["2026-05", "JPY"]
    assert sum(split.values()) == 2
    assert split["131032"] == Decimal("0.666666666666666667")


def test_price_volume_and_exchange_explain_the_whole_difference(lines):
    effects = questions.price_volume_exchange(
        SYSTEM, "2026-05", "2026-06", {"USD": (Decimal(100), Decimal(150))}, organisations=["131032"]
    )
    assert effects.difference == 36 * 150 - 20 * 100 - 10
    # The yen lines have no price of their own in June: all of theirs is volume.
    price = Fraction(10 * 100, 3) + Fraction(12 * 150, 3) + Fraction(10 * 150 + 12 * 100, 6)
    assert abs(effects.price - price) < Fraction(1, 10**17)


def by_all_orders(before, after):
    """The Shapley values of price, quantity and rate: each factor's mean effect over all orders."""
    effects = [Fraction(0)] * 3
    orders = list(permutations(range(3)))
    for order in orders:
        factors = list(before)
        for place in order:
            was = prod(factors)
            factors[place] = after[place]
            effects[place] += Fraction(prod(factors) - was, len(orders))
    return effects


@given(numbers, numbers, numbers, numbers, rates, rates)
def test_effects_are_the_mean_over_all_orders(price_0, quantity_0, price_1, quantity_1, rate_0, rate_1):
    cost_0, cost_1 = price_0 * quantity_0, price_1 * quantity_1
    found = price_and_exchange((cost_0, quantity_0), (cost_1, quantity_1), rate_0=rate_0, rate_1=rate_1)
    expected = by_all_orders((price_0, quantity_0, rate_0), (price_1, quantity_1, rate_1))
    assert found == (round(expected[0]), round(expected[2]))


@given(numbers, numbers, rates, rates)
def test_a_price_that_one_month_does_not_know_has_no_effect(cost_0, cost_1, rate_0, rate_1):
    found = price_and_exchange((cost_0, 0), (cost_1, 7), rate_0=rate_0, rate_1=rate_1)
    assert found == (0, round(Fraction(cost_0 + cost_1, 2) * (rate_1 - rate_0)))


@given(st.integers(-(10**6), 10**6), st.integers(-50, 50).filter(bool))
def test_nearest_rounds_as_fractions_do(dividend, divisor):
    assert nearest(dividend, divisor) == round(Fraction(dividend, divisor))
