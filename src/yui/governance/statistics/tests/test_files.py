"""Files in every layout, and those that are none."""

import gzip
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yui.governance.statistics.formats.errors import EstatSaysNo, HeadingsMissing, NoFigures, NotJson
from yui.governance.statistics.reading import Reading, read_file
from yui.kernel.exchange.errors import EmptyFile, FileRefused, UnknownFormat
from yui.kernel.exchange.export import ExportColumn, Sheet, xlsx_bytes


@pytest.fixture
def read(tmp_path):
    """A function that reads a file of the given text or bytes."""

    def call(body, how=None, encoding="utf-8", name="例.csv"):
        path = tmp_path / "file"
        path.write_bytes(body if isinstance(body, bytes) else body.encode(encoding))
        return read_file(path, name, how)

    return call


def figures(series):
    return {
        (cell.area_code, cell.starts_on.isoformat()): cell.figure.missing or cell.figure.value
        for cell in series.cells
    }


def test_a_long_table_with_two_series(read):
    found = read(
        "系列コード,系列,単位,地域コード,地域,期間,値\n"
        "rate,率,%,131032,,2023年,1.5\n"
        'rate,率,%,,新宿区,令和6年,"1,234"\n'
        "count,数,件,13103,港区,2023年度,***\n"
        "rate,率,%,,どこか,2024年,1\n"
        "rate,率,%,13103,,いつか,1\n"
        "rate,率,%,13103,,2025年,たくさん\n"
        "rate,率,円,13104,,2022年,1\n"
        "rate,率,%,13104,,2024年,5\n"
        "rate,率,%,13104,,2025年,\n"
    )
    rate, count = found.series
    assert found.file_format == "long" and (rate.code, rate.title, rate.unit) == ("rate", "率", "%")
    assert figures(rate) == {
        ("131032", "2023-01-01"): Decimal("1.5"),
        ("131041", "2024-01-01"): Decimal(1234),
    }
    assert count.frequency == "fiscal_year" and figures(count) == {("131032", "2023-04-01"): "***"}
    assert [each.row for each in found.refusals] == ["5", "6", "7", "8", "9"]


def test_one_series_in_two_frequencies_becomes_two(read):
    found = read(
        "系列コード,地域,期間,値\nrate,港区,2023年,1\nrate,港区,2023-05,2\nother,港区,2023-05-01,3\n"
    )
    assert [(each.code, each.frequency) for each in found.series] == [
        ("rate-year", "year"),
        ("rate-month", "month"),
        ("other", "month"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_wide_table_in_the_encodings_of_offices(read, encoding):
    found = read(
        "表1 架空の数,,,\n地域,2021年,2022年,備考\n千代田区,1,△2,x\n13103,***,,\n"
        "区部計,3,4,\n資料: 架空,,,\n",
        encoding=encoding,
    )
    (series,) = found.series
    assert (found.file_format, series.title, series.frequency) == ("wide", "例", "year")
    assert figures(series) == {
        ("131016", "2021-01-01"): Decimal(1),
        ("131016", "2022-01-01"): Decimal(-2),
        ("131032", "2021-01-01"): "***",
    }
    assert [(each.row, each.what) for each in found.refusals] == [("5", "区部計")]
    assert any("備考" in str(note) for note in found.notes)


def test_a_wide_table_with_periods_down(read):
    (series,) = read("年度,千代田区,港区,全国\n2021,1,2,3\n令和4年度,4,5r,6p\n").series
    assert series.frequency == "fiscal_year" and len(series.cells) == 6
    marks = {
        cell.area_code: (cell.figure.is_marked_revised, cell.figure.is_provisional)
        for cell in series.cells[3:]
    }
    assert marks == {"131016": (False, False), "131032": (True, False), "000000": (False, True)}


def test_areas_without_a_heading_are_found(read):
    (series,) = read("順,,2023-04,2023-05\n1,千代田区,1,2\n2,港区,3,4\n").series
    assert series.frequency == "month" and figures(series)["131032", "2023-05-01"] == 4


def test_what_is_said_of_a_file_fills_what_it_leaves_open(read):
    (series,) = read("地域,2021,2022\n港区,1,2\n", Reading("my-code", "題", "人", "fiscal_year")).series
    assert (series.code, series.title, series.unit) == ("my-code", "題", "人")
    assert {cell.starts_on for cell in series.cells} == {date(2021, 4, 1), date(2022, 4, 1)}


def test_a_workbook_with_dates_as_headings(read):
    sheet = Sheet(
        "表", [ExportColumn(title) for title in ("地域コード", "2023-04-01", "2023-05-01")],
        [["13101", 1.5, "X"], ["13103", 1 / 3, 1234567]],
    )  # fmt: skip
    (series,) = read(xlsx_bytes([sheet]), name="表.xlsx").series
    assert series.frequency == "month" and series.decimals == 4
    assert figures(series)["131032", "2023-04-01"] == Decimal("0.333333333")
    assert figures(series)["131016", "2023-05-01"] == "X"


def test_two_figures_of_one_cell_are_told(read):
    found = read("地域,値,年\n港区,1,2021年\n港区,2,2021年\n港区,1,2021年\n")
    assert figures(found.series[0]) == {("131032", "2021-01-01"): Decimal(1)}
    assert [each.row for each in found.refusals] == ["3"]


def test_hostile_cells_are_text(read):
    found = read("地域,2021年\n=cmd|' /C calc'!A0,=1+1\n港区,<script>alert(1)</script>\n新宿区,5\n")
    assert figures(found.series[0]) == {("131041", "2021-01-01"): Decimal(5)} and len(found.refusals) == 2


NONE = [
    ("", EmptyFile),
    ("a,b\n1,2\n", NoFigures),
    ("地域,値,年\nどこか,1,2021年\n", NoFigures),
    ("地域,令和5年,,\n,4月,5月,6月\n千代田区,1,2,3\n", HeadingsMissing),
    ("{}", NotJson),
    ("[1]", NotJson),
    ('{"GET_STATS_DATA": 1}', NotJson),
    ('{"GET_STATS_DATA": {"RESULT": {"STATUS": 0}}}', NotJson),
    ("[" * 100_000, NotJson),
    (b"\x89PNG\r\n\x1a\n\x00\x01", UnknownFormat),
    (b"\xff\xfe\x00\xd8" * 9, FileRefused),
    (b"PK\x03\x04broken", FileRefused),
    (gzip.compress(b"{" * 99, mtime=0), NotJson),
]


@pytest.mark.parametrize(("body", "error"), NONE, ids=[str(place) for place in range(len(NONE))])
def test_files_that_are_none(read, body, error):
    with pytest.raises(error):
        read(body)


def test_an_error_of_e_stat_is_told_in_its_words(read):
    body = {"GET_STATS_DATA": {"RESULT": {"STATUS": 100, "ERROR_MSG": "認証に失敗しました。"}}}
    with pytest.raises(EstatSaysNo, match=r"100.*認証に失敗しました"):
        read(json.dumps(body))


def estat(values, notes=None, classes=None, **more):
    """An answer of ``getStatsData`` about a table of our own."""
    named = classes or [
        {"@id": "tab", "@name": "表章項目", "CLASS": {"@code": "10", "@name": "人数", "@unit": "人"}},
        {"@id": "cat01", "@name": "男女", "CLASS": [
            {"@code": "#A-1", "@name": "男"}, {"@code": "A-1", "@name": "女"}]},
        {"@id": "area", "@name": "地域", "CLASS": [
            {"@code": "00000", "@name": "全国"}, {"@code": "zz", "@name": "港区"}]},
        {"@id": "time", "@name": "時間軸", "CLASS": [{"@code": "7", "@name": "令和6年"}]},
    ]  # fmt: skip
    data = {
        "RESULT_INF": {"TOTAL_NUMBER": 9, "TO_NUMBER": 3} | more,
        "TABLE_INF": {
            "@id": "0009999999", "STAT_NAME": {"@code": "1", "$": "架空統計"},
            "GOV_ORG": {"@code": "1", "$": "架空省"},
            "TITLE": {"@no": "1", "$": "架空表"}, "CYCLE": "年次", "UPDATED_DATE": "2025-01-01",
        },
        "CLASS_INF": {"CLASS_OBJ": named},
        "DATA_INF": {"NOTE": notes, "VALUE": values},
    }  # fmt: skip
    return json.dumps(
        {"GET_STATS_DATA": {"RESULT": {"STATUS": 0, "ERROR_MSG": "ok"}, "STATISTICAL_DATA": data}}
    )


def test_an_answer_of_e_stat(read):
    values = [
        {
            "@tab": "10",
            "@cat01": "#A-1",
            "@area": "00000",
            "@time": "2023000000",
            "@unit": "人",
            "$": "1,000",
        },
        {"@tab": "10", "@cat01": "A-1", "@area": "13103", "@time": "7", "$": "☆"},
        {"@tab": "10", "@cat01": "#A-1", "@area": "zz", "@time": "2024000000", "$": 5.5},
        {"@tab": "10", "@cat01": "#A-1", "@area": "99999", "@time": "2024000000", "$": "1"},
        {"@tab": "10", "@cat01": "#A-1", "@area": "13103", "@time": "2023000000", "@unit": "円", "$": "1"},
        7,
    ]
    found = read(estat(values, {"@char": "☆", "$": "秘匿"}, NEXT_KEY=4))
    men, women = found.series
    assert (found.file_format, found.source_code) == ("estat-json", "estat-0009999999")
    assert (found.source_title, found.publisher) == ("架空統計", "架空省")
    assert (men.title, men.unit, men.frequency, men.decimals) == ("架空表(男)", "人", "year", 1)
    assert men.code != women.code and men.code.startswith("estat-0009999999-10-a-1")
    assert figures(men) == {("000000", "2023-01-01"): Decimal(1000), ("131032", "2024-01-01"): Decimal("5.5")}
    assert figures(women) == {("131032", "2024-01-01"): "☆"}
    assert [each.row for each in found.refusals] == ["VALUE[3]", "VALUE[4]", "VALUE[5]"]
    assert any("3 / 9" in str(note) for note in found.notes)


def test_single_elements_and_one_class_stand_alone(read):
    classes = {"@id": "tab", "@name": "表章項目", "CLASS": {"@code": "10", "@name": "人数", "@unit": "人"}}
    value = {"@tab": "10", "@time": "2023100000", "$": "5"}
    (series,) = read(estat(value, [], classes)).series
    assert series.title == "架空表" and figures(series) == {("000000", "2023-04-01"): Decimal(5)}


def test_signs_that_no_database_holds_are_left_out(read):
    value = {"@tab": "10", "@time": "2023000000", "@unit": "人\ud800", "$": "5"}
    classes = {"@id": "tab", "@name": "項目", "CLASS": {"@code": "10", "@name": "数"}}
    found = read(estat([value, value | {"@time": "\udfff?"}], [], classes))
    assert found.series[0].unit == "人" and "\udfff" not in found.refusals[0].what
    (series,) = read("系列名,地域,期間,値\n率\x00,港区,2023年,5\n").series
    assert series.title == "率"


def test_an_answer_without_figures_is_refused(read):
    with pytest.raises(NoFigures):
        read(estat([]))


def test_the_examples_of_the_handbook_are_read(read):
    text = (Path(__file__).parents[5] / "docs" / "statistics.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:json)?\n(.+?)```", text, re.DOTALL)
    long, down, across, answer = (read(block) for block in blocks[:4])
    assert [each.code for each in long.series] == ["rate", "count"] and not long.refusals
    assert [down.file_format, across.file_format] == ["wide", "wide"] and not (
        down.refusals or across.refusals
    )
    assert figures(across.series[0])["000000", "2023-04-01"] == 16
    assert [each.code for each in answer.series] == ["estat-0009999999-10"] and not answer.refusals
