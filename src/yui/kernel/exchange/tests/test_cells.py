"""Cells as offices write them."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import Month
from yui.kernel.exchange.checking import read_cell
from yui.kernel.exchange.errors import in_both_languages
from yui.kernel.exchange.formats.cells import CellRejected
from yui.kernel.exchange.importers import ColumnKind, ImportColumn

CHOICES = (("standard", "標準"), ("other", "その他"))


def column(kind, **options):
    return ImportColumn("x", "列", kind=ColumnKind(kind), **options)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("int", "１，２３４", 1234),
        ("int", "▲12", -12),
        ("int", "1234.0", 1234),
        ("decimal", "12.5％", Decimal("0.125")),
        ("decimal", "△0.5", Decimal("-0.5")),
        ("yen", "１億２，３４０万円", 123_400_000),
        ("yen", "¥1,200", 1200),
        ("yen", "▲1,200", -1200),
        ("date", "令和８年４月１日", datetime.date(2026, 4, 1)),
        ("date", "R8.4.1", datetime.date(2026, 4, 1)),
        ("date", "2026-04-01 00:00:00", datetime.date(2026, 4, 1)),
        ("date", "2026/4/1", datetime.date(2026, 4, 1)),
        ("month", "令和8年4月", Month(2026, 4)),
        ("month", "2026-04-01 00:00:00", Month(2026, 4)),
        ("bool", "○", True),
        ("bool", "有り", True),
        ("bool", "×", False),
        ("bool", "いいえ", False),
        ("bool", "true", True),
        ("choice", "標 準", "standard"),
        ("choice", "ＯＴＨＥＲ", "other"),
        ("choice", "標準化対象", "standard"),
        ("code", "Ａ－０１ ", "A-01"),
        ("code", "131032.0", "131032"),
        ("text", " 髙橋　太郎\u200b ", "髙橋　太郎"),
    ],
)
def test_values_are_read(kind, text, value):
    options = {"choices": CHOICES, "choice_aliases": {"標準化対象": "standard"}} if kind == "choice" else {}
    from yui.kernel.exchange.formats.cells import plain_text

    assert read_cell(column(kind, **options), plain_text(text)) == value


@pytest.mark.parametrize("kind", ["text", "int", "yen", "date", "bool", "choice"])
@pytest.mark.parametrize("text", ["", "-", "－", "―", "ー", "N/A"])
def test_a_dash_says_nothing(kind, text):
    assert read_cell(column(kind, choices=CHOICES), text) is None
    with pytest.raises(CellRejected):
        read_cell(column(kind, choices=CHOICES, required=True), text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("int", "十二"),
        ("int", "1.5"),
        ("decimal", "NaN"),
        ("yen", "約100円"),
        ("date", "2026-02-30"),
        ("date", "令和40年1月1日は未定"),
        ("month", "13月"),
        ("bool", "たぶん"),
        ("choice", "標準外"),
    ],
)
def test_what_cannot_be_read_says_so_in_both_languages(kind, text):
    with pytest.raises(CellRejected) as rejected:
        read_cell(column(kind, choices=CHOICES), text)
    both = in_both_languages(rejected.value.message)
    assert text in both["ja"]
    assert in_both_languages(rejected.value.remedy)["ja"]


def test_length_and_verify_are_checked():
    with pytest.raises(CellRejected):
        read_cell(column("text", max_length=3), "四文字だ")

    def refuse(value):
        raise ValueError("検査数字が合いません。")

    with pytest.raises(CellRejected, match="検査数字"):
        read_cell(column("organisation_code", verify=refuse), "131031")


@given(st.text(max_size=60), st.sampled_from(list(ColumnKind)))
def test_any_text_is_read_or_rejected(text, kind):
    with override("ja"):
        try:
            read_cell(column(kind, choices=CHOICES), text)
        except CellRejected as rejected:
            assert str(rejected.message)
