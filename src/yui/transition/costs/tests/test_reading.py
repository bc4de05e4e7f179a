"""Rows are read exactly, whatever the container, and refused by name when they cannot be."""

import gzip
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.kernel.exchange.errors import EmptyFile, ExpandsTooMuch, FileRefused, UnreadableText
from yui.transition.costs.engine.conversion import convert_focus
from yui.transition.costs.engine.rows import EXACT, add_amounts
from yui.transition.costs.formats.errors import ColumnTwice, NoGoodRow, UnclosedQuote, UnreadableBill
from yui.transition.costs.tests.conftest import HEADER

ENGINE = {"threads": 1, "memory_limit": "400MB"}
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=18, allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).filter(
    lambda text: text.strip() == text and text not in {"", "NULL"}
)


def convert(data: bytes, name="bill.csv"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        workspace = Path(folder) / "work"
        workspace.mkdir()
        return convert_focus(path, workspace, engine=ENGINE)


def csv_of(*rows, columns=tuple(HEADER)):
    lines = [",".join(columns)]
    for row in rows:
        cells = [(HEADER | row).get(column, "") for column in columns]
        lines.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return "\n".join(lines) + "\n"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(amounts, texts), min_size=1, max_size=8))
def test_sums_are_exact_for_any_amounts_and_texts(rows):
    data = csv_of(*({"BilledCost": f"{amount:f}", "ServiceName": text} for amount, text in rows))
    bill = convert(data.encode())
    assert bill.rows_accepted == len(rows)
    total = {}
    for amount, _text in rows:
        add_amounts(total, {"JPY": amount})
    assert bill.billed == total
    scaled = sum(int(amount.scaleb(18, EXACT)) for amount, _text in rows)
    assert int(bill.billed["JPY"].scaleb(18, EXACT)) == scaled


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["1.5", "abc", "", "NULL", "1e-3", "１２", "1,000"]), min_size=1, max_size=8))
def test_every_row_is_either_counted_or_named(cells):
    rows = [{"BilledCost": cell} for cell in cells]
    good = [cell for cell in cells if cell in {"1.5", "1e-3"}]
    if not good:
        with pytest.raises(NoGoodRow) as refused:
            convert(csv_of(*rows).encode())
        assert [problem.row for problem in refused.value.problems] == list(range(2, len(cells) + 2))
        return
    bill = convert(csv_of(*rows).encode())
    assert (bill.rows_accepted, bill.rows_rejected) == (len(good), len(cells) - len(good))
    assert [problem.row for problem in bill.problems] == [
        number for number, cell in enumerate(cells, start=2) if cell not in {"1.5", "1e-3"}
    ]
    assert bill.billed["JPY"] == sum(map(Decimal, good))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_are_read(encoding):
    assert convert(csv_of({}).encode(encoding)).shares[0].provider == "架空クラウド"


def test_gzip_and_parquet_give_the_same(tmp_path):
    plain = csv_of({}, {"BilledCost": "0.000000000000000001"})
    (tmp_path / "bill.csv").write_text(plain, encoding="utf-8")
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT * FROM read_csv('{tmp_path}/bill.csv', all_varchar = true)) "
            f"TO '{tmp_path}/bill.parquet' (FORMAT parquet)"
        )
    parquet = (tmp_path / "bill.parquet").read_bytes()
    for data in (plain.encode(), gzip.compress(plain.encode()), parquet):
        assert convert(data).billed == {"JPY": Decimal("10.500000000000000001")}


def test_money_in_a_float_column_is_read_as_it_is_written(tmp_path):
    (tmp_path / "bill.csv").write_text(csv_of({"BilledCost": "0.1"}), encoding="utf-8")
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT * REPLACE (BilledCost::DOUBLE AS BilledCost, map(['system'], ['S-9']) AS Tags) "
            f"FROM read_csv('{tmp_path}/bill.csv', all_varchar = true)) "
            f"TO '{tmp_path}/b.parquet' (FORMAT parquet)"
        )
    bill = convert((tmp_path / "b.parquet").read_bytes())
    assert bill.billed == {"JPY": Decimal("0.1")}


@pytest.mark.parametrize(
    "start, month",
    [
        ("2026-05-01T00:00:00Z", "2026-05"),
        ("2026-05-01T00:00:00+09:00", "2026-05"),
        ("2026-04-30T15:00:00Z", "2026-05"),
        ("2026-05-01 00:00:00", "2026-05"),
    ],
)
def test_the_month_is_the_one_in_tokyo(start, month):
    assert convert(csv_of({"BillingPeriodStart": start}).encode()).shares[0].month == month


@pytest.mark.parametrize(
    "cells, column",
    [
        ({"BillingCurrency": "円"}, "BillingCurrency"),
        ({"BillingCurrency": "jpy"}, "BillingCurrency"),
        ({"BillingPeriodStart": "いつか"}, "BillingPeriodStart"),
        ({"BillingPeriodStart": "0026-05-01T00:00:00Z"}, "BillingPeriodStart"),
        ({"BillingAccountId": ""}, "BillingAccountId"),
        ({"EffectiveCost": "NULL"}, "EffectiveCost"),
        ({"ListCost": "十円"}, "ListCost"),
    ],
)
def test_a_bad_cell_is_named_with_row_column_and_value(cells, column):
    bill = convert(csv_of({}, cells, {}).encode())
    assert (bill.rows_read, bill.rows_accepted, bill.rows_rejected) == (3, 2, 1)
    (problem,) = bill.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.value == cells[column].replace("NULL", "")
    assert problem.message


def test_ragged_rows_are_named_and_keep_the_numbering():
    lines = csv_of({}, {}, {"BilledCost": "x"}, {}).splitlines()
    lines[2] = "a,b"
    bill = convert("\n".join(lines).encode())
    assert [(problem.row, problem.column) for problem in bill.problems] == [(3, ""), (4, "BilledCost")]
    assert (bill.rows_accepted, bill.rows_rejected) == (2, 2)


@pytest.mark.parametrize(
    "data, refusal",
    [
        (b"", EmptyFile),
        (gzip.compress(b"", mtime=0), EmptyFile),
        (csv_of().encode(), NoGoodRow),
        (csv_of({}).replace("EffectiveCost", "BilledCost", 1).encode(), ColumnTwice),
        (gzip.compress(csv_of({}).encode(), mtime=0)[:-12], UnreadableBill),
        (gzip.compress(b"0" * 60_000_000, mtime=0), ExpandsTooMuch),
        (b"PAR1" + b"\x00" * 64, UnreadableBill),
        (csv_of({}, {}).encode() + b'"never closed,\n1,2\n', UnclosedQuote),
        (bytes(range(128, 256)) * 40, UnreadableText),
        (b"<html><body>login</body></html>", FileRefused),
    ],
    ids=[
        "empty",
        "empty gzip",
        "heading only",
        "twice",
        "cut gzip",
        "bomb",
        "parquet",
        "quote",
        "noise",
        "html",
    ],
)
def test_hostile_files_are_refused_whole(data, refusal):
    with pytest.raises(refusal) as refused:
        convert(data)
    assert "/tmp" not in str(refused.value)


def test_control_signs_cannot_enter_keys():
    bill = convert(csv_of({"ProviderName": "架空\x00クラウド\x1b"}).encode())
    assert bill.shares[0].key == "架空クラウド / acct-1"


def test_quotes_in_keys_do_no_harm():
    nasty = "a'; DROP TABLE x; --"
    bill = convert(csv_of({"BillingAccountId": nasty}, {"BillingAccountId": "other"}).encode())
    assert sorted(share.account for share in bill.shares) == sorted([nasty, "other"])
