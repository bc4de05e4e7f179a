"""An outlook is made once for the same bills, kept with its inputs, and added up in yen at stated rates."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor, PermissionRefused
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.worker import JobWorker
from yui.transition.costs.models import CostAnomaly, CostForecast
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.operations.forecast_costs import forecast_costs
from yui.transition.costs.queries.outlook import outlook_for

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def runs():
    return CostForecast.objects.unscoped("test")


def test_without_bills_there_is_no_outlook(lake, minato):
    assert forecast_costs(SYSTEM, minato) is None
    assert outlook_for(SYSTEM) is None


def test_the_same_bills_are_worked_out_once(bill_of_months, minato):
    bill_of_months([500_000] * 24)
    first = forecast_costs(SYSTEM, minato)
    entries = Entry.objects.count()
    assert forecast_costs(SYSTEM, minato) == first
    assert (runs().count(), Entry.objects.count()) == (1, entries)
    assert (first.fiscal_year, first.last_month) == (2026, "2026-08")
    bill_of_months([500_000], first=Month(2026, 9), name="september.csv")
    second = forecast_costs(SYSTEM, minato)
    assert second != first and second.last_month == "2026-09"
    assert list(runs().filter(is_current=True)) == [second]


def test_another_rate_is_reason_to_look_again_only_where_bills_are_in_its_currency(
    bill_of_months, minato, shinjuku, rate
):
    bill_of_months([100] * 8, currency="USD")
    bill_of_months([500_000] * 8, organisation=shinjuku, name="shinjuku.csv")
    first = {ward: forecast_costs(SYSTEM, ward) for ward in (minato, shinjuku)}
    rate(Month(2026, 8), 150)
    assert forecast_costs(SYSTEM, minato) != first[minato]
    assert forecast_costs(SYSTEM, shinjuku) == first[shinjuku]


def test_a_year_of_fixed_payments_is_exact(bill_of_months, minato):
    bill_of_months([500_000] * 24)
    forecast_costs(SYSTEM, minato)
    found = outlook_for(SYSTEM)
    assert (found.total, found.inner, found.before) == (6_000_000, (6_000_000, 6_000_000), 6_000_000)
    assert [each.actual for each in found.months] == [500_000] * 5 + [None] * 7
    assert [each.expected for each in found.months] == [None] * 5 + [500_000] * 7
    assert (found.months_before, found.is_stale, found.others) == (12, False, 0)


def test_foreign_amounts_count_at_the_newest_rate_or_at_the_one_asked_for(bill_of_months, minato, rate):
    bill_of_months([100] * 24, currency="USD")
    forecast_costs(SYSTEM, minato)
    found = outlook_for(SYSTEM)
    assert found.total is None and found.rates[0].rate is None
    for month in Month.between(Month(2025, 4), Month(2026, 8)):
        rate(month, 140 if month < Month(2026, 8) else 150)
    found = outlook_for(SYSTEM)
    assert found.total == 100 * (140 * 4 + 150) + 100 * 7 * 150
    assert (found.rates[0].month, found.rates[0].amount) == ("2026-08", 700)
    assert outlook_for(SYSTEM, assumed={"USD": Decimal(160)}).total == found.total + 700 * 10


def test_bills_that_came_later_are_not_counted_twice(bill_of_months, minato):
    bill_of_months([500_000] * 24)
    forecast_costs(SYSTEM, minato)
    bill_of_months([900_000], first=Month(2026, 9), name="september.csv")
    found = outlook_for(SYSTEM)
    assert found.total == 6_000_000
    assert found.is_stale


def test_usage_has_an_interval_that_widens_and_short_series_are_named(
    bill_of_months, bill_file, take_in, minato
):
    bill_of_months([100_000 + step * 1500 + (step * 7919) % 9000 for step in range(30)])
    take_in(
        bill_file({"BilledCost": "7", "Tags": '{"system": "S-2"}', "BillingAccountId": "new"}, name="n.csv")
    )
    forecast_costs(SYSTEM, minato)
    found = outlook_for(SYSTEM)
    spans = [each.outer[1] - each.outer[0] for each in found.months if each.outer]
    assert spans == sorted(spans) and spans[0] > 0
    assert found.outer[0] < found.inner[0] < found.total < found.inner[1] < found.outer[1]
    assert [each.forecast.key.system for each in found.unforeseen] == ["S-2"]
    assert runs().get().wape is not None


def test_a_reader_sees_the_outlook_of_his_own_ward(
    bill_of_months, minato, shinjuku, alice, charlie, actor_of
):
    bill_of_months([500_000] * 24)
    bill_of_months([300_000] * 24, organisation=shinjuku, name="shinjuku.csv")
    for ward in (minato, shinjuku):
        forecast_costs(SYSTEM, ward)
    assert outlook_for(actor_of(alice)).total == 6_000_000
    assert outlook_for(actor_of(charlie)).total == 3_600_000
    assert outlook_for(actor_of(charlie), ward="131032") is None
    assert outlook_for(SYSTEM).total == 9_600_000


def test_a_budget_is_compared_only_where_every_ward_has_one(
    bill_of_months, budget_of, minato, shinjuku, charlie, actor_of
):
    bill_of_months([500_000] * 24)
    bill_of_months([300_000] * 24, organisation=shinjuku, name="shinjuku.csv")
    for ward in (minato, shinjuku):
        forecast_costs(SYSTEM, ward)
    budget_of(shinjuku, 3_500_000)
    found = outlook_for(SYSTEM)
    assert (found.budget, found.budget_left, found.without_budget) == (None, None, 1)
    assert outlook_for(SYSTEM, ward="131041").budget_left == -100_000
    budget_of(minato, 6_000_000)
    assert outlook_for(SYSTEM).budget_left == -100_000
    assert outlook_for(actor_of(charlie)).budget == 3_500_000


def test_without_a_total_nothing_is_left_of_a_budget(bill_of_months, budget_of, minato):
    bill_of_months([100] * 24, currency="USD")
    budget_of(minato, 1_000_000)
    forecast_costs(SYSTEM, minato)
    found = outlook_for(SYSTEM)
    assert (found.budget, found.total, found.budget_left) == (1_000_000, None, None)


def test_who_may_not_edit_makes_no_outlook(bill_of_months, minato, bob, charlie, audrey, actor_of):
    bill_of_months([500_000] * 8)
    for user in (bob, charlie, audrey):
        with pytest.raises(PermissionRefused):
            forecast_costs(actor_of(user), minato)
    assert not runs().exists()


@pytest.mark.django_db(transaction=True)
def test_the_nightly_jobs_look_at_everybody_with_bills(odd_costs, bill_of_months, minato, shinjuku, soc):
    bill_of_months([300_000] * 24, organisation=shinjuku, name="shinjuku.csv")
    for kind in ("costs.forecast", "costs.anomalies"):
        enqueue(SYSTEM, soc, kind)
    enqueue(SYSTEM, minato, "costs.look_ahead")
    JobWorker().drain()
    assert {job.state for job in Job.objects.unscoped("test")} == {"succeeded"}
    assert {run.organisation for run in runs()} == {minato, shinjuku}
    assert CostAnomaly.objects.unscoped("test").get().organisation == minato


@pytest.mark.parametrize(
    "name", ["focus10_real_anonymised_1000.csv", "gen3000_focus_1_3_cost_and_usage_aws.csv"]
)
def test_real_files_are_looked_at_whole(shared_data, take_in, minato, name):
    bill = take_in(shared_data / "costs" / "focus" / name).bill
    made = forecast_costs(SYSTEM, minato)
    recent = sum(Decimal(series["recent"]) for series in made.series)
    if bill.first_month == bill.last_month:
        # A single month cannot be foreseen: every amount is named as too short, none is lost.
        assert {series["method"] for series in made.series} == {"short"}
        assert recent == bill.billed_amounts()["USD"]
    assert detect_anomalies(SYSTEM, minato) >= 0
    assert outlook_for(SYSTEM).year.year == made.fiscal_year
