"""Yui's own rules find what is wrong with a file, and nothing in a good one."""

import json

import pytest

from yui.transition.costs.engine.validation.currencies import NATIONAL_CURRENCIES
from yui.transition.costs.formats.focus_columns import VERSIONS
from yui.transition.costs.formats.own_rule_model import own_rule_model
from yui.transition.costs.formats.rule_model_errors import UnknownVersion
from yui.transition.costs.tests.focus_rows import broken, examined, write_focus, write_parquet


@pytest.mark.parametrize("name", ["bill.csv", "bill.csv.gz"])
def test_a_good_file_breaks_nothing(tmp_path, name):
    report, _verdicts = examined(write_focus(tmp_path / name, {}, {}))
    assert not report.has_failures
    assert (report.rows, report.version, report.is_official) == (2, "1.2", False)
    assert report.summary["pass"] > 100
    assert report.summary["total"] == sum(
        report.summary[name] for name in ("pass", "fail", "not_applicable", "skipped")
    )


@pytest.mark.parametrize(
    "cells, rule",
    [
        ({"BilledCost": ""}, "BilledCost.filled"),
        ({"BilledCost": "1,000"}, "BilledCost.type"),
        ({"BilledCost": "+1"}, "BilledCost.format"),
        ({"BilledCost": "1e+3"}, "BilledCost.format"),
        ({"BilledCost": "¥10"}, "BilledCost.format"),
        ({"BillingPeriodStart": "2026-05-01 00:00:00"}, "BillingPeriodStart.format"),
        ({"BillingPeriodStart": "2026-05-01T00:00:00+09:00"}, "BillingPeriodStart.format"),
        ({"BillingPeriodStart": "2026-02-30T00:00:00Z"}, "BillingPeriodStart.format"),
        ({"BillingPeriodStart": "きのう"}, "BillingPeriodStart.type"),
        ({"BillingPeriodEnd": "2026-05-01T00:00:00Z"}, "BillingPeriodStart.order"),
        ({"BillingCurrency": "jpy"}, "BillingCurrency.format"),
        ({"BillingCurrency": "ABC"}, "BillingCurrency.national"),
        ({"BillingCurrency": "credits"}, "BillingCurrency.national"),
        ({"ChargeCategory": "usage"}, "ChargeCategory.value"),
        ({"ServiceSubcategory": "Block Storage"}, "ServiceSubcategory.parent"),
        ({"PricingUnit": "GiB/Second-Months"}, "PricingUnit.format"),
        ({"PricingUnit": ""}, "PricingUnit.with"),
        ({"ListUnitPrice": "-1"}, "ListUnitPrice.range"),
        ({"ListUnitPrice": "11"}, "ListCost.product"),
        ({"ChargeCategory": "Tax"}, "ListUnitPrice.tax"),
        ({"ChargeCategory": "Purchase"}, "ChargeFrequency.purchase"),
        ({"Tags": "{"}, "Tags.format"),
        ({"Tags": "[1]"}, "Tags.format"),
        ({"Tags": '{"a": {"b": 1}}'}, "Tags.format"),
        ({"ServiceName": "\ufffd"}, "ServiceName.format"),
    ],
)
def test_one_wrong_cell_breaks_its_rule_in_its_row(tmp_path, cells, rule):
    path = write_focus(tmp_path / "bill.csv", {}, cells, {})
    _report, verdicts = examined(path)
    assert verdicts[rule].status == "fail"
    assert verdicts[rule].failed_rows == 1
    assert {example.row for example in verdicts[rule].examples} == {3}
    assert next(iter(cells)) in {example.column for example in verdicts[rule].examples}


@pytest.mark.parametrize(
    "cells",
    [
        {"Tags": '{"note": "see: [here]", "n": 1, "t": true, "x": null}'},
        {"BilledCost": "-1.5E-3"},
        {"PricingUnit": "1000 Requests/3 Months"[:13]},
        {"PricingUnit": "GB-Hours"},
        {"PricingUnit": "Requests/Second"},
        {"ChargeClass": "Correction", "ListUnitPrice": "11"},
        {"ListUnitPrice": "10.5000004"},
        {"BillingAccountId": "0123"},
    ],
)
def test_what_the_specification_allows_breaks_nothing(tmp_path, cells):
    assert broken(write_focus(tmp_path / "bill.csv", cells)) == {}


def test_a_missing_column_fails_its_presence_and_nothing_else(tmp_path):
    path = write_focus(tmp_path / "bill.csv", {}, {}, without=("PublisherName", "ServiceSubcategory"))
    assert broken(path, version="1.2") == {"PublisherName.present": 2, "ServiceSubcategory.present": 2}


def test_conditional_columns_are_asked_for_when_the_criteria_are_declared(tmp_path):
    path = write_focus(tmp_path / "bill.csv", {})
    _report, verdicts = examined(path)
    assert verdicts["RegionId.present"].status == "not_applicable"
    assert verdicts["RegionId.present"].detail == "REGION_SUPPORTED"
    assert broken(path, criteria=("REGION_SUPPORTED",)).keys() == {"RegionId.present", "RegionName.present"}


def test_own_columns_have_a_prefix_and_come_last(tmp_path):
    found = broken(write_focus(tmp_path / "bill.csv", {}, extra=("x_Ward", "Ward")))
    assert found.keys() == {"ColumnHandling.prefix"}
    path = tmp_path / "mixed.csv"
    path.write_text("x_Ward," + write_focus(tmp_path / "plain.csv").read_text(), encoding="utf-8")
    assert broken(path).keys() == {"ColumnHandling.order"}


def test_one_service_in_two_categories_names_its_rows(tmp_path):
    other = {"ServiceCategory": "Storage", "ServiceSubcategory": "Block Storage"}
    path = write_focus(tmp_path / "bill.csv", {}, other, {"ServiceName": "別"})
    assert broken(path) == {"ServiceName.category": 2}


def test_types_of_parquet_are_judged_by_the_file_itself(tmp_path):
    path = write_parquet(
        tmp_path / "bill.parquet",
        "SELECT 1.5::DECIMAL(10, 2) AS BilledCost, '1.5' AS EffectiveCost, 'NaN'::DOUBLE AS ListCost, "
        "12 AS BillingAccountId, TIMESTAMP '2026-05-01' AS BillingPeriodStart, "
        '\'Usage\' AS ChargeCategory, \'a b\' AS "odd ""name"""',
    )
    found = broken(path)
    assert found["EffectiveCost.type"] == 1
    assert found["BillingAccountId.type"] == 1
    assert "BilledCost.type" not in found and "BillingPeriodStart.format" not in found


def test_every_version_has_rules_and_later_ones_have_more():
    counts = [len(own_rule_model("focus", version).rules) for version in VERSIONS]
    assert counts[:4] == sorted(counts[:4])
    assert len(own_rule_model("commitment", "1.4").rules) > len(own_rule_model("commitment", "1.3").rules)
    for dataset, version in (("focus", "9.9"), ("commitment", "1.0"), ("focus", "../1.2")):
        with pytest.raises(UnknownVersion):
            own_rule_model(dataset, version)


def test_the_currencies_are_those_of_the_official_list(shared_data):
    lines = (shared_data / "costs" / "model" / "iso4217_currency_codes.csv").read_text().split()[1:]
    listed = {line.split(",")[1] for line in lines}
    # Not in the list that came with the model: codes given since, and those of the United Arab Emirates.
    assert set(NATIONAL_CURRENCIES) - listed <= {"AED", "XAD", "XCG", "ZWG", "HRK"}
    assert listed - set(NATIONAL_CURRENCIES) == {"X" + "XX", "XTS"}


def test_columns_and_values_are_those_of_the_published_model(shared_data):
    data = json.loads((shared_data / "costs" / "model" / "focus_1_4_model.json").read_text())
    for name, dataset in (("Cost and Usage", "focus"), ("Contract Commitment", "commitment")):
        rules = own_rule_model(dataset, "1.4").rules
        columns = data["datasets"][name]["columns"]
        assert {rule.removesuffix(".present") for rule in rules if rule.endswith(".present")} == set(columns)
        for column, facts in columns.items():
            if facts["allowed_values"]:
                values = {check.arguments["Value"] for check in rules[f"{column}.value"].requirement.items}
                assert values == set(facts["allowed_values"])
            assert (f"{column}.filled" in rules) is not facts["allows_nulls"]
            assert bool(rules[f"{column}.present"].criteria) is (
                facts["feature_level"] == "Conditional" or bool(facts["condition"] != "n/a")
            )
