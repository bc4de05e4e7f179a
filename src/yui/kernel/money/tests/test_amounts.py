"""Reading and writing yen; rates."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.money import (
    AmountNotUnderstood,
    format_yen,
    format_yen_exact,
    parse_yen,
    percent,
    round_half_up,
    to_decimal,
    whole_yen,
)

amounts = st.integers(-(10**15), 10**15)
FULL_WIDTH = str.maketrans("0123456789,()-", "０１２３４５６７８９，（）－")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0円"),
        (9_999, "9,999円"),
        (-1_200, "▲1,200円"),
        (999_999, "999,999円"),
        (1_000_000, "100万円"),
        (1_234_567, "123万円"),
        (1_235_000, "124万円"),
        (-1_235_000, "▲124万円"),
        (99_994_999, "9,999万円"),
        (99_995_000, "1億円"),
        (123_400_000, "1億2,340万円"),
        (100_010_000, "1億1万円"),
        (999_999_994_999, "9,999億9,999万円"),
        (999_999_995_000, "1兆円"),
        (-3_450_000_000_000, "▲3兆4,500億円"),
        (12_345_678_901_234, "12兆3,457億円"),
    ],
)
def test_yen_at_a_glance(amount, text):
    assert format_yen(amount) == text


@given(amounts)
def test_exact_yen_reads_back(amount):
    written = format_yen_exact(amount)
    assert parse_yen(written) == amount
    assert parse_yen(written.translate(FULL_WIDTH)) == amount


@given(amounts)
def test_yen_at_a_glance_reads_back_within_its_unit(amount):
    unit = 1 if abs(amount) < 10**6 else 10**4 if abs(amount) < 10**12 - 5000 else 10**8
    assert abs(parse_yen(format_yen(amount)) - amount) <= unit / 2


@given(st.integers(1, 10**12))
def test_every_negative_sign_reads_the_same(size):
    texts = [f"{sign}{size:,}" for sign in "▲△−-－"] + [
        f"({size:,})",
        f"（{size}）",
        f"▲ {size} 円",
        f"¥-{size}",
    ]
    assert {parse_yen(text) for text in texts} == {-size}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("￥１，２３４", 1_234),
        ("¥1,234", 1_234),
        ("1 234 円", 1_234),
        ("1,234千円", 1_234_000),
        ("1,234.5千円", 1_234_500),
        ("△12百万円", -12_000_000),
        ("1.5億円", 150_000_000),
        ("1億2,340万円", 123_400_000),
        ("2兆3億4万5円", 2_000_300_040_005),
        ("1,234.00", 1_234),
        ("0", 0),
        ("", None),
        ("　", None),
        ("-", None),
        ("－", None),
        ("―", None),
    ],
)
def test_readings(text, amount):
    assert parse_yen(text) == amount


def test_the_columns_unit_counts_where_the_text_names_none():
    assert parse_yen("1,234", unit=1_000) == 1_234_000
    assert parse_yen("▲1.5", unit=1_000) == -1_500
    assert parse_yen("1,234円", unit=1_000) == 1_234
    assert parse_yen("5万", unit=1_000) == 50_000


@pytest.mark.parametrize(
    "text",
    [
        "百万円",
        "1,23",
        "1234,567",
        "12.5円",
        "0.5",
        "1万1億",
        "1億1億",
        "約100円",
        "1e5",
        "--1",
        "1-2",
        "円",
        "()",
    ],
)
def test_texts_that_are_no_amount(text):
    with pytest.raises(AmountNotUnderstood):
        parse_yen(text)


@given(st.text(max_size=15))
def test_any_text_is_an_amount_or_a_specific_error(text):
    try:
        assert parse_yen(text) is None or isinstance(parse_yen(text), int)
    except AmountNotUnderstood as error:
        assert error.text == text


@given(st.decimals(-(10**9), 10**9, places=3))
def test_decimals_read_back(number):
    assert to_decimal(f"{number:,}") == number
    assert to_decimal(number) == number


def test_decimals_from_numbers():
    assert to_decimal(0.1) == Decimal("0.1")
    assert to_decimal(3) == Decimal(3)
    assert to_decimal("▲１，２３４．５") == Decimal("-1234.5")


@pytest.mark.parametrize("value", ["", "12%", "1,23", float("nan"), float("inf"), Decimal("NaN")])
def test_values_that_are_no_decimal(value):
    with pytest.raises(AmountNotUnderstood):
        to_decimal(value)


def test_percent():
    assert percent(1, 4) == Decimal(25)
    assert percent(Decimal("182"), 10_000) == Decimal("1.82")
    assert percent(0, 4) == 0
    assert percent(1, 0) is None


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("1.005", 2, "1.01"), ("1250", -2, "1300"), ("0.4", 0, "0")],
)
def test_halves_round_away_from_zero(value, places, rounded):
    assert round_half_up(Decimal(value), places) == Decimal(rounded)


def test_whole_yen():
    assert whole_yen(Decimal("0.5")) == 1
    assert whole_yen(Decimal("-0.5")) == -1
    assert whole_yen(Decimal("0.4999")) == 0


def test_readers_of_other_languages_get_exact_yen():
    with translation.override("en"):
        assert format_yen(-123_400_000) == "-¥123,400,000"
        with pytest.raises(AmountNotUnderstood, match="cannot be read as an amount"):
            parse_yen("many")
