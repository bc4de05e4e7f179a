"""The ratio is the bills over the expenditure, or nothing; its evidence is what it counts."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor, PermissionRefused
from yui.kernel.scope.models import Visibility
from yui.transition.costs.measures import it_expenditure_ratio, it_operating_cost
from yui.transition.costs.models import ExpenditureKind, TotalExpenditure
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
MAY = Period.of_month(Month(2026, 5))
YEAR = Period.of_fiscal_year(FiscalYear(2026))
JOINT = MeasureScope(None)


def total(organisation, yen, year=2026, kind=ExpenditureKind.SETTLED):
    return TotalExpenditure.objects.create(
        organisation=organisation,
        fiscal_year=year,
        kind=kind,
        amount_yen=yen,
        source="test",
        visibility=Visibility.PUBLIC,
    )


def test_there_is_no_figure_without_bills_or_without_a_total(take_in, bill_file, minato):
    scope = MeasureScope(minato)
    assert it_expenditure_ratio(scope, MAY) is None
    total(minato, 12_000)
    assert it_expenditure_ratio(scope, MAY) is None
    take_in(bill_file({}))
    TotalExpenditure.objects.unscoped("test").delete()
    assert it_expenditure_ratio(scope, MAY) is None
    assert it_operating_cost(scope, MAY).value == Decimal("10.5")


def test_a_month_is_measured_against_a_twelfth_of_its_year(take_in, bill_file, minato):
    total(minato, 12_000)
    take_in(bill_file({"BilledCost": "20"}, {"BilledCost": "-5"}))
    figure = it_expenditure_ratio(MeasureScope(minato), MAY)
    assert (figure.numerator, figure.denominator, figure.value) == (15, 1000, Decimal("1.5"))
    assert figure.note == ""


def test_a_year_is_the_sum_over_the_total_and_says_which_months_it_counts(take_in, bill_file, minato):
    total(minato, 12_000)
    months = [f"{month}-01T00:00:00Z" for month in map(str, FiscalYear(2026).months)]
    take_in(bill_file(*({"BilledCost": "10", "BillingPeriodStart": start} for start in months)))
    figure = it_expenditure_ratio(MeasureScope(minato), YEAR)
    assert (figure.numerator, figure.denominator, figure.value) == (120, 12_000, 1)
    assert figure.note == ""


def test_a_year_under_way_counts_the_same_months_on_both_sides(take_in, bill_file, minato):
    total(minato, 12_000, kind=ExpenditureKind.BUDGET)
    take_in(bill_file({"BilledCost": "10"}))
    figure = it_expenditure_ratio(MeasureScope(minato), YEAR)
    assert (figure.denominator, figure.value) == (1000, 1)
    assert "1" in figure.note and "12" in figure.note


def test_the_settled_total_counts_before_the_budget(take_in, bill_file, minato):
    total(minato, 12_000)
    total(minato, 24_000, kind=ExpenditureKind.BUDGET)
    take_in(bill_file({"BilledCost": "10"}))
    assert it_expenditure_ratio(MeasureScope(minato), MAY).denominator == 1000


def test_foreign_bills_need_the_rate_of_their_month(take_in, bill_file, minato, soc):
    total(minato, 12_000)
    take_in(bill_file({"BilledCost": "2", "BillingCurrency": "USD"}, {"BilledCost": "5"}))
    assert it_expenditure_ratio(MeasureScope(minato), MAY) is None
    for month, rate in (("2026-04", "999"), ("2026-05", "150.5")):
        set_exchange_rate(
            SYSTEM,
            organisation=soc,
            currency="USD",
            month=Month.parse(month),
            yen_per_unit=Decimal(rate),
            source="x",
        )
    assert it_expenditure_ratio(MeasureScope(minato), MAY).numerator == Decimal("306.0")


def test_the_joint_figure_adds_the_wards_that_have_both(take_in, bill_file, minato, shinjuku, organisations):
    total(minato, 12_000)
    total(shinjuku, 24_000)
    path = bill_file({"BilledCost": "30"})
    take_in(path)
    take_in(path, organisations["131016"])
    take_in(bill_file({"BilledCost": "60"}, name="other.csv"), shinjuku)
    figure = it_expenditure_ratio(JOINT, MAY)
    assert (figure.numerator, figure.denominator, figure.value) == (90, 3000, 3)
    assert it_operating_cost(JOINT, MAY).value == 120


def test_many_figures_at_once_are_the_same_figures(
    take_in, bill_file, minato, shinjuku, django_assert_max_num_queries
):
    total(minato, 12_000)
    total(shinjuku, 36_000)
    take_in(bill_file({"BilledCost": "30"}))
    take_in(
        bill_file({"BilledCost": "60", "BillingPeriodStart": "2026-06-01T00:00:00Z"}, name="b.csv"), shinjuku
    )
    scopes = [MeasureScope(minato), MeasureScope(shinjuku), JOINT]
    periods = [Period.of_month(month) for month in FiscalYear(2026).months]
    for definition in (it_expenditure_ratio, it_operating_cost):
        with django_assert_max_num_queries(5):
            found = definition.many(scopes, periods)
        for scope in scopes:
            for period in periods:
                one, other = definition(scope, period), found.get((scope, period))
                assert (one and one.value) == (other and other.value)


def test_evidence_lists_bill_lines_then_the_total_only_to_those_who_may_see(
    take_in, bill_file, minato, alice, charlie, actor_of
):
    total(minato, 12_000)
    take_in(bill_file({"BilledCost": "20"}, {"BilledCost": "5"}))
    for scope in (MeasureScope(minato), JOINT):
        evidence = it_expenditure_ratio(scope, MAY).evidence
        assert evidence.count(actor_of(alice)) == 3
        rows = evidence.rows(actor_of(alice), 0, 50)
        amounts = [dict(zip((c.key for c in evidence.columns), row.cells, strict=True)) for row in rows]
        assert sorted(row["BilledCost"] for row in amounts) == ["12000", "20", "5"]
        assert [row["BilledCost"] for row in amounts][-1] == "12000"
        # The stranger sees the published total, and no line of another ward's bill.
        assert evidence.count(actor_of(charlie)) == 1


def test_only_a_joint_body_sets_rates(minato, soc, alice, jun, actor_of):
    values = {"currency": "USD", "month": Month(2026, 5), "yen_per_unit": Decimal(150), "source": "x"}
    with pytest.raises(ValidationError):
        set_exchange_rate(actor_of(alice), organisation=minato, **values)
    with pytest.raises(PermissionRefused):
        set_exchange_rate(actor_of(alice), organisation=soc, **values)
    assert set_exchange_rate(actor_of(jun), organisation=soc, **values).yen_per_unit == 150
    with pytest.raises(ValidationError):
        set_exchange_rate(actor_of(jun), organisation=soc, **(values | {"yen_per_unit": Decimal(0)}))
