"""``yui costs forecast`` and ``yui costs anomalies``."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yui.transition.costs.commands import anomalies, forecast

pytestmark = pytest.mark.django_db


def run(command, *arguments):
    out = StringIO()
    call_command(command.Command(), *arguments, stdout=out)
    return out.getvalue()


def test_forecast_prints_totals_and_series(bill_of_months):
    bill_of_months([500_000] * 24)
    (row,) = json.loads(run(forecast, "--json"))
    assert (row["ward"], row["fiscal_year"], row["total_yen"]) == ("131032", 2026, 6_000_000)
    assert row["range_80"] == [6_000_000, 6_000_000]
    assert [each["method"] for each in row["series"]] == ["fixed"]
    assert run(forecast, "--ward", "131032").startswith("131032\t2026\t6,000,000 JPY")
    assert json.loads(run(forecast, "--ward", "131041", "--json")) == []


def test_anomalies_prints_what_is_open(odd_costs):
    (row,) = json.loads(run(anomalies, "--json"))
    assert (row["ward"], row["kind"], row["period"], row["actual"]) == ("131032", "spike", "2026-07", "2500")
    assert "1001 → 2500 JPY" in run(anomalies, "--ward", "131032")
    assert json.loads(run(anomalies, "--ward", "131041", "--json")) == []


@pytest.mark.parametrize("command", [forecast, anomalies])
def test_an_unknown_ward_is_refused(command, lake, db):
    with pytest.raises(CommandError, match="999999"):
        run(command, "--ward", "999999")
