"""移行前と後: the rule, what is missing, and small groups that nobody learns of."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.transition.costs.engine.multiplier import (
    around,
    disclosed,
    distribution,
    may_tell_count,
    ranges,
)
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.queries.multipliers import multiplier_report
from yui.transition.costs.tests.migration_story import LAST, MIGRATED, add_cost, approve, migrate, set_rates

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
values = st.lists(st.decimals("0.1", "9", places=2), min_size=1, max_size=30)


def test_twelve_months_on_each_side_without_the_month_itself():
    before, after = around(Month(2025, 4))
    assert (before[0], before[-1]) == (Month(2024, 4), Month(2025, 3))
    assert (after[0], after[-1]) == (Month(2025, 5), Month(2026, 4))


def test_a_multiplier_is_the_mean_after_over_the_mean_before_without_one_off_costs(minato):
    migrate(minato, times=2)
    report = multiplier_report(SYSTEM, LAST)
    (area,) = next(each for each in report.wards if each.ward == minato).areas
    assert (area.lack, area.change.multiplier) == ("", 2)
    assert area.change.before.monthly() == 1000
    assert area.change.after.monthly("software") == 2000
    assert (report.counted, report.joint.multiplier) == (1, 2)


def test_constant_rates_take_the_exchange_rate_out(minato, soc):
    set_rates(lambda month: Decimal(100) if month <= Month.of(MIGRATED) else Decimal(200))
    approve(soc, rates={"USD": Decimal(100)})
    migrate(minato, times=1, dollars=10)
    assert multiplier_report(SYSTEM, LAST).joint.multiplier == Decimal("1.5")
    assert multiplier_report(SYSTEM, LAST, is_constant=True).joint.multiplier == 1


@pytest.mark.parametrize(
    ("spoil", "lack"),
    [
        (lambda ward: MonthlyCost.everything.filter(month="2024-09").delete(), "too_short"),
        (lambda ward: MonthlyCost.everything.filter(month="2026-04").delete(), "too_short"),
        (lambda ward: add_cost(ward, Month(2025, 1), 1, currency="USD"), "no_rate"),
        (
            lambda ward: MonthlyCost.everything.filter(month__lt="2025-04").update(system_code="other"),
            "no_cost",
        ),
    ],
)
def test_missing_data_is_told_and_never_guessed(minato, spoil, lack):
    migrate(minato, times=2)
    spoil(minato)
    report = multiplier_report(SYSTEM, LAST)
    (area,) = next(each for each in report.wards if each.ward == minato).areas
    assert area.lack == lack
    assert (report.counted, report.joint, report.spread) == (0, None, None)
    assert report.without_data == 23


def test_a_migration_that_is_too_recent_has_no_data(minato):
    migrate(minato, times=2, on=date(2026, 2, 1))
    assert multiplier_report(SYSTEM, LAST).counted == 0
    assert multiplier_report(SYSTEM, Month(2027, 2)).counted == 0


def test_readers_see_single_wards_only_where_they_may(minato, shinjuku, alice, actor_of):
    migrate(minato, times=2)
    migrate(shinjuku, times=5)
    report = multiplier_report(actor_of(alice), LAST)
    assert [each.ward for each in report.wards if each.areas] == [minato]
    # Two wards: the joint figure would tell what the other pays.
    assert (report.joint, report.spread, report.ranges) == (None, None, ())
    assert report.is_suppressed
    everything = multiplier_report(SYSTEM, LAST)
    assert everything.spread.largest == 5
    assert not everything.is_suppressed


@pytest.fixture
def many(organisations):
    """Eight wards: 1.0 four times, 2.0 three times, and one at 5.0."""
    wards = [each for each in organisations.values() if each.is_ward][:8]
    for ward, times in zip(wards, [1, 1, 1, 1, 2, 2, 2, 5], strict=True):
        migrate(ward, times=times)
    return wards


def test_small_groups_are_joined_and_the_largest_is_not_told(many, charlie, client_of, actor_of):
    report = multiplier_report(actor_of(charlie), LAST)
    assert report.is_suppressed
    assert [each.count for each in report.ranges] == [4, 4]
    assert (report.spread.count, report.spread.median) == (8, Decimal("1.5"))
    page = client_of(charlie).get(reverse("costs:multipliers")).content.decode()
    assert "最大の値は出しません" in page
    assert "1.88倍" in page and "5.00倍" not in page


def test_the_page_leads_to_the_costs_of_both_sides(client_of, alice, minato):
    migrate(minato, times=2)
    page = client_of(alice).get(reverse("costs:multipliers")).content.decode()
    assert "2.00倍" in page
    for first, last in (("2024-04", "2025-03"), ("2025-05", "2026-04")):
        assert f"ward=131032&amp;from={first}&amp;to={last}" in page


def test_the_page_is_empty_without_bills(client_of, alice):
    page = client_of(alice).get(reverse("costs:multipliers"))
    assert page.status_code == 200
    assert "くらべられる請求がまだありません" in page.content.decode()
    assert client_of(alice).get(reverse("costs:multipliers-export", args=["csv"])).status_code == 404


def test_downloads_hold_only_what_the_reader_may_see(client_of, alice, minato, shinjuku):
    migrate(minato, times=2)
    migrate(shinjuku, times=5)
    address = reverse("costs:multipliers-export", args=["csv"])
    text = client_of(alice).get(address).content.decode("utf-8-sig")
    assert "131032,港区" in text and ",1000,2000,2.0000," in text
    assert "新宿区" not in text
    assert client_of(alice).get(reverse("costs:multipliers-export", args=["xlsx"])).status_code == 200


@given(values)
def test_ranges_hold_every_value_once(multipliers):
    found = ranges(multipliers)
    assert sum(each.count for each in found) == len(multipliers)
    assert len(found) <= 10
    for each in found:
        assert each.count == sum(each.low <= value < each.high for value in multipliers)


@given(values)
def test_disclosed_ranges_hold_three_wards_or_are_not_told(multipliers):
    found = ranges(multipliers)
    told = disclosed(found)
    assert all(each.count >= 3 for each in told)
    assert sum(each.count for each in told) == (len(multipliers) if len(multipliers) >= 3 else 0)
    if told:
        assert (told[0].low, told[-1].high) == (found[0].low, found[-1].high)
        assert all(one.high == other.low for one, other in pairwise(told))


@given(values)
def test_the_summary_lies_within_the_values(multipliers):
    told = distribution(multipliers)
    assert min(multipliers) <= told.median <= told.largest == max(multipliers)
    assert told.doubled == len([value for value in multipliers if value >= 2])


def test_a_count_is_told_when_both_sides_are_large_enough():
    assert [may_tell_count(part, 8) for part in range(9)] == [
        True, False, False, True, True, True, False, False, True,
    ]  # fmt: skip
