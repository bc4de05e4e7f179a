"""Figures, periods and areas as tables write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.governance.statistics.areas import NATION, TOKYO, WARD_CODES, area_name, area_of
from yui.governance.statistics.formats.codes import code_of
from yui.governance.statistics.formats.figures import SIGNS, FigureRejected, read_figure
from yui.governance.statistics.formats.periods import read_estat_time, read_period
from yui.governance.statistics.models import CODE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"),
        ("１，２３４．５", "1234.5"),
        ("△1.5", "-1.5"),
        ("▲ 3", "-3"),
        ("−3", "-3"),
        ("-0", "0"),
        ("+7", "7"),
        (".5", "0.5"),
        ("12.3%", "12.3"),
        ("1e-05", "0.00001"),
        ("1.2E+05", "120000"),
        ("0.30000000000000004", "0.3"),
        ("0.3333333333333333", "0.333333333"),
        ("100", "100"),
        ("0.10", "0.1"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_numbers(text, value):
    found = read_figure(text)
    assert found.value == Decimal(value) and not found.missing
    assert "E" not in str(found.value)


@pytest.mark.parametrize("text", ["r 12.3", "12.3r", "(r)12.3", "12.3(p)", "p12.3"])
def test_marks_of_the_publisher(text):
    found = read_figure(text)
    assert found.value == Decimal("12.3")
    assert (found.is_marked_revised, found.is_provisional) == ("r" in text, "p" in text)


@pytest.mark.parametrize("text", ["-", "－", "***", "X", "x", "…", "...", "N/A"])
def test_signs_of_absence_are_kept(text):
    found = read_figure(text)
    assert found.value is None and found.missing == text


def test_a_file_may_declare_signs_of_its_own():
    assert read_figure("☆", {"☆"}).missing == "☆"
    with pytest.raises(FigureRejected):
        read_figure("☆")


@pytest.mark.parametrize(
    "text",
    ["12,34", "1.2.3", "abc", "=1+1", "<b>1</b>", "∞", "NaN", "½", "①", "1" * 70, "1234567890123456", "1e15"],
)
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(FigureRejected):
        read_figure(text)


def test_an_empty_cell_says_nothing():
    assert read_figure("") is None and read_figure(" 　") is None


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=6, allow_nan=False))
def test_a_number_written_with_separators_reads_back(value):
    assert read_figure(f"{value:,f}").value == value


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_figure(text)
    except FigureRejected:
        return
    assert found is None or (found.value is None) == bool(found.missing)
    assert found is None or len(found.missing) <= 8


@pytest.mark.parametrize(
    ("text", "day", "frequency"),
    [
        ("2023", date(2023, 1, 1), "year"),
        ("2023年", date(2023, 1, 1), "year"),
        ("令和5年", date(2023, 1, 1), "year"),
        ("R5", date(2023, 1, 1), "year"),
        ("平成元年", date(1989, 1, 1), "year"),
        ("2023年度", date(2023, 4, 1), "fiscal_year"),
        ("令和5年度", date(2023, 4, 1), "fiscal_year"),
        ("FY2023", date(2023, 4, 1), "fiscal_year"),
        ("2023年4〜6月期", date(2023, 4, 1), "quarter"),
        ("2023Q2", date(2023, 4, 1), "quarter"),
        ("2023-05", date(2023, 5, 1), "month"),
        ("令和5年/5月", date(2023, 5, 1), "month"),
        ("R5.5", date(2023, 5, 1), "month"),
        ("2023-05-02 00:00:00", date(2023, 5, 2), "day"),
        ("2023年10月1日現在", date(2023, 10, 1), "day"),
    ],
)
def test_periods(text, day, frequency):
    assert read_period(text) == (day, frequency)


@pytest.mark.parametrize(
    "text", ["", "地域", "5", "1,234", "昭和64年", "2023年13月", "元年", "9999", "a5", "令和300年", "x" * 99]
)
def test_what_is_no_period_is_none(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "wanted", "day"),
    [
        ("2023", "fiscal_year", date(2023, 4, 1)),
        ("2023-04-01", "fiscal_year", date(2023, 4, 1)),
        ("2023-04-01", "month", date(2023, 4, 1)),
        ("2023-04", "quarter", date(2023, 4, 1)),
    ],
)
def test_a_frequency_that_is_told_decides(text, wanted, day):
    assert read_period(text, wanted) == (day, wanted)
    assert read_period("2023-05-02", wanted) is None


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("2023000000", (date(2023, 1, 1), "year")),
        ("2023100000", (date(2023, 4, 1), "fiscal_year")),
        ("2023000505", (date(2023, 5, 1), "month")),
        ("2023000406", (date(2023, 4, 1), "quarter")),
        ("2023000112", (date(2023, 1, 1), "year")),
        ("2023000205", None),
        ("2023100409", None),
        ("7", None),
    ],
)
def test_time_codes_of_e_stat(code, found):
    assert read_estat_time(code, "") == found
    assert read_estat_time("7", "令和5年") == (date(2023, 1, 1), "year")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("131032", "131032"),
        ("13103", "131032"),
        ("港区", "131032"),
        ("東京都 港区", "131032"),
        ("Minato City", "131032"),
        ("１３１０３", "131032"),
        ("13", TOKYO),
        ("13000", TOKYO),
        ("東京都", TOKYO),
        ("00000", NATION),
        ("全国", NATION),
        ("000000", NATION),
        ("14100", "141003"),
        ("131033", None),
        ("99999", None),
        ("どこか", None),
        ("", None),
        ("2023", None),
        ("48", None),
    ],
)
def test_areas(text, code):
    assert area_of(text) == code


def test_areas_have_names_where_we_know_them():
    assert [area_name(code) for code in (WARD_CODES[0], TOKYO, NATION, "141003")] == [
        "千代田区",
        "東京都",
        "全国",
        "141003",
    ]


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4).filter(any))
def test_a_proposed_code_is_one_that_the_store_takes(parts):
    CODE(code_of(*parts))


def test_signs_are_compared_folded():
    assert all(sign == sign.casefold() for sign in SIGNS)
