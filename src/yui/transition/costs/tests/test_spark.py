"""Spark adds the same files up to the same decimals as DuckDB; without Spark the command says what to do."""

import importlib.util
import json
import shutil
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yui.transition.costs.commands import roll_up
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.operations.map_system import map_system
from yui.transition.costs.tests.test_ledger import HEADING, line
from yui.transition.costs.tests.test_roll_up import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def spark():
    """Leave the test out where Spark cannot run, and say why."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed: make spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime: apt install openjdk-17-jre-headless")


@pytest.fixture
def filled(take_in, bill_file, tmp_path, minato, shinjuku):
    """Bills of two wards with odd amounts, two currencies, rules, and columns that only some files have."""
    take_in(
        bill_file(
            {"BilledCost": "0.000000000000000001", "EffectiveCost": "12345678901234.123456789012345678"},
            {"BilledCost": "-7.3", "Tags": "", "SubAccountId": "sub-2"},
            {"BilledCost": "5", "Tags": "", "SubAccountId": "sub-3", "BillingCurrency": "USD"},
            {
                "BilledCost": "2",
                "BillingPeriodStart": "2026-06-01T00:00:00Z",
                "Tags": f'{{"system": "{"長" * 90}"}}',
            },
        )
    )
    take_in(bill_file({"BilledCost": "1"}, name="other.csv", without=("SubAccountId", "Tags")), shinjuku)
    path = tmp_path / "ledger.csv"
    path.write_text(HEADING + line(amount="1,000") + line(amount="▲3", category="その他"), "utf-8")
    take_in(path)
    for column, value, code in (("SubAccountId", "sub-2", "S-2"), ("x_contract_number", "K-1", "S-7")):
        map_system(SYSTEM, organisation=minato, column=column, value=value, system_code=code)


def told(*options):
    out = StringIO()
    try:
        call_command(roll_up.Command(), "--json", *options, stdout=out)
    except SystemExit as ended:
        assert ended.code == 1
    return json.loads(out.getvalue())


@pytest.mark.parametrize("ward, sums", [("", 7), ("131041", 1)])
def test_what_is_stored_is_what_the_lake_holds(filled, ward, sums):
    options = ["--ward", ward] if ward else []
    found = told(*options)
    assert (found["engine"], found["sums"], found["different"]) == ("duckdb", sums, [])


def test_a_difference_is_told_and_rebuilding_mends_it(filled):
    MonthlyCost.objects.unscoped("test").filter(system_code="S-2").update(billed_units=1)
    (different,) = told()["different"]
    assert different["lake"] == ["-7.3", "10.5", "1"]
    assert different["stored"][0] == "1.7"
    call_command(roll_up.Command(), "--rebuild", stdout=StringIO())
    assert told()["different"] == []


@pytest.mark.spark
def test_spark_and_duckdb_agree_row_by_row(filled, spark, organisations):
    each = [organisations["131032"], organisations["131041"]]
    by_spark, by_duckdb = roll_up._added_up(each, "spark"), roll_up._added_up(each, "duckdb")
    assert by_spark == by_duckdb
    assert sum(map(len, by_spark.values())) == 7
    assert told("--engine", "spark")["different"] == []


def test_without_spark_the_command_says_what_to_do(filled, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(CommandError, match="--engine duckdb"):
        call_command(roll_up.Command(), "--engine", "spark")


def test_an_unknown_ward_is_refused(db):
    with pytest.raises(CommandError, match="999999"):
        call_command(roll_up.Command(), "--ward", "999999")
