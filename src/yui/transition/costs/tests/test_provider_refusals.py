"""Bad rows of a provider's bill are named in its own words; bad files are refused whole."""

import gzip
import json
from decimal import Decimal

import pytest

from yui.kernel.exchange.errors import EmptyFile, ExpandsTooMuch, FileRefused, FileTooLarge, UnreadableText
from yui.kernel.exchange.formats.limits import Limits
from yui.transition.costs.formats.errors import (
    ColumnsMissing,
    ColumnTwice,
    NoGoodRow,
    UnclosedQuote,
    UnreadableBill,
)
from yui.transition.costs.formats.providers.errors import (
    DetailsOfSeveralBills,
    DetailsWithoutBill,
    JsonRefused,
    JsonTooLarge,
    NotProviderBill,
    OtherProvider,
)
from yui.transition.costs.tests.conftest import HEADER
from yui.transition.costs.tests.converting import convert
from yui.transition.costs.tests.provider_files import (
    AWS,
    AZURE,
    OCI,
    SAKURA_BILL,
    SAKURA_DETAILS,
    csv_bytes,
    json_lines,
    sakura_bytes,
)


@pytest.mark.parametrize(
    "default, cells, column",
    [
        (AWS, {"lineItem/UnblendedCost": "十"}, "lineItem/UnblendedCost"),
        (AWS, {"lineItem/UnblendedCost": ""}, "lineItem/UnblendedCost"),
        (AWS, {"lineItem/UnblendedCost": "NaN"}, "lineItem/UnblendedCost"),
        (AWS, {"lineItem/CurrencyCode": "ドル"}, "lineItem/CurrencyCode"),
        (AWS, {"bill/BillingPeriodStartDate": "いつか"}, "bill/BillingPeriodStartDate"),
        (AWS, {"bill/PayerAccountId": ""}, "bill/PayerAccountId"),
        (AZURE, {"CostInBillingCurrency": "Infinity"}, "CostInBillingCurrency"),
        (AZURE, {"BillingPeriodStartDate": "31/05/2026"}, "BillingPeriodStartDate"),
        (AZURE, {"Date": "13/13/2026"}, "Date"),
        (OCI, {"cost/myCost": "1,000"}, "cost/myCost"),
        (OCI, {"lineItem/intervalUsageStart": "0026-01-01T00:00Z"}, "lineItem/intervalUsageStart"),
    ],
)
def test_a_bad_cell_is_named_with_the_providers_column(default, cells, column):
    bill, rows = convert(csv_bytes(default, {}, cells, {}))
    assert (bill.rows_read, bill.rows_accepted, bill.rows_rejected, len(rows)) == (3, 2, 1, 2)
    assert {(problem.row, problem.column) for problem in bill.problems} == {(3, column)}
    assert bill.problems[0].value[:10] == cells[column][:10]
    assert bill.problems[0].message


def test_a_bad_amount_of_a_further_row_takes_its_row_with_it():
    fee = {
        "lineItem/LineItemType": "RIFee",
        "reservation/UnusedRecurringFee": "x",
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "1",
    }
    bill, rows = convert(csv_bytes(AWS, {}, fee))
    assert (bill.rows_accepted, bill.rows_rejected, len(rows)) == (1, 1, 1)
    assert bill.problems[0].value == "x"
    credit = {"credits": [{"name": "a", "amount": "y", "type": "PROMOTION"}]}
    bill, rows = convert(json_lines({}, credit))
    assert (bill.rows_accepted, bill.rows_rejected, len(rows)) == (1, 1, 1)
    assert (bill.problems[0].row, bill.problems[0].value) == (2, "y")


def test_a_bad_cost_leaves_no_credit_behind():
    credits = [{"name": "a", "amount": "-1", "type": "PROMOTION"}]
    bill, rows = convert(json_lines({}, {"cost": "x", "credits": credits}))
    assert (bill.rows_accepted, bill.rows_rejected, len(rows)) == (1, 1, 1)


def test_ragged_rows_are_named_and_keep_the_numbering():
    lines = csv_bytes(AWS, {}, {}, {"lineItem/UnblendedCost": "x"}, {}).decode().splitlines()
    lines[2] = "a,b"
    bill, _rows = convert("\n".join(lines).encode())
    assert [(problem.row, problem.column) for problem in bill.problems] == [
        (3, ""),
        (4, "lineItem/UnblendedCost"),
    ]
    assert (bill.rows_accepted, bill.rows_rejected) == (2, 2)


def test_a_row_cut_off_in_the_middle_is_named():
    whole = csv_bytes(AZURE, {}, {})
    bill, _rows = convert(whole[:-60])
    assert (bill.rows_accepted, bill.rows_rejected) == (1, 1)
    cut = json_lines({}, {})
    bill, _rows = convert(cut[:-200])
    assert (bill.rows_accepted, bill.rows_rejected, bill.problems[0].row) == (1, 1, 2)


def test_currencies_are_never_added_up():
    bill, _rows = convert(
        csv_bytes(AZURE, {}, {"BillingCurrencyCode": "USD", "CostInBillingCurrency": "-0.0"})
    )
    assert bill.billed == {"JPY": Decimal(240), "USD": Decimal(0)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_encodings_are_read(encoding):
    text = csv_bytes(AZURE).decode()
    _bill, (row,) = convert(text.encode(encoding))
    assert row["SubAccountName"] == "住民"


def test_a_byte_far_inside_that_is_no_utf8_sends_the_file_through_its_encoding():
    filler = csv_bytes(AZURE, *({"ProductName": "x" * 2000} for _ in range(600))).decode()
    last = csv_bytes(AZURE, {"ProductName": "架空"}).decode().splitlines()[1]
    head = filler.replace("住民", "sub").replace("架空区", "ward").replace("架空の仮想マシン", "vm")
    bill, rows = convert(head.encode() + (last + "\n").encode("cp932"))
    assert bill.rows_accepted == 601
    assert rows[-1]["ChargeDescription"] == "架空"


DEEP = '{"a":' * 5000 + "1" + "}" * 5000


@pytest.mark.parametrize(
    "data, refusal",
    [
        (b"", EmptyFile),
        (csv_bytes(HEADER), NotProviderBill),
        (b"<html><body>login</body></html>", NotProviderBill),
        (csv_bytes(AWS, without=["lineItem/UnblendedCost"]), ColumnsMissing),
        (csv_bytes(AZURE, without=["BillingCurrencyCode"]), ColumnsMissing),
        (csv_bytes(OCI, without=["cost/myCost"]), ColumnsMissing),
        (
            json_lines(default={"billing_account_id": "a", "cost": 1, "usage_start_time": "2026-05-01"}),
            ColumnsMissing,
        ),
        (csv_bytes(OCI).replace(b"cost/unitPrice", b"cost/myCost", 1), ColumnTwice),
        (csv_bytes(AWS).splitlines(keepends=True)[0], NoGoodRow),
        (gzip.compress(csv_bytes(AWS), mtime=0)[:-12], UnreadableBill),
        (gzip.compress(b"0" * 60_000_000, mtime=0), ExpandsTooMuch),
        (b"PAR1" + b"\x00" * 64, UnreadableBill),
        (csv_bytes(AWS) + b'"never closed,\n1,2\n', UnclosedQuote),
        (bytes(range(128, 256)) * 40, UnreadableText),
        (DEEP.encode(), FileRefused),
        (b'{"Bills": [' + DEEP.encode() + b"]}", FileRefused),
        (json.dumps({"BillDetails": SAKURA_DETAILS}).encode(), DetailsWithoutBill),
        (
            json.dumps(
                {"Bills": [SAKURA_BILL, SAKURA_BILL | {"BillID": 102}], "BillDetails": SAKURA_DETAILS}
            ).encode(),
            DetailsOfSeveralBills,
        ),
        (json.dumps({"Bills": {"a": 1}}).encode(), JsonRefused),
        (b'{"statistics": 1}', NotProviderBill),
        (b"[1, 2", NotProviderBill),
    ],
    ids=[
        "empty",
        "focus",
        "html",
        "aws without cost",
        "azure without currency",
        "oci usage report",
        "gcp without currency",
        "twice",
        "heading only",
        "cut gzip",
        "bomb",
        "parquet",
        "quote",
        "noise",
        "deep",
        "deep bill",
        "details alone",
        "details of two",
        "bills no list",
        "other json",
        "cut json",
    ],
)
def test_hostile_files_are_refused_whole(data, refusal):
    with pytest.raises(refusal) as refused:
        convert(data)
    assert "/tmp" not in str(refused.value)


@pytest.mark.parametrize(
    "row, word",
    [
        ('{"cost": 1, "cost": 2}', "cost"),
        ('{"cost": NaN}', "NaN"),
        ('{"cost": -Infinity}', "Infinity"),
        (DEEP, "入れ子"),
        ("[1, 2]", "JSON"),
        ('{"cost": 1} x', "余分"),
    ],
    ids=["twice", "nan", "infinity", "deep", "list", "rest"],
)
def test_doubtful_json_is_named_by_its_line(row, word):
    bill, _rows = convert(json_lines() + row.encode() + b"\n" + json_lines())
    assert (bill.rows_accepted, bill.rows_rejected) == (2, 1)
    (problem,) = bill.problems
    assert problem.row == 2 and word in problem.message


def test_numbers_of_json_keep_every_digit():
    line = json_lines().replace(b"10.25", b"0.123456789012345678")
    assert convert(line)[0].billed == {"JPY": Decimal("0.123456789012345678")}
    credits = b'[{"name": "a", "amount": -0.023456789012345678, "type": "FREE_TIER"}]'
    line = line.replace(b'"credits": []', b'"credits": ' + credits)
    assert convert(line)[0].billed == {"JPY": Decimal("0.1")}


def test_limits_hold_for_json(monkeypatch):
    with pytest.raises(FileTooLarge):
        convert(json_lines(), limits=Limits(file_bytes=10))
    with pytest.raises(JsonRefused):
        convert(json_lines({}, {}), limits=Limits(record_characters=100))
    monkeypatch.setattr("yui.transition.costs.formats.providers.json_text.LARGEST_DOCUMENT", 10)
    with pytest.raises(JsonTooLarge):
        convert(sakura_bytes())


def test_a_file_of_another_provider_than_said_is_refused():
    with pytest.raises(OtherProvider):
        convert(csv_bytes(AWS), kind="azure")
    with pytest.raises(ColumnsMissing):
        convert(csv_bytes(HEADER), kind="oci")
