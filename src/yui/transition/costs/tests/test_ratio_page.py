"""対歳出比率: free of exchange rates and one-off costs, judged, and shown with all that it rests on."""

from decimal import Decimal

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.statistics.stability import Confirmation, Reason, Stability
from yui.transition.costs.measures import (
    it_expenditure_ratio,
    it_expenditure_ratio_fx_neutral,
    it_expenditure_ratio_without_one_off,
)
from yui.transition.costs.queries.stability import ratio_report
from yui.transition.costs.tests.migration_story import FIRST, LAST, add_cost, approve, set_rates
from yui.transition.costs.tests.test_measures import total

pytestmark = pytest.mark.django_db
JOINT = MeasureScope(None)


@pytest.fixture
def three_years(minato, shinjuku):
    """Two wards that pay the same dollars each month while the yen falls, of 1,200,000 yen a year."""
    set_rates(lambda month: Decimal(100) + 2 * (month.index - FIRST.index))
    for ward in (minato, shinjuku):
        for year in (2023, 2024, 2025, 2026):
            total(ward, 1_200_000, year)
        for month in Month.between(FIRST, LAST):
            add_cost(ward, month, 1000)
            add_cost(ward, month, 10, category="cloud", currency="USD")
    add_cost(minato, LAST, 5000, category="migration")


def test_exchange_rates_move_the_ratio_and_not_the_neutral_one(three_years, soc, minato):
    approve(soc)
    first, later = (Period.of_month(month) for month in (FIRST, LAST.shift(-1)))
    assert it_expenditure_ratio(JOINT, first).value == Decimal(2)
    assert it_expenditure_ratio(JOINT, later).value > Decimal("2.6")
    for period in (first, later):
        assert it_expenditure_ratio_fx_neutral(JOINT, period).value == Decimal(2)
    last = Period.of_month(LAST)
    assert it_expenditure_ratio_fx_neutral(MeasureScope(minato), last).value == 7
    assert it_expenditure_ratio_without_one_off(MeasureScope(minato), last).value == 2


def test_many_neutral_figures_at_once_are_the_same(three_years, soc, minato, django_assert_max_num_queries):
    approve(soc)
    scopes, periods = [MeasureScope(minato), JOINT], [Period.of_month(m) for m in Month.between(FIRST, LAST)]
    for definition in (it_expenditure_ratio_fx_neutral, it_expenditure_ratio_without_one_off):
        with django_assert_max_num_queries(6):
            found = definition.many(scopes, periods)
        assert len(found) == 72
        for (scope, period), figure in found.items():
            assert definition(scope, period).value == figure.value


def test_while_nothing_is_approved_the_latest_rates_are_the_base(three_years):
    first, last = (
        it_expenditure_ratio_fx_neutral(JOINT, Period.of_month(m)) for m in (FIRST, LAST.shift(-1))
    )
    assert (
        first.value
        == last.value
        == it_expenditure_ratio(JOINT, Period.of_month(LAST.shift(-1))).value + Decimal("0.02")
    )


def test_without_a_base_rate_foreign_bills_give_no_neutral_figure(three_years, soc):
    approve(soc, rates={})
    assert it_expenditure_ratio_fx_neutral(JOINT, Period.of_month(FIRST)) is None


def test_the_definition_decides_what_is_counted(three_years, soc):
    approve(soc, categories=["software"], one_off=())
    assert it_expenditure_ratio_fx_neutral(JOINT, Period.of_month(LAST)).value == 1


def test_evidence_lists_only_the_counted_categories(take_in, bill_file, minato, soc, system_actor):
    total(minato, 12_000)
    path = bill_file({"BilledCost": "7"})
    take_in(path)
    approve(soc, categories=["software"], one_off=())
    assert it_expenditure_ratio_fx_neutral(MeasureScope(minato), Period.of_month(Month(2026, 5))) is None
    approve(soc, categories=["cloud", "software"], one_off=())
    found = it_expenditure_ratio_fx_neutral(MeasureScope(minato), Period.of_month(Month(2026, 5)))
    assert found.evidence.count(system_actor) == 2
    assert found.records == 2


def test_the_verdict_asks_for_trend_and_level(three_years, soc, minato):
    assert ratio_report(LAST).gated.state is Stability.UNDETERMINED
    approve(soc, level=None)
    report = ratio_report(LAST)
    assert report.gated.trend.points == 36
    assert ratio_report(LAST.shift(1)).gated.reason is Reason.TOO_SHORT
    assert report.gated_without.reason is Reason.NO_LEVEL
    approve(soc, level="2.0")
    assert ratio_report(LAST).gated_without.state is Stability.STABLE
    approve(soc, level="1.9")
    dear = ratio_report(LAST).gated_without
    assert (dear.state, dear.reason) == (Stability.UNSTABLE, Reason.ABOVE_LEVEL)
    assert it_expenditure_ratio_fx_neutral.agreed_level(JOINT).value == Decimal("1.9")
    assert it_expenditure_ratio_fx_neutral.agreed_level(MeasureScope(minato)) is None


def test_a_single_ward_is_judged_without_a_level(three_years, soc, shinjuku):
    approve(soc, level="0.1")
    assert ratio_report(LAST, shinjuku).gated.state is Stability.STABLE


def test_only_whole_audited_years_confirm(three_years, soc, minato, shinjuku):
    approve(soc)
    report = ratio_report(LAST)
    assert [(year.year, value) for year, value in report.annual] == [(2023, None), (2024, 2), (2025, 2)]
    assert report.confirmation is Confirmation.TOO_SHORT
    for ward in (minato, shinjuku):
        for month in Month.between(Month(2023, 4), FIRST.shift(-1)):
            add_cost(ward, month, 2000)
    assert ratio_report(LAST).confirmation is Confirmation.CONFIRMED
    for month in Month.between(Month(2024, 4), Month(2025, 3)):
        add_cost(minato, month, 2000, category="line")
    assert ratio_report(LAST).confirmation is Confirmation.NOT_CONFIRMED


def test_the_page_shows_verdict_interval_and_rule(client_of, bob, three_years, soc):
    address = reverse("costs:ratio")
    assert "承認された定義はまだありません" in client_of(bob).get(address).content.decode()
    approve(soc)
    page = client_of(bob).get(address).content.decode()
    for text in ("信頼度90%", "±3%", "36か月", "D&#x27;-2", "第1版", "2028年4月", "見ておきたいところ"):
        assert text in page, text
    assert f"{reverse('costs:overview')}?from=2026-10&amp;to=2026-10" in page


def test_the_page_is_empty_without_bills(client_of, bob, organisations):
    page = client_of(bob).get(reverse("costs:ratio"))
    assert page.status_code == 200
    assert "比率を出せる月がまだありません" in page.content.decode()
    assert client_of(bob).get(reverse("costs:ratio-export", args=["csv"])).status_code == 404


def test_another_wards_ratio_does_not_open(client_of, bob, three_years, soc):
    client = client_of(bob)
    assert client.get(reverse("costs:ratio") + "?ward=131032").status_code == 200
    assert client.get(reverse("costs:ratio") + "?ward=131041").status_code == 404
    assert client.get(reverse("costs:ratio") + "?month=いつか").status_code == 404


def test_downloads_hold_36_months(client_of, bob, three_years, soc):
    approve(soc)
    answer = client_of(bob).get(reverse("costs:ratio-export", args=["csv"]))
    lines = answer.content.decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 37
    assert lines[1].startswith("2023-11,2.0000,2.0000,2.0000,4000,200000,2,1")
    assert client_of(bob).get(reverse("costs:ratio-export", args=["xlsx"])).status_code == 200
    assert client_of(bob).get(reverse("costs:ratio-export", args=["exe"])).status_code == 404
