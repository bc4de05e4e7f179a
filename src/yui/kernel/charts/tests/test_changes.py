"""The waterfall and the curve: steps that add up, lines over a number, marks that do not collide."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.charts import Curve, CurveChart, CurveMark, Step, WaterfallChart
from yui.kernel.charts.tests.strategies import SVG, parsed, texts

amounts = st.integers(-(10**12), 10**12)


def waterfall(start, values):
    steps = tuple(Step(f"理由{index}", value) for index, value in enumerate(values))
    return WaterfallChart(
        title="増減",
        unit="円",
        start_name="前",
        start=start,
        steps=steps,
        end_name="後",
        end=start + sum(values),
    )


@given(amounts, st.lists(amounts, max_size=12))
def test_any_waterfall_has_a_bar_for_every_row(start, values):
    chart = waterfall(start, values)
    root = parsed(chart.draw())
    bars = [node for node in root.iter(f"{SVG}rect") if node.get("class") == "fill"]
    assert len(bars) == len(chart.as_table().rows) == len(values) + 2


def test_bars_are_as_long_as_their_steps_and_begin_where_the_last_ended():
    root = parsed(waterfall(1000, [500, -750]).draw())
    bars = [node for node in root.iter(f"{SVG}rect") if node.get("class") == "fill"]
    first, rise, fall, last = (
        (float(bar.get("x")), float(bar.get("x")) + float(bar.get("width"))) for bar in bars
    )
    assert math.isclose(rise[0], first[1], abs_tol=0.02)
    assert math.isclose(fall[1], rise[1], abs_tol=0.02)
    assert math.isclose(last[1], fall[0], abs_tol=0.02)
    assert math.isclose((rise[1] - rise[0]) / (first[1] - first[0]), 0.5, rel_tol=0.01)


def test_steps_carry_their_signs():
    chart = waterfall(1000, [500, -750])
    assert [row[1] for row in chart.as_table().rows] == ["1,000", "+500", "−750", "750"]
    assert {"+500円", "▲750円"} <= set(texts(parsed(chart.draw())))


def test_steps_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="lead to 3, not to 4"):
        WaterfallChart(title="", start_name="前", start=1, steps=(Step("甲", 2),), end_name="後", end=4)


def curve(values=(1, 2, 3), **options):
    made = {"title": "感度", "places": (100, 150, 200), "place_label": "為替レート", "place_unit": "円"}
    return CurveChart(**(made | {"curves": (Curve("費用", tuple(values)),)} | options))


@given(st.lists(st.floats(-1e12, 1e12), min_size=3, max_size=3))
def test_any_curve_can_be_drawn(values):
    root = parsed(curve(values).draw())
    assert len(list(root.iter(f"{SVG}circle"))) == 3


def test_a_curve_is_a_table_of_places():
    table = curve(unit="円").as_table()
    assert table.headers == ("為替レート(円)", "費用(円)")
    assert table.rows[1] == ("150", "2")


def test_marks_outside_are_left_out_and_close_ones_stand_apart():
    chart = curve(marks=(CurveMark(150, "分かれ目 150円"), CurveMark(152, "いま 152円"), CurveMark(99, "外")))
    root = parsed(chart.draw())
    written = {
        "".join(node.itertext()): float(node.get("y"))
        for node in root.iter(f"{SVG}text")
        if "円" in "".join(node.itertext()) or "外" in "".join(node.itertext())
    }
    assert "外" not in written
    assert abs(written["分かれ目 150円"] - written["いま 152円"]) >= 12


@pytest.mark.parametrize(
    "wrong", [{"places": (100,)}, {"curves": (Curve("費用", (1,)),)}], ids=["one place", "ragged"]
)
def test_curves_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"two places|1 values for 3 places"):
        curve(**wrong)
