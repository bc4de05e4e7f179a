"""Files out: no formula survives, no number is lost, demonstration data says so."""

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.exchange.export import CellKind, ExportColumn, Sheet, csv_bytes, csv_stream, xlsx_bytes
from yui.kernel.exchange.operations import record_export
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"]
)
def test_formulas_are_disarmed(settings, text):
    settings.IS_DEMONSTRATION = False
    data = csv_bytes(["a", "b"], [[text, "x"]])
    assert (
        next(csv.reader(io.StringIO(data.decode("utf-8-sig").split("\r\n", 1)[1], newline="")))[0]
        == "'" + text
    )


@pytest.mark.parametrize("text", ["-1,200", "+3.5", "-12.5%", "-", "▲1,200", "a=b", "13-1"])
def test_numbers_and_plain_words_stay(settings, text):
    settings.IS_DEMONSTRATION = False
    assert cells(csv_bytes(["a"], [[text]]))[1] == [text]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_begins_like_a_formula(text):
    written = csv_bytes(["a"], [[text, "end"]]).decode("utf-8-sig").split("\r\n", 1)[1]
    cell = next(csv.reader(io.StringIO(written, newline="")))[0]
    if len(cell) > 1 and cell.lstrip()[:1] in ("=", "+", "-", "@"):
        assert cell.replace(",", "").strip("+-%").replace(".", "").isdecimal()


def test_csv_is_what_excel_opens(settings):
    settings.IS_DEMONSTRATION = False
    moment = datetime.datetime(2026, 4, 1, 0, 30, tzinfo=datetime.UTC)
    data = csv_bytes(
        ["名", "額", "日", "時", "有無"], [["髙橋", Decimal("1E+3"), datetime.date(2026, 4, 1), moment, True]]
    )
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    assert cells(data)[1] == ["髙橋", "1000", "2026-04-01", "2026-04-01 09:30", "はい"]


def test_demonstration_data_says_so(settings):
    settings.IS_DEMONSTRATION = True
    assert "架空データ" in cells(csv_bytes(["a"], [["x"]]))[-1][0]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("s", [ExportColumn("a")], [["x"]])]))).active
    assert "架空データ" in sheet["A3"].value


def test_a_long_list_is_streamed():
    pieces = csv_stream(["a"], ([n] for n in range(1_000_000)))
    assert sum(1 for _piece, _count in zip(pieces, range(5), strict=False)) == 5


def test_workbooks_hold_types_and_never_formulas(settings):
    settings.IS_DEMONSTRATION = False
    columns = [
        ExportColumn("a"),
        ExportColumn("b", CellKind.YEN),
        ExportColumn("c", CellKind.DATE),
        ExportColumn("d"),
    ]
    rows = [
        ['=HYPERLINK("http://x")', 1200, datetime.date(2026, 4, 1), "https://example.com"],
        ["00123", None, None, 10**17],
    ]
    workbook = openpyxl.load_workbook(
        io.BytesIO(xlsx_bytes([Sheet("一覧:表/1", columns, rows), Sheet("一覧:表/1", columns, [])]))
    )
    sheet = workbook.worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 1200
    assert sheet["C2"].value.date() == datetime.date(2026, 4, 1)
    assert sheet["D2"].hyperlink is None
    assert sheet["A3"].value == "00123"
    assert sheet["D3"].value == str(10**17)
    assert sheet.freeze_panes == "A2"
    assert len(set(workbook.sheetnames)) == 2


def test_exports_need_the_verb_and_are_remembered(actor_of, alice, charlie, minato):
    record_export(actor_of(alice), minato, "tests.list", 12)
    assert Entry.objects.get(verb="exchange.export.record").subject == "yui:exchange.export:tests.list"
    with pytest.raises(PermissionRefused):
        record_export(actor_of(charlie), minato, "tests.list", 12)
