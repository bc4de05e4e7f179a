"""The bridge: every yen has a reason, whatever the numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.transition.costs.engine.bridge import Effect, Item, ItemKey, Nature, Side, bridge
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.engine.shapley import settled, shapley

amounts = st.decimals(-(10**9), 10**9, places=9)
rates = st.fractions(80, 200, max_denominator=10**6)
KEY = ItemKey("131032", "S-1", "cloud", "架空", "仮想サーバー", "sku", "Hours", "", "USD", Nature.REGULAR)


def side(amount, rate=Fraction(1), quantity=None, share=Fraction(1), slip=Decimal(0)):
    exact = Fraction(amount) * rate * share
    yen = EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator)) + slip
    return Side(yen, Decimal(amount), rate, quantity, 1, share, 1)


def item(before, after, **key):
    return Item(replace(KEY, **key), before, after)


@st.composite
def sides(draw):
    share = draw(st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(0)]))
    quantity = draw(st.one_of(st.none(), st.decimals(0, 10**6, places=3)))
    return side(draw(amounts), draw(rates), quantity, share, draw(st.decimals(-5, 5, places=6)))


@st.composite
def items(draw):
    kinds = st.tuples(st.one_of(st.none(), sides()), st.one_of(st.none(), sides()))
    before, after = draw(kinds.filter(lambda pair: pair != (None, None)))
    return item(
        before,
        after,
        ward=draw(st.sampled_from(["131032", "131041", "131016"])),
        system=draw(st.sampled_from(["S-1", "S-2", ""])),
        service=draw(st.text("abc", max_size=4)),
        nature=draw(st.sampled_from(list(Nature))),
    )


lists = st.lists(items(), max_size=8)
thorough = settings(max_examples=60, deadline=None)


def swapped(found):
    return [replace(each, before=each.after, after=each.before) for each in found]


@thorough
@given(lists)
def test_effects_add_up_to_the_difference_with_nothing_left(found):
    row = bridge(found).total()
    assert row.before + sum(row.effects.values()) == row.after
    for side_name, total in (("before", row.before), ("after", row.after)):
        exact = sum(Fraction(each.yen) for each in (getattr(i, side_name) for i in found) if each)
        assert abs(exact - total) <= Fraction(1, 2) + Fraction(1, 10**20)


@thorough
@given(lists)
def test_every_item_adds_up_exactly(found):
    for each in bridge(found).contributions:
        assert each.before + sum(each.effects.values()) == each.after


@thorough
@given(lists)
def test_swapping_the_periods_turns_every_sign(found):
    there, back = bridge(found).total(), bridge(swapped(found)).total()
    assert (back.before, back.after) == (there.after, there.before)
    assert back.effects == {effect: -amount for effect, amount in there.effects.items()}


@thorough
@given(lists)
def test_a_period_beside_itself_shows_no_change(found):
    same = [
        replace(each, before=each.before or each.after, after=each.before or each.after) for each in found
    ]
    assert not any(bridge(same).total().effects.values())


@thorough
@given(lists)
def test_rows_add_up_both_ways(found):
    made = bridge(found)
    whole = made.total()
    for key_of in (lambda key: (key.ward,), lambda key: key.system_key, lambda key: (key.category,)):
        rows = made.by(key_of)
        if not rows:
            assert not found
            continue
        for row in rows:
            assert row.before + sum(row.effects.values()) == row.after
        assert sum(row.before for row in rows) == whole.before
        assert sum(row.after for row in rows) == whole.after
        for effect in Effect:
            assert sum(row.effects[effect] for row in rows) == whole.effects[effect]


@thorough
@given(lists, lists)
def test_wards_together_are_the_sum_of_the_wards(first, second):
    def exact(found):
        sums = dict.fromkeys(Effect, 0)
        for each in bridge(found).contributions:
            for effect, amount in each.effects.items():
                sums[effect] += amount
        return sums

    one = [replace(each, key=replace(each.key, ward="131032")) for each in first]
    other = [replace(each, key=replace(each.key, ward="131041")) for each in second]
    together, apart = exact(one + other), (exact(one), exact(other))
    assert together == {effect: apart[0][effect] + apart[1][effect] for effect in Effect}


@thorough
@given(st.lists(st.tuples(st.fractions(-100, 100), st.fractions(-100, 100)), min_size=1, max_size=4))
def test_contributions_explain_a_product_and_treat_factors_alike(pairs):
    before, after = [old for old, _new in pairs], [new for _old, new in pairs]
    parts, denominator = shapley(before, after)
    assert Fraction(sum(parts), denominator) == prod(after) - prod(before)
    turned, under = shapley(before[::-1], after[::-1])
    assert [Fraction(part, under) for part in turned] == [Fraction(p, denominator) for p in parts[::-1]]
    for part, (old, new) in zip(parts, pairs, strict=True):
        assert old != new or part == 0


@thorough
@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8), st.integers(1, 1000))
def test_rounded_parts_add_up_and_stay_near(parts, denominator):
    total = round(Fraction(sum(parts), denominator))
    if not any(parts):
        return
    rounded = settled(parts, denominator, total)
    assert sum(rounded) == total
    assert all(abs(got - Fraction(p, denominator)) <= 2 for got, p in zip(rounded, parts, strict=True))
    assert all(got == 0 for got, part in zip(rounded, parts, strict=True) if part == 0)
    assert settled([-part for part in parts], denominator, -total) == [-got for got in rounded]


def test_nothing_cannot_be_shared_out():
    with pytest.raises(ValueError, match="all zero"):
        settled([0, 0], 1, 1)


def test_a_known_case_is_told_apart():
    before = side("100", Fraction(100), Decimal(10))
    after = side("240", Fraction(120), Decimal(20))
    effects = bridge([item(before, after)]).total().effects
    # Volume 10→20, price 10→12, rate 100→120: the means of all six orders.
    assert (effects[Effect.VOLUME], effects[Effect.PRICE], effects[Effect.EXCHANGE]) == (12134, 3333, 3333)
    assert sum(effects.values()) == 240 * 120 - 100 * 100


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (side("100", Fraction(100), Decimal(10)), side("100", Fraction(120), Decimal(10)), Effect.EXCHANGE),
        (side("100", Fraction(100), Decimal(10)), side("150", Fraction(100), Decimal(15)), Effect.VOLUME),
        (side("100"), side("150"), Effect.PRICE),
        (side("100", quantity=Decimal(0)), side("150", quantity=Decimal(7)), Effect.PRICE),
        (side("90", share=Fraction(1, 3)), side("90", share=Fraction(1, 2)), Effect.ALLOCATION),
        (None, side("100"), Effect.SYSTEMS),
        (side("100"), None, Effect.SYSTEMS),
    ],
)
def test_one_change_has_one_reason(before, after, effect):
    effects = bridge([item(before, after)]).total().effects
    assert {each for each, amount in effects.items() if amount} == {effect}


def test_a_new_service_of_a_known_system_is_no_new_system():
    known = item(side("5"), side("5"))
    new = item(None, side("100"), service="データベース")
    other = item(None, side("7"), system="S-9")
    effects = bridge([known, new, other]).total().effects
    assert (effects[Effect.SERVICES], effects[Effect.SYSTEMS]) == (100, 7)


@pytest.mark.parametrize("nature", [n for n in Nature if n is not Nature.REGULAR])
def test_what_is_not_regular_stands_apart(nature):
    effects = bridge([item(side("10"), side("-30"), nature=nature)]).total().effects
    assert {effect: amount for effect, amount in effects.items() if amount} == {Effect(nature.value): -40}


def test_amounts_that_cancel_between_months_belong_to_the_rate():
    before = Side(Decimal(0), Decimal(0), Fraction(100), None, 1, Fraction(1), 2)
    after = Side(Decimal(-10), Decimal(0), Fraction(105), None, 2, Fraction(1), 2)
    effects = bridge([item(before, after)]).total().effects
    assert {effect: amount for effect, amount in effects.items() if amount} == {Effect.EXCHANGE: -10}
