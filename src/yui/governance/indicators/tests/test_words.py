"""How values, targets and changes are written."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from yui.governance.indicators import words
from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.tree import tree
from yui.kernel.measures.values import Unit


def of(code):
    return tree().find(code)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        ("1.8249", Unit.PERCENT, 2, "1.82%"),
        ("9", Unit.COUNT, 0, "9件"),
        ("123400000", Unit.YEN, 0, "1億2,340万円"),
        ("19.44", Unit.HOURS, 1, "19.4時間"),
        ("-3", Unit.DAYS, 0, "−3日"),
        ("5000", Unit.PEOPLE, 0, "5,000人"),
        (None, Unit.YEN, 0, "データなし"),
    ],
)
def test_amounts_carry_their_unit(value, unit, decimals, text):
    assert words.amount_text(None if value is None else Decimal(value), unit, decimals) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("1-KGI-1", "年の変化 ±3%以内"),
        ("1-KSI-1", "80%以上"),
        ("2-KGI-1", "0件を保つ"),
        ("2-KPI-1", "24時間以内"),
        ("2-KPI-3", ""),
    ],
)
def test_targets_say_which_way_is_good(code, text):
    assert words.target_text(of(code)) == text


def test_a_ward_has_no_target_where_only_the_sum_has_one():
    assert words.target_text(of("1-KPI-2"), joint=False) == ""


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        ("0.3", "1-KGI-1", "+0.30ポイント"),
        ("-2", "1-KPI-3", "−2件"),
        ("0.001", "1-KGI-1", "±0"),
        (None, "1-KGI-1", ""),
    ],
)
def test_changes_carry_their_sign(change, code, text):
    assert words.change_text(None if change is None else Decimal(change), of(code)) == text


def test_numerators_keep_two_decimals_where_they_have_any():
    assert words.plain_text(Decimal("120000000000.000000")) == "120,000,000,000"
    assert words.plain_text(Decimal("162.1449")) == "162.14"
    assert words.plain_text(None) == ""


def test_every_unit_status_and_window_has_words_in_both_languages():
    for language in ("ja", "en"):
        with override(language):
            assert all(words.unit_text(unit) for unit in Unit)
            assert all(words.status_text(status) for status in (*Status, None))
            assert all(words.window_text(indicator) for indicator in tree().indicators)
            assert all(indicator.deadline for indicator in tree().indicators)
