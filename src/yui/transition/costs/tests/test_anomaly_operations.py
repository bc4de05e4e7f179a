"""Anomalies are kept once, follow the bills while nobody decided, and stay once somebody did."""

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import Month
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor, PermissionRefused
from yui.transition.costs.models import AnomalyState, BillImport, CostAnomaly
from yui.transition.costs.operations.acknowledge_anomaly import acknowledge_anomaly
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.operations.explain_anomaly import explain_anomaly
from yui.transition.costs.operations.withdraw_bill import withdraw_bill
from yui.transition.costs.queries.anomalies import course_of

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def anomalies():
    return CostAnomaly.objects.unscoped("test")


def test_the_same_is_found_once(odd_costs, minato):
    assert detect_anomalies(SYSTEM, minato) == 1
    (found,) = anomalies()
    assert (found.kind, found.period, found.currency) == ("spike", "2026-07", "JPY")
    assert (found.expected, found.actual, found.percent) == ("1001", "2500", 150)
    assert found.impact_yen == 1499
    entries = Entry.objects.count()
    assert detect_anomalies(SYSTEM, minato) == 0
    assert Entry.objects.count() == entries


def test_an_exchange_rate_makes_no_anomaly(bill_of_months, minato, rate):
    for month, yen in ((Month(2026, 6), 100), (Month(2026, 7), 300)):
        rate(month, yen)
    bill_of_months([100 + step % 3 for step in range(12)], currency="USD")
    assert detect_anomalies(SYSTEM, minato) == 0


def test_a_missing_bill_is_found_and_cleared_when_it_comes(bill_of_months, minato):
    bill_of_months([1000] * 12, account="other", name="other.csv")
    bill_of_months([500] * 6 + [0] + [500] * 5)
    detect_anomalies(SYSTEM, minato)
    (found,) = anomalies()
    assert (found.kind, found.period, found.expected) == ("missing", "2026-03", "500")
    bill_of_months([500], first=Month(2026, 3), name="late.csv")
    assert detect_anomalies(SYSTEM, minato) == 1
    assert anomalies().get().state == AnomalyState.CLEARED


def test_what_came_back_is_open_again(odd_costs, bill_of_months, minato):
    detect_anomalies(SYSTEM, minato)
    bill = BillImport.objects.unscoped("test").get()
    withdraw_bill(SYSTEM, bill=bill, because="試験")
    detect_anomalies(SYSTEM, minato)
    assert anomalies().get().state == AnomalyState.CLEARED
    odd_costs()
    detect_anomalies(SYSTEM, minato)
    assert anomalies().get().state == AnomalyState.OPEN


def test_a_spike_that_goes_on_becomes_a_step(bill_of_months, minato):
    bill_of_months([1000 + step % 3 for step in range(9)] + [2000], first=Month(2025, 8))
    detect_anomalies(SYSTEM, minato)
    assert anomalies().get().kind == "spike"
    bill_of_months([2002, 2001], first=Month(2026, 6), name="more.csv")
    detect_anomalies(SYSTEM, minato)
    (found,) = anomalies()
    assert (found.kind, found.period) == ("step", "2026-05")
    assert found.last_period > found.period


def test_what_somebody_decided_stays(odd_costs, minato, alice, actor_of):
    detect_anomalies(SYSTEM, minato)
    explain_anomaly(
        actor_of(alice), anomaly=anomalies().get(), outcome="explained", explanation="年に一度の作業"
    )
    withdraw_bill(SYSTEM, bill=BillImport.objects.unscoped("test").get(), because="試験")
    assert detect_anomalies(SYSTEM, minato) == 0
    found = anomalies().get()
    assert (found.state, found.explanation) == ("explained", "年に一度の作業")
    assert found.decided_by == actor_of(alice).name


def test_acknowledging_is_noted_once(odd_costs, minato, alice, actor_of):
    detect_anomalies(SYSTEM, minato)
    acknowledge_anomaly(actor_of(alice), anomaly=anomalies().get())
    found = anomalies().get()
    assert found.state == AnomalyState.ACKNOWLEDGED and found.decided_at
    entries = Entry.objects.count()
    acknowledge_anomaly(actor_of(alice), anomaly=found)
    assert Entry.objects.count() == entries


def test_an_explanation_is_needed_where_something_is_settled(odd_costs, minato, alice, actor_of):
    detect_anomalies(SYSTEM, minato)
    found = anomalies().get()
    for outcome in ("explained", "false_alarm"):
        with pytest.raises(ValidationError):
            explain_anomaly(actor_of(alice), anomaly=found, outcome=outcome, explanation="  ")
    with pytest.raises(ValidationError):
        explain_anomaly(actor_of(alice), anomaly=found, outcome="cleared", explanation="x")
    assert anomalies().get().state == AnomalyState.OPEN
    explain_anomaly(actor_of(alice), anomaly=found, outcome="working", explanation="")
    assert anomalies().get().state == AnomalyState.WORKING


def test_only_the_ward_itself_decides(odd_costs, minato, bob, charlie, audrey, actor_of):
    detect_anomalies(SYSTEM, minato)
    found = anomalies().get()
    for user in (bob, charlie, audrey):
        with pytest.raises(PermissionRefused):
            acknowledge_anomaly(actor_of(user), anomaly=found)
        with pytest.raises(PermissionRefused):
            explain_anomaly(actor_of(user), anomaly=found, outcome="explained", explanation="x")
        with pytest.raises(PermissionRefused):
            detect_anomalies(actor_of(user), minato)


def test_days_are_looked_at_where_lines_are_daily(bill_file, take_in, minato):
    rows = []
    for step in range(60):
        month, day = 4 + step // 30, step % 30 + 1
        cost = 100 + step % 4 if step < 50 else 300
        following = f"2026-{month:02d}-{day + 1:02d}" if day < 30 else f"2026-{month + 1:02d}-01"
        rows.append(
            {
                "BilledCost": str(cost),
                "BillingPeriodStart": f"2026-{month:02d}-01T00:00:00Z",
                "BillingPeriodEnd": f"2026-{month + 1:02d}-01T00:00:00Z",
                "ChargePeriodStart": f"2026-{month:02d}-{day:02d}T00:00:00Z",
                "ChargePeriodEnd": f"{following}T00:00:00Z",
            }
        )
    take_in(bill_file(*rows))
    detect_anomalies(SYSTEM, minato)
    (found,) = anomalies()
    assert (found.grain, found.kind, found.period) == ("day", "step", "2026-05-21")
    course = course_of(SYSTEM, found)
    assert (course[0].period, course[-1].period) == ("2026-04-23", "2026-05-29")
    assert [each.amount for each in course[-10:-8]] == [101, 300]
