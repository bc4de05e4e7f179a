"""AWS bills: both layouts, commitments, taxes, credits and refunds."""

import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb

from yui.transition.costs.tests.converting import convert, cost
from yui.transition.costs.tests.provider_files import AWS, csv_bytes


def test_cur_2_and_the_legacy_layout_say_the_same():
    legacy = csv_bytes(AWS)
    heading, rest = legacy.decode().split("\n", 1)
    names = {"lineItem/": "line_item_", "savingsPlan/": "savings_plan_", "bill/": "bill_"}
    assert "lineItem/UnblendedCost" in heading
    with duckdb.connect() as database, tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "legacy.csv"
        source.write_bytes(legacy)
        database.execute(
            f'COPY (SELECT "lineItem/UnblendedCost"::DOUBLE AS line_item_unblended_cost, '
            '"lineItem/LineItemType" AS line_item_line_item_type, '
            '"lineItem/UsageStartDate"::TIMESTAMP AS line_item_usage_start_date, '
            '"lineItem/UsageEndDate"::TIMESTAMP AS line_item_usage_end_date, '
            '"lineItem/CurrencyCode" AS line_item_currency_code, '
            '"lineItem/ProductCode" AS line_item_product_code, '
            '"bill/PayerAccountId" AS bill_payer_account_id, '
            '"bill/BillingPeriodStartDate"::TIMESTAMP AS bill_billing_period_start_date, '
            '"bill/BillingPeriodEndDate"::TIMESTAMP AS bill_billing_period_end_date, '
            "map(['product_name'], ['Amazon Elastic Compute Cloud']) AS product, "
            "map(['user_system', 'user_env'], ['S-1', 'prod']) AS resource_tags "
            f"FROM read_csv('{source}', all_varchar = true)) TO '{folder}/cur2.parquet' (FORMAT parquet)"
        )
        _bill, new = convert((Path(folder) / "cur2.parquet").read_bytes())
    _bill, old = convert(legacy)
    assert names and rest
    for name in ("BilledCost", "BillingAccountId", "BillingPeriodStart", "ServiceName", "ServiceCategory"):
        assert new[0][name] == old[0][name]
    assert (new[0]["x_tag_system"], new[0]["x_tag_environment"]) == ("S-1", "prod")
    assert old[0]["x_tag_system"] == "S-1"


def test_commitments_of_aws_are_billed_once_and_spread_over_what_they_cover():
    plan = {"savingsPlan/SavingsPlanARN": "arn:sp"}
    bill, rows = convert(
        csv_bytes(
            AWS,
            {
                "lineItem/LineItemType": "SavingsPlanCoveredUsage",
                "savingsPlan/SavingsPlanEffectiveCost": "7.5",
            }
            | plan,
            {"lineItem/LineItemType": "SavingsPlanNegation", "lineItem/UnblendedCost": "-12"} | plan,
            {
                "lineItem/LineItemType": "SavingsPlanRecurringFee",
                "lineItem/UnblendedCost": "9",
                "savingsPlan/TotalCommitmentToDate": "9",
                "savingsPlan/UsedCommitment": "7.5",
            }
            | plan,
            {
                "lineItem/LineItemType": "DiscountedUsage",
                "lineItem/UnblendedCost": "0",
                "reservation/EffectiveCost": "3.25",
                "reservation/ReservationARN": "arn:ri",
            },
            {
                "lineItem/LineItemType": "RIFee",
                "lineItem/UnblendedCost": "4",
                "reservation/ReservationARN": "arn:ri",
                "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "0.5",
                "reservation/UnusedRecurringFee": "0.25",
            },
            {
                "lineItem/LineItemType": "Fee",
                "lineItem/UnblendedCost": "100",
                "reservation/ReservationARN": "arn:ri",
            },
            {"lineItem/LineItemType": "Fee", "lineItem/UnblendedCost": "5"},
        )
    )
    plain = [row for row in rows if not row["x_split"]]
    assert [cost(row) for row in plain] == [
        (0, Decimal("7.5")),
        (0, 0),
        (9, 0),
        (0, Decimal("3.25")),
        (4, 0),
        (100, 0),
        (5, 5),
    ]
    unused = [row for row in rows if row["x_split"]]
    assert [cost(row) for row in unused] == [(0, Decimal("1.5")), (0, Decimal("0.75"))]
    assert {(row["ChargeCategory"], row["CommitmentDiscountStatus"]) for row in unused} == {
        ("Usage", "Unused")
    }
    assert [row["CommitmentDiscountStatus"] for row in plain][:4] == ["Used", None, None, "Used"]
    assert bill.billed == {"USD": Decimal(118)}
    assert (bill.rows_accepted, bill.rows_rejected) == (7, 0)
    # FOCUS, EffectiveCost: what a commitment's usage costs is what the commitment was billed.
    assert bill.effective["USD"] == Decimal("7.5") + Decimal("1.5") + Decimal("3.25") + Decimal("0.75") + 5
    assert any("別の行" in note for note in bill.notes)


def test_savings_plans_that_do_not_cancel_out_are_said():
    bill, _rows = convert(
        csv_bytes(
            AWS,
            {"lineItem/LineItemType": "SavingsPlanCoveredUsage", "savingsPlan/SavingsPlanEffectiveCost": "7"},
        )
    )
    assert any("12 USD" in note for note in bill.notes)


def test_taxes_credits_and_refunds_of_aws_are_told_apart():
    kinds = [("Tax", "1.2"), ("Credit", "-3"), ("Refund", "-4"), ("EdpDiscount", "-0.5"), ("なにか", "1")]
    bill, rows = convert(
        csv_bytes(
            AWS,
            *({"lineItem/LineItemType": kind, "lineItem/UnblendedCost": amount} for kind, amount in kinds),
        )
    )
    assert [(row["ChargeCategory"], row["ChargeClass"]) for row in rows] == [
        ("Tax", None),
        ("Credit", None),
        ("Credit", "Correction"),
        ("Usage", None),
        ("Adjustment", None),
    ]
    assert bill.billed == {"USD": Decimal("-5.3")}
    assert any("なにか(1)" in note for note in bill.notes)
