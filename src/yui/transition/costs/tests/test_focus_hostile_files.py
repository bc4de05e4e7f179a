"""Files that are no FOCUS, damaged or hostile are refused in words, or examined as they are."""

import gzip

import pytest

from yui.kernel.exchange.errors import EmptyFile, FileRefused
from yui.transition.costs.formats.errors import ColumnTwice, NotFocus, UnreadableBill
from yui.transition.costs.formats.focus_columns import COST_AND_USAGE
from yui.transition.costs.tests.focus_rows import GOOD, broken, examined, write_focus, write_parquet


def test_a_file_of_something_else_is_no_focus(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("氏名,住所\nあ,い\n", encoding="utf-8")
    with pytest.raises(NotFocus):
        examined(path)


def test_an_empty_file_and_one_without_rows(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(EmptyFile):
        examined(empty)
    report, _verdicts = examined(write_focus(tmp_path / "heading.csv"))
    assert (report.rows, report.has_failures) == (0, False)


def test_a_truncated_gzip_is_told(tmp_path):
    whole = write_focus(tmp_path / "bill.csv.gz", *({"ServiceName": f"s{n}"} for n in range(500)))
    whole.write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(UnreadableBill):
        examined(whole)


def test_an_empty_gzip_is_told(tmp_path):
    path = tmp_path / "bill.csv.gz"
    path.write_bytes(gzip.compress(b""))
    with pytest.raises(EmptyFile):
        examined(path)


@pytest.mark.parametrize("damage", ["head", "tail", "middle", "magic"])
def test_a_damaged_parquet_is_told(tmp_path, damage):
    select = "SELECT i::DECIMAL(20,2) AS BilledCost, 'Usage' || i AS ChargeCategory, 'a' || i AS ServiceName "
    path = write_parquet(tmp_path / "bill.parquet", select + "FROM range(20000) r(i)")
    data = bytearray(path.read_bytes())
    if damage == "head":
        data = data[: len(data) // 2]
    elif damage == "tail":
        data[-60:-8] = b"\xff" * 52
    elif damage == "middle":
        data[100 : len(data) - 2000] = b"\xa5" * (len(data) - 2100)
    else:
        data = bytearray(b"PAR1")
    path.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        examined(path)
    assert str(tmp_path) not in str(refused.value)


def test_a_file_in_shift_jis_is_read_and_noise_is_refused(tmp_path):
    path = write_focus(tmp_path / "bill.csv", {}, {"ServiceName": "別のサービス"})
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))
    report, _verdicts = examined(path)
    assert (report.rows, report.has_failures) == (2, False)
    path.write_bytes(bytes(range(256)) * 50)
    with pytest.raises(FileRefused):
        examined(path)


def test_a_ten_megabyte_cell_is_refused_in_words(tmp_path):
    path = write_focus(tmp_path / "bill.csv", {"ChargeDescription": "あ" * 3_500_000})
    with pytest.raises(UnreadableBill):
        examined(path)
    long = write_focus(tmp_path / "long.csv", {"ChargeCategory": "x" * 100_000})
    _report, verdicts = examined(long)
    assert len(verdicts["ChargeCategory.value"].examples[0].value) == 200


def test_columns_twice_are_refused_also_in_parquet(tmp_path):
    path = tmp_path / "bill.csv"
    path.write_text("BilledCost,ServiceName,ChargeCategory,BilledCost\n1,a,Usage,2\n", encoding="utf-8")
    with pytest.raises(ColumnTwice):
        examined(path)
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = ["BilledCost", "ServiceName", "ChargeCategory", "ServiceName"]
    table = pa.table([pa.array([value]) for value in ("1", "a", "Usage", "b")], names=names)
    pq.write_table(table, tmp_path / "bill.parquet")
    with pytest.raises(ColumnTwice):
        examined(tmp_path / "bill.parquet")


def test_nested_columns_and_odd_names_do_no_harm(tmp_path):
    path = write_parquet(
        tmp_path / "bill.parquet",
        "SELECT {'a': 1, 'b': {'c': 2}} AS x_Nested, MAP {'system': 'S-1'} AS Tags, "
        "'Usage' AS ChargeCategory, 1.0 AS BilledCost, 's' AS ServiceName, "
        '\'1\' AS "x_""; DROP TABLE t; --", [1, 2] AS SkuPriceDetails',
    )
    found = broken(path)
    assert found["SkuPriceDetails.format"] == 1
    assert "Tags.format" not in found and "BilledCost.type" not in found


@pytest.mark.parametrize(
    "cell",
    [
        "[1, 2]",
        "[TIMESTAMP '2026-05-01']",
        "{'a': 1}",
        "MAP {'a': 1}",
        "'x'::BLOB",
        "true",
        "uuid()",
        "DATE '2026-05-01'",
        "TIME '10:00'",
        "'NaN'::DOUBLE",
        "'{}'::JSON",
        "NULL::INTEGER",
    ],
)
def test_columns_of_any_type_are_judged_and_break_nothing(tmp_path, cell):
    cells = ", ".join(f"{cell} AS {column.name}" for column in COST_AND_USAGE)
    path = write_parquet(tmp_path / "bill.parquet", f"SELECT {cells}")
    found = broken(path, version="1.2")
    is_number = cell.endswith(("DOUBLE", "INTEGER"))
    assert found["BilledCost.filled" if "NULL" in cell else "BillingAccountId.type"] == 1
    assert ("BilledCost.type" in found) is not is_number


def test_rows_with_too_many_cells_are_refused(tmp_path):
    path = write_focus(tmp_path / "bill.csv", {})
    path.write_text(path.read_text(encoding="utf-8") + ",".join(["1"] * 99) + "\n", encoding="utf-8")
    with pytest.raises(UnreadableBill):
        examined(path)


def test_a_quoted_empty_cell_is_a_text_and_null_is_not(tmp_path):
    path = tmp_path / "bill.csv"
    head = ",".join(GOOD)
    cells = [
        '""' if name == "ServiceName" else "" if name == "ChargeDescription" else '"NULL"' for name in GOOD
    ]
    path.write_text(f"{head}\n{','.join(cells)}\n", encoding="utf-8")
    found = broken(path)
    assert "ServiceName.filled" not in found
    assert found["BilledCost.type"] == 1
