"""Every kind of file that offices send, and every kind that nobody should open."""

import gzip
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.exchange import errors
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.exchange.formats.headers import Expected
from yui.kernel.exchange.formats.limits import Limits
from yui.kernel.exchange.formats.tabular import read_table

EXPECTED = (
    Expected("no", ("番号",), True),
    Expected("start", ("契約開始日", "開始日")),
    Expected("yen", ("金額",)),
)
TEXT = '番号,開始日,金額\n1,令和8年4月1日,"1,200\n円"\n２,髙橋,①\n'


@pytest.fixture
def read(tmp_path):
    def read(data: bytes, **options):
        path = tmp_path / "file"
        path.write_bytes(data)
        return read_table(path, expected=options.pop("expected", EXPECTED), **options)

    return read


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp932", "cp932"),
    ],
)
def test_encodings_are_told_apart_and_said(read, encoding, named):
    table = read(TEXT.encode(encoding))
    assert table.encoding == named
    assert table.header == ("番号", "開始日", "金額")
    assert [list(row.cells) for row in table.rows()] == [
        ["1", "令和8年4月1日", "1,200\n円"],
        ["２", "髙橋", "①"],
    ]
    assert any("文字コード" in str(note) for note in table.notes)


def test_euc_is_not_taken_for_shift_jis(read):
    assert read("番号,名称\n1,情報システム台帳の一覧\n".encode("euc_jp")).encoding == "euc_jp"


def test_japanese_far_behind_ascii_is_still_found(read):
    data = b"number,name\n" + b"1,abc\n" * 200_000 + "2,住民記録\n".encode("cp932")
    table = read(data, expected=())
    assert table.encoding == "cp932"
    assert list(table.rows())[-1].cells == ["2", "住民記録"]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode()[:-10] + "住民記録システム".encode()[:-1] + b"\n",
        TEXT.encode("cp932") + b"\xff\xfe\xa0\n",
    ],
)
def test_a_broken_byte_is_an_error_with_its_line(read, data):
    with pytest.raises(errors.UnreadableText) as refusal:
        read(data)
    assert "行目" in str(refusal.value)


CP932_TEXT = st.text("aZ09 ,\"';|~漢字髙﨑①㈱ｱﾞァーヶ表ソ能~∥－", max_size=12)


@given(st.lists(st.lists(CP932_TEXT, min_size=2, max_size=4)))
def test_cp932_survives_the_round_trip(tmp_path_factory, rows):
    import csv

    buffer = io.StringIO()
    csv.writer(buffer).writerows([["番号の見出し", "名称の見出し"], *rows])
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(buffer.getvalue().encode("cp932"))
    table = read_table(path, expected=(Expected("a", ("番号の見出し",)),))
    assert [list(row.cells) for row in table.rows()] == [row for row in rows if any(row)]


def test_numbers_are_those_of_the_sheet(read):
    table = read('題名\n\n番号,金額\n1,"改\n行"\n\n3,x\n'.encode())
    assert table.header_row == 3
    assert [row.number for row in table.rows()] == [4, 6]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_separators_are_found(read, delimiter):
    table = read(TEXT.replace(",", delimiter).replace(f"1{delimiter}200", "1,200").encode())
    assert table.delimiter == delimiter
    assert len(list(table.rows())) == 2


def test_nul_signs_are_dropped(read):
    assert next(read("番号,金額\n1,2\0\0\n".encode()).rows()).cells == ["1", "2"]


def test_gzip_is_undone(read):
    assert len(list(read(gzip.compress(TEXT.encode("cp932"), mtime=0)).rows())) == 2


@pytest.mark.parametrize(
    "data", ['番号,金額\n1,"ab\n'.encode() + b"x" * 2_000_000, "番号,".encode() + b"y" * 2_000_000]
)
def test_an_endless_line_is_refused_with_its_row(read, data):
    with pytest.raises(errors.LineTooLong) as refusal:
        list(read(data).rows())
    assert "行目" in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b"\n\n  \n", errors.EmptyFile),
        (b"%PDF-1.7 ...", errors.UnknownFormat),
        (bytes(range(1, 32)) * 100, errors.UnknownFormat),
        (b"PK\x03\x04 not a zip", errors.DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, errors.DamagedFile),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            errors.EncryptedWorkbook,
        ),
        (gzip.compress(TEXT.encode(), mtime=0)[:-12], errors.DamagedFile),
        (b"\x1f\x8b" + b"junk" * 20, errors.DamagedFile),
    ],
)
def test_what_is_no_table_is_refused(read, data, error):
    with pytest.raises(error):
        list(read(data).rows())


def test_a_large_file_is_refused_by_its_size(read):
    with pytest.raises(errors.FileTooLarge):
        read(TEXT.encode(), limits=Limits(file_bytes=10))


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("build", ["gzip", "dense", "lying", "many", "sparse"])
def test_bombs_are_not_opened(read, build):
    zeros = b"0" * 40_000_000
    if build == "gzip":
        data = gzip.compress(b"a,b\n" + zeros, mtime=0)
    elif build == "dense":
        data = zipped({"[Content_Types].xml": b"x", "xl/worksheets/sheet1.xml": zeros})
    elif build == "lying":
        data = zipped({"[Content_Types].xml": b"x", "xl/worksheets/sheet1.xml": zeros})
        data = data.replace((40_000_000).to_bytes(4, "little"), (40_000).to_bytes(4, "little"))
    elif build == "many":
        data = zipped({"[Content_Types].xml": b"x", **{f"xl/{n}": b"x" for n in range(2100)}})
    else:
        workbook = openpyxl.Workbook()
        workbook.active["A1"] = 1
        workbook.active["XFD1048576"] = 1
        buffer = io.BytesIO()
        workbook.save(buffer)
        data = buffer.getvalue()
    with pytest.raises((errors.ExpandsTooMuch, errors.TooManyCells, errors.DamagedFile)):
        list(read(data).rows())


def test_another_zip_is_no_workbook(read):
    with pytest.raises(errors.UnknownFormat):
        read(zipped({"../../etc/passwd": b"x"}))


@pytest.fixture
def workbook_bytes():
    def build(fill) -> bytes:
        workbook = openpyxl.Workbook()
        fill(workbook)
        buffer = io.BytesIO()
        workbook.save(buffer)
        return buffer.getvalue()

    return build


def merged_heads(workbook):
    import datetime

    sheet = workbook.active
    sheet.title = "表紙"
    sheet["A1"] = "令和8年度 契約一覧"
    data = workbook.create_sheet("一覧")
    data["B2"] = "契約一覧"
    data["B4"], data["C4"], data["E4"] = "番号", "契約", "備考"
    data.merge_cells("B4:B5")
    data.merge_cells("C4:D4")
    data["C5"], data["D5"] = "開始日", "金額\n(円)"
    data["B6"], data["C6"], data["D6"] = 1, datetime.date(2026, 4, 1), 1234567
    data["B8"], data["C8"], data["D8"] = "２", "令和8年4月1日", "=1+1"


def test_merged_headings_sheets_and_addresses(read, workbook_bytes):
    table = read(workbook_bytes(merged_heads))
    assert table.sheet == "一覧"
    assert [name for name in table.header if name] == ["番号", "契約/開始日", "契約/金額 (円)", "備考"]
    rows = list(table.rows())
    assert [row.number for row in rows] == [6, 8]
    assert rows[0].cells[:3] == ("1", "2026-04-01 00:00:00", "1234567")
    assert len(table.notes) == 2


def test_a_sheet_can_be_named_and_must_exist(read, workbook_bytes):
    data = workbook_bytes(merged_heads)
    assert read(data, sheet="表紙", expected=()).sheet == "表紙"
    with pytest.raises(errors.SheetNotFound) as refusal:
        read(data, sheet="ない")
    assert "一覧" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\台帳.xlsx", "台帳.xlsx"),
        ("a\0b\n.csv", "ab.csv"),
        ("..", "file"),
        ("", "file"),
        ("\u202ecsv.exe", "csv.exe"),
    ],
)
def test_names_lead_nowhere(name, shown):
    assert safe_name(name) == shown


@given(st.text())
def test_a_safe_name_is_short_and_has_no_folder(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 200
    assert "/" not in safe and "\\" not in safe and "\0" not in safe


def test_real_files_are_read(shared_data):
    folder = shared_data / "costs"
    zaisei = read_table(folder / "reference" / "soumu_shichoson_shuyo_zaisei_shihyo.csv")
    assert sum(1 for _row in zaisei.rows()) > 1000
    focus = read_table(folder / "focus" / "focus10_real_anonymised_1000.csv")
    assert "BilledCost" in focus.header
    assert sum(1 for _row in focus.rows()) == 1000
