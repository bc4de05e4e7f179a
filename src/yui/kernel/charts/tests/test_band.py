"""A line with ranges: the expected line is joined to the known one, and marks are named once."""

from yui.kernel.charts import BandChart, BandPoint
from yui.kernel.charts.tests.strategies import SVG, parsed, texts

FAN = (
    BandPoint("4月", 100),
    BandPoint("5月", 110),
    BandPoint("6月", expected=120, inner=(110, 130), outer=(100, 140)),
    BandPoint("7月", expected=120, inner=(105, 135), outer=(90, 150)),
)


def drawn(points, **options):
    options = {"title": "幅", "value_name": "請求", "expected_name": "見通し"} | options
    return parsed(BandChart(points=points, **options).draw()).find(f"{SVG}svg")


def test_the_expected_line_begins_at_the_last_known_value():
    svg = drawn(FAN)
    # The legend, drawn last, has a line of each sort too.
    drawn_lines = reversed(list(svg.iter(f"{SVG}polyline")))
    lines = {line.get("class"): line.get("points").split() for line in drawn_lines}
    assert len(lines["line-projected"]) == 3
    assert lines["line-projected"][0] == lines["line"][-1]
    assert len(list(svg.iter(f"{SVG}polygon"))) == 2


def test_the_outer_range_lies_around_the_inner_one():
    outer, inner = (
        [float(pair.split(",")[1]) for pair in area.get("points").split()]
        for area in drawn(FAN).iter(f"{SVG}polygon")
    )
    assert min(outer) < min(inner) < max(inner) < max(outer)


def test_a_run_of_marks_has_its_first_value_written():
    svg = drawn(tuple(BandPoint(str(day), 7 + day, is_marked=day > 1) for day in range(4)), unit="件")
    assert [text for text in texts(svg) if text.endswith("件")] == ["9件"]


def test_the_table_leaves_out_ranges_that_nothing_has():
    chart = BandChart(points=(BandPoint("4月", 1),), title="幅")
    assert len(chart.as_table().headers) == 3
    assert chart.as_table().rows == (("4月", "1", ""),)
    full = BandChart(points=FAN, title="幅", inner_name="80%", outer_name="95%").as_table()
    assert full.headers[3:] == ("80% 下限", "80% 上限", "95% 下限", "95% 上限")
    assert full.rows[0][3:] == ("", "", "", "")


def test_without_values_it_says_so():
    assert "データなし" in texts(drawn((BandPoint("4月"),)))
