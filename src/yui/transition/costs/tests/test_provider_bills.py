"""Bills of the providers become FOCUS rows: every amount stays, every column says what FOCUS means by it."""

import gzip
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.transition.costs.engine.rows import EXACT, add_amounts
from yui.transition.costs.formats.focus import CHARGES, mandatory
from yui.transition.costs.tests.converting import convert, cost
from yui.transition.costs.tests.provider_files import (
    AWS,
    AZURE,
    GCP,
    MCA,
    OCI,
    csv_bytes,
    json_lines,
    sakura_bytes,
)

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=18, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "data, kind, account, month",
    [
        (csv_bytes(AWS), "aws-cur", "111122223333", "2026-05"),
        (csv_bytes(AZURE), "azure", "8600000", "2026-05"),
        (csv_bytes(MCA), "azure", "profile-1", "2026-05"),
        (csv_bytes(OCI), "oci", "55667788", "2026-05"),
        (json_lines(), "gcp", "AAAAAA-BBBBBB-CCCCCC", "2026-05"),
        (sakura_bytes(), "sakura", "aaa00000", "2026-05"),
    ],
    ids=["aws", "azure ea", "azure mca", "oci", "gcp", "sakura"],
)
def test_each_provider_is_recognised_and_gives_every_mandatory_column(data, kind, account, month):
    bill, rows = convert(data)
    assert (bill.kind, bill.version) == (kind, "1.4")
    assert {(share.account, share.month) for share in bill.shares} == {(account, month)}
    assert set(mandatory(CHARGES, "1.4")) <= set(rows[0])
    for name in ("BilledCost", "BillingPeriodEnd", "ChargePeriodEnd", "ChargeCategory", "ServiceName"):
        assert all(row[name] is not None for row in rows)
    assert convert(data, kind=kind)[0].billed == bill.billed
    assert convert(gzip.compress(data))[0].billed == bill.billed


@settings(max_examples=10, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=6))
def test_sums_are_exact_for_any_amounts_of_any_provider(values):
    total = {}
    for value in values:
        add_amounts(total, {"USD": value})
    texts = [f"{value:f}" for value in values]
    files = [
        csv_bytes(AWS, *({"lineItem/UnblendedCost": text} for text in texts)),
        csv_bytes(AZURE, *({"CostInBillingCurrency": text, "BillingCurrencyCode": "USD"} for text in texts)),
        csv_bytes(OCI, *({"cost/myCost": text, "cost/currencyCode": "USD"} for text in texts)),
        json_lines(*({"cost": text, "currency": "USD"} for text in texts)),
    ]
    for data in files:
        bill, _rows = convert(data)
        assert bill.billed == bill.effective == total
        assert int(bill.billed["USD"].scaleb(18, EXACT)) == sum(int(v.scaleb(18, EXACT)) for v in values)


def test_reservations_of_azure_in_the_actual_and_in_the_amortised_export():
    covered = {
        "PricingModel": "Reservation",
        "benefitId": "/providers/Microsoft.Capacity/reservationOrders/1",
    }
    bought = covered | {"ChargeType": "Purchase", "Frequency": "Recurring"}
    actual, rows = convert(
        csv_bytes(
            AZURE, bought | {"CostInBillingCurrency": "300"}, covered | {"CostInBillingCurrency": "0"}, {}
        )
    )
    assert [cost(row) for row in rows] == [(300, 0), (0, 0), (240, 240)]
    assert any("300 JPY" in note and "購入" in note for note in actual.notes)
    amortised, rows = convert(
        csv_bytes(
            AZURE,
            covered | {"CostInBillingCurrency": "250"},
            covered | {"ChargeType": "UnusedReservation", "CostInBillingCurrency": "50"},
            {},
        )
    )
    assert [cost(row) for row in rows] == [(0, 250), (0, 50), (240, 240)]
    assert [row["CommitmentDiscountStatus"] for row in rows] == ["Used", "Unused", None]
    assert actual.billed["JPY"] == amortised.effective["JPY"] == 540
    assert any("償却済みコスト" in note for note in amortised.notes)


def test_azure_days_units_prices_and_tags():
    _bill, (row,) = convert(csv_bytes(AZURE, {"UnitOfMeasure": "10K", "Date": "5/4/2026"}))
    assert (row["ConsumedQuantity"], row["ConsumedUnit"], row["PricingQuantity"]) == (240000, "Units", 24)
    assert (row["ListCost"], row["ContractedCost"]) == (300, 240)
    assert [
        f"{row[name]:%m-%d}" for name in ("ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodEnd")
    ] == [
        "05-04",
        "05-05",
        "06-01",
    ]
    assert (row["x_tag_system"], row["x_tag_environment"]) == ("S-1", "prod")
    assert row["ResourceType"] == "Microsoft.Compute/virtualMachines"


@pytest.mark.parametrize(
    "unit, name, size",
    [
        ("1 Hour", "Hours", 1),
        ("100 GB/Month", "GB/Month", 100),
        ("1/Month", "Units/Month", 1),
        ("1M", "Units", 10**6),
        ("", None, None),
    ],
)
def test_units_of_measure_are_taken_apart(unit, name, size):
    _bill, (row,) = convert(csv_bytes(AZURE, {"UnitOfMeasure": unit, "Quantity": "2"}))
    assert row["ConsumedUnit"] == name
    assert row["ConsumedQuantity"] == (None if size is None else 2 * size)


def test_an_azure_bill_in_another_currency_than_its_prices():
    bill, (row,) = convert(csv_bytes(MCA))
    assert bill.billed == {"JPY": Decimal(225)}
    assert (row["PricingCurrency"], row["PricingCurrencyEffectiveCost"]) == ("USD", Decimal("1.5"))
    assert (row["ContractedUnitPrice"], row["ListUnitPrice"]) == (75, 90)
    assert (row["ContractedCost"], row["ListCost"]) == (225, 270)
    assert (row["x_exchange_rate"], row["InvoiceId"], row["x_tag_system"]) == ("150", "G-1", "S-2")


def test_corrections_and_tags_of_oci():
    bill, rows = convert(
        csv_bytes(
            OCI,
            {},
            {"cost/myCost": "-4.2", "lineItem/isCorrection": "true", "lineItem/backreferenceNo": "r-1"},
        )
    )
    assert bill.billed == {"JPY": Decimal("0.000000000000000001")}
    assert [(row["ChargeClass"], row["x_corrects"]) for row in rows] == [(None, None), ("Correction", "r-1")]
    assert {(row["x_tag_system"], row["x_tag_environment"], row["ServiceCategory"]) for row in rows} == {
        ("S-1", "prod", "Compute")
    }


def test_credits_of_google_are_reduced_rates_or_rows_of_their_own():
    credits = [
        {"name": "確約", "amount": "-1.25", "type": "COMMITTED_USAGE_DISCOUNT"},
        {"name": "無料枠", "amount": -2.5, "type": "FREE_TIER"},
        {"name": "販促", "amount": -0.5, "type": "PROMOTION"},
    ]
    bill, rows = convert(json_lines({"credits": credits}, {"cost_type": "tax", "cost": 1}))
    assert [(row["BilledCost"], row["ChargeCategory"]) for row in rows] == [
        (9, "Usage"),
        (Decimal("-2.5"), "Credit"),
        (Decimal("-0.5"), "Credit"),
        (1, "Tax"),
    ]
    assert bill.billed == bill.effective == {"JPY": Decimal(7)}
    assert (bill.rows_accepted, bill.rows_read) == (2, 2)
    assert {row["x_source_row"] for row in rows} == {"1", "2"}
    assert (rows[0]["x_tag_system"], rows[0]["x_tag_business"]) == ("S-1", "01")


def test_google_as_csv_and_parquet_like_its_json_lines():
    data = json_lines({"credits": [{"name": "a", "amount": -0.1, "type": "PROMOTION"}]}, {"cost": 0.1})
    expected, rows = convert(data)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as database:
        source = Path(folder) / "g.json"
        source.write_bytes(data)
        flat = (
            'billing_account_id, invoice.month AS "invoice.month", cost_type, usage_start_time, '
            "usage_end_time, "
            'service.description AS "service.description", cost, currency, to_json(credits) AS credits, '
            "to_json(labels) AS labels"
        )
        database.execute(f"COPY (FROM read_json('{source}')) TO '{folder}/g.parquet' (FORMAT parquet)")
        database.execute(f"COPY (SELECT {flat} FROM read_json('{source}')) TO '{folder}/g.csv' (FORMAT csv)")
        for name in ("g.parquet", "g.csv"):
            bill, found = convert((Path(folder) / name).read_bytes())
            assert bill.billed == expected.billed == {"JPY": Decimal("10.25")}
            assert [row["ServiceName"] for row in found] == [row["ServiceName"] for row in rows]
            assert found[0]["x_tag_system"] == "S-1"


def test_the_invoice_month_of_google_begins_in_california():
    _bill, (row,) = convert(json_lines({"usage_start_time": "2026-05-01T06:30:00Z"}))
    assert f"{row['BillingPeriodStart']:%Y-%m-%d %H:%M}" == "2026-05-01 07:00"
    assert row["x_month"] == "2026-05"


def test_sakura_details_get_their_bill():
    bill, rows = convert(sakura_bytes())
    assert bill.billed == {"JPY": Decimal(3300)}
    assert [(row["ResourceId"], row["InvoiceId"], row["ServiceCategory"]) for row in rows] == [
        ("900001", "101", "Compute"),
        ("900002", "101", "Storage"),
    ]
    assert f"{rows[0]['BillingPeriodStart']:%Y-%m-%d %H:%M}" == "2026-04-30 15:00"


def test_a_sakura_bill_whose_details_miss_its_amount_says_so():
    bill, _rows = convert(sakura_bytes(Amount=3301))
    assert bill.billed == {"JPY": Decimal(3300)}
    assert any("3,301" in note and "3,300" in note for note in bill.notes)


def test_columns_without_a_place_are_named():
    bill, _rows = convert(csv_bytes(AZURE, {"OfferId": "MS-AZR-0017P"}))
    assert any("OfferId" in note for note in bill.notes)
    assert GCP["cost"] == 10.25
