"""架空データ: fixed payments, odd costs, and the outlook and anomalies found in them.

The first wards get three more bills each: a lease paid by the month, a line whose bill once did not come, and
a few months of daily cloud usage with a step on the same day in all of them and a spike in one.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.registry.public import systems_by_code
from yui.transition.costs.demo.bill_files import charge_row, seed_bill
from yui.transition.costs.demo.bills import PROVIDER
from yui.transition.costs.demo.pricing import MADE_UP
from yui.transition.costs.models import AnomalyKind, CostAnomaly, CostForecast
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.operations.explain_anomaly import explain_anomaly
from yui.transition.costs.operations.forecast_costs import forecast_costs

WARDS = 3
DAILY_MONTHS = 3
DAILY_SERVICES = ("コンテナ実行", "ログ保管")
LINE_PROVIDER, LEASE_PROVIDER = "架空回線", "架空リース"
STEP_DAY, SPIKE_DAY = 14, 9
MISSED_MONTHS_AGO = 4


def seed(demo: Demonstration) -> None:
    """Seed the bills, then look ahead and for anomalies; a second run changes nothing.

    Looking ahead takes about a second for a ward: the nightly job does it for all others.
    """
    if CostForecast.objects.unscoped("seeding once").exists():
        return
    for place, ward in enumerate(demo.wards[:WARDS]):
        random = demo.random_for(f"costs.outlook:{ward.code}")
        system = min(systems_by_code(demo.actor, ward), default="架空01")
        _seed_monthly(demo, ward, system)
        _seed_daily(demo, ward, system, random, has_spike=place == 0)
        forecast_costs(demo.actor, ward)
    for ward in demo.wards:
        detect_anomalies(demo.actor, ward)
    _explain_one(demo)


def _seed_monthly(demo: Demonstration, ward: Organisation, system: str) -> None:
    """Seed a lease of the same amount every month, and a line of which one bill is missing."""
    missed = demo.last_month.shift(-MISSED_MONTHS_AGO)
    for year in sorted({month.fiscal_year for month in demo.months}):
        months = [month for month in year.months if demo.first_month <= month <= demo.last_month]
        lease = [
            _payment(month, Decimal(385_000), LEASE_PROVIDER, "other", system, "端末の賃貸借")
            for month in months
        ]
        line = [
            _payment(month, _line_charge(month), LINE_PROVIDER, "line", system, "専用線")
            for month in months
            if month != missed
        ]
        seed_bill(demo, ward, year, "lease", lease)
        seed_bill(demo, ward, year, "line", line)


def _line_charge(month: Month) -> Decimal:
    """Return a charge that moves a little from month to month."""
    return Decimal(212_000 + 500 * (month.index % 3))


def _payment(
    month: Month, cost: Decimal, provider: str, category: str, system: str, name: str
) -> dict[str, Any]:
    row = charge_row(month, cost, "JPY", provider, "一般会計", f"{name} {MADE_UP}", category)
    return row | {
        "x_part": f"{provider} / 一般会計",
        "x_tag_system": system,
        "x_contract_number": f"{MADE_UP}-{provider}",
        "ChargeCategory": "Purchase",
    }


def _seed_daily(
    demo: Demonstration, ward: Organisation, system: str, random: Random, *, has_spike: bool
) -> None:
    """Seed daily usage of the last months, month by month in one bill per fiscal year."""
    months = demo.months[-DAILY_MONTHS:]
    years: dict[FiscalYear, list[dict[str, Any]]] = {}
    for service in DAILY_SERVICES:
        for row in _days(ward, months, system, service, random, has_spike=has_spike):
            years.setdefault(Month.parse(row["x_month"]).fiscal_year, []).append(row)
    for year, rows in sorted(years.items()):
        seed_bill(demo, ward, year, "cloud-daily", rows)


def _days(
    ward: Organisation, months: list[Month], system: str, service: str, random: Random, *, has_spike: bool
) -> Iterator[dict[str, Any]]:
    """Yield a line for each day: a step in the last month, and a spike of the first service before it."""
    for month in months:
        for day in range(1, month.last_day.day + 1):
            cost = Decimal(random.randint(940, 1060)) / 100
            if service == DAILY_SERVICES[0] and month == months[-1] and day >= STEP_DAY:
                cost *= Decimal("1.9")
            if has_spike and service == DAILY_SERVICES[1] and month == months[-1] and day == SPIKE_DAY:
                cost *= 6
            start = datetime.combine(month.first_day.replace(day=day), time())
            account = f"{MADE_UP}-{ward.code}-日別"
            yield charge_row(month, cost, "USD", PROVIDER, account, service, "cloud") | {
                "x_tag_system": system,
                "ResourceId": f"{system}-{service}",
                "ChargeCategory": "Usage",
                "ChargePeriodStart": start,
                "ChargePeriodEnd": start + timedelta(days=1),
            }


def _explain_one(demo: Demonstration) -> None:
    """Explain one spike, so that the record of a finished case can be seen."""
    found = CostAnomaly.objects.unscoped("demonstration").filter(
        kind=AnomalyKind.SPIKE, service=DAILY_SERVICES[1]
    )
    for anomaly in found.select_related("organisation")[:1]:
        explain_anomaly(
            demo.actor,
            anomaly=anomaly,
            outcome="explained",
            explanation=f"{MADE_UP}: 監査のために、その日だけ過去のログを取り出しました。",
        )
