"""Scales, labels, bins and the charts of values."""

import math
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import Month
from yui.kernel.charts import Bar, BarChart, Histogram, ProjectedPoint, StackedColumns, StackSeries, TrendMark
from yui.kernel.charts.engine.histogram import bins_of
from yui.kernel.charts.engine.lettering import in_two_lines, shortened, spread, width_of
from yui.kernel.charts.engine.numbers import TickFormat, exact, shown
from yui.kernel.charts.engine.scales import nice_axis
from yui.kernel.charts.tests.strategies import APRIL, SVG, parsed, texts, trend

finite = st.floats(-1e12, 1e12, allow_nan=False)


@given(st.lists(finite, max_size=30), st.booleans())
@example([5e-324], True)
def test_axes_hold_every_value_between_round_ticks(values, from_zero):
    axis = nice_axis(values, from_zero=from_zero)
    slack = 1e-9 * max(abs(axis.low), abs(axis.high))
    assert all(axis.low - slack <= value <= axis.high + slack for value in values)
    assert axis.low < axis.high
    assert (axis.ticks[0], axis.ticks[-1]) == (axis.low, axis.high)
    assert 2 <= len(axis.ticks) <= 13
    steps = [after - before for before, after in pairwise(axis.ticks)]
    assert all(math.isclose(step, steps[0], rel_tol=1e-3) for step in steps)
    if from_zero:
        assert axis.low <= 0 <= axis.high


def test_known_axes():
    assert nice_axis([1, 9.5]).ticks == (0, 2, 4, 6, 8, 10)
    assert nice_axis([1.82, 1.91], from_zero=False).ticks == (1.82, 1.84, 1.86, 1.88, 1.9, 1.92)
    assert nice_axis([]).ticks[0] == 0


def test_ticks_of_yen_name_their_unit_once():
    ticks = TickFormat.of((0, 50_000_000, 100_000_000, 150_000_000), "円")
    assert ticks.caption == "億円"
    assert [ticks.write(tick) for tick in (0, 50_000_000, 150_000_000)] == ["0", "0.5", "1.5"]
    assert TickFormat.of((0, 1.8, 2.0), "%").write(2.0) == "2.0"


def test_values_at_a_glance_and_exact():
    assert shown(123_400_000, "円") == "1億2,340万円"
    assert shown(1.8234, "%") == "1.82%"
    assert shown(12_345.6, "件") == "12,346件"
    assert shown(-3.5, "日") == "−3.5日"
    assert shown(None, "円") == exact(None) == "データなし"
    assert exact(123_456_789) == "123,456,789"
    assert exact(0.125) == "0.125"


@given(st.lists(st.floats(-50, 150), max_size=12), st.floats(1, 30))
def test_spread_labels_keep_their_distance_order_and_bounds(places, gap):
    moved = spread(places, gap, 0, 100)
    least = min(gap, 100 / max(1, len(places) - 1)) - 1e-6
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in moved)
    assert all(after - before >= least for before, after in pairwise(sorted(moved)))
    assert [moved[i] for i in sorted(range(len(places)), key=lambda i: (places[i], i))] == sorted(moved)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60), st.floats(40, 200)
)
def test_lines_fit_their_width(text, width):
    assert width_of(shortened(text, width)) <= width
    lines = in_two_lines(text, width)
    assert 1 <= len(lines) <= 2
    assert all(width_of(line) <= width for line in lines)


def test_lines_break_where_words_meet():
    assert in_two_lines("人事給与・庶務事務システム", 152) == ["人事給与・", "庶務事務システム"]
    assert in_two_lines("短い名前", 152) == ["短い名前"]
    assert in_two_lines("あ" * 40, 120)[1].endswith("…")


@given(st.lists(finite, max_size=200))
def test_bins_count_every_value_once(values):
    bins = bins_of(values)
    assert sum(one.count for one in bins) == len(values)
    assert all(before.high == after.low for before, after in pairwise(bins))
    assert len(bins) <= 61


def test_a_histogram_lists_its_ranges():
    chart = Histogram(title="時間", unit="時間", values=(1, 1, 2, 3, 4, 8))
    assert sum(int(row[1]) for row in chart.as_table().rows) == 6
    assert any("中央値 2.5時間" in text for text in texts(parsed(chart.draw())))


def test_bars_go_from_long_to_short_with_missing_ones_last():
    chart = BarChart(
        title="費用", unit="円", bars=(Bar("甲", 5), Bar("乙", None), Bar("丙", 9), Bar("丁", -2))
    )
    assert [row[0] for row in chart.as_table().rows] == ["丙", "甲", "丁", "乙"]
    root = parsed(chart.draw())
    assert [text for text in texts(root) if text in "甲乙丙丁"] == ["丙", "甲", "丁", "乙"]
    widths = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect") if bar.get("class") == "fill"]
    assert math.isclose(widths[0] / widths[1], 9 / 5, rel_tol=0.01)
    assert math.isclose(widths[1] / widths[2], 5 / 2, rel_tol=0.01)


@given(st.lists(st.one_of(st.none(), st.integers(-(10**13), 10**13)), max_size=23))
def test_any_bars_can_be_drawn(values):
    chart = BarChart(title="費用", unit="円", bars=tuple(Bar(str(i), v) for i, v in enumerate(values)))
    shapes = [
        node for node in parsed(chart.draw()).iter(f"{SVG}rect") if node.get("class") in {"fill", "hatch"}
    ]
    assert len(shapes) == len(chart.as_table().rows) == len(values)


@given(st.lists(st.one_of(st.none(), finite), min_size=1, max_size=48))
def test_any_trend_can_be_drawn_and_leaves_gaps(values):
    root = parsed(trend(values).draw())
    marks = [node for node in root.iter(f"{SVG}circle") if node.find(f"{SVG}title") is not None]
    assert len(marks) == sum(value is not None for value in values)
    if not marks:
        assert "データなし" in texts(root)


def test_a_trend_names_target_projection_and_fiscal_years():
    chart = trend([1, 2, 3], target=5, projection=(ProjectedPoint(APRIL.shift(14), 4, 3, 6),))
    written = texts(parsed(chart.draw()))
    assert "目標 5%" in written and "見通し 4%" in written and "3%" in written
    assert "2025年度(令和7年度)" in written
    table = chart.as_table()
    assert table.headers == ("月", "全区(%)", "目標(%)", "見通し(%)", "下限(%)", "上限(%)")
    assert len(table.rows) == 15
    assert table.rows[0] == ("2025年4月", "1", "5", "", "", "")
    assert table.rows[-1] == (Month(2026, 6).label, "データなし", "5", "4", "3", "6")


def test_stacked_columns_add_up_and_refuse_ragged_series():
    chart = StackedColumns(
        title="内訳",
        unit="円",
        columns=("前", "後"),
        series=(StackSeries("甲", (1, 2)), StackSeries("乙", (3, None))),
    )
    assert [row[-1] for row in chart.as_table().rows] == ["4", "2"]
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        StackedColumns(title="内訳", columns=("前", "後"), series=(StackSeries("甲", (1,)),))


def test_what_is_counted_has_no_half():
    none = StackedColumns(title="t", columns=("a", "b"), series=(StackSeries("s", (0, 0)),))
    assert "0.2" not in texts(parsed(none.draw()).find(f"{SVG}svg"))
    few = StackedColumns(title="t", columns=("a",), series=(StackSeries("s", (Decimal(2),)),))
    written = texts(parsed(few.draw()).find(f"{SVG}svg"))
    assert "1" in written and "1.5" not in written
    parts = StackedColumns(title="t", columns=("a",), series=(StackSeries("s", (0.5,)),))
    assert "0.5" in texts(parsed(parts.draw()).find(f"{SVG}svg"))


def test_a_month_that_matters_is_marked_where_it_is_drawn():
    marks = (TrendMark(APRIL.shift(1), "期限"), TrendMark(APRIL.shift(90), "ずっと先"))
    svg = parsed(trend([1, 2, 3], marks=marks).draw()).find(f"{SVG}svg")
    assert "期限" in texts(svg) and "ずっと先" not in texts(svg)
    assert len([line for line in svg.iter(f"{SVG}line") if line.get("class") == "target"]) == 1


def test_charts_speak_english():
    with translation.override("en"):
        written = texts(parsed(trend([1, 2, 3, 4], target=5).draw()))
    assert "Target 5%" in written
    assert "FY2025 (Reiwa 7)" in written
