"""What holds for every kind of chart: well-formed, inside its frame, safe, the same data as a table."""

import re

import pytest
from django.template import Context, Template

from yui.kernel.charts import sparkline
from yui.kernel.charts.engine.markup import safe_url
from yui.kernel.charts.figure import figure_of
from yui.kernel.charts.tests.strategies import HOSTILE, JAVASCRIPT, SVG, every_kind, parsed

kinds = pytest.mark.parametrize("chart", every_kind(), ids=lambda chart: type(chart).__name__)
hostile_kinds = pytest.mark.parametrize(
    "chart", every_kind(HOSTILE, JAVASCRIPT), ids=lambda chart: type(chart).__name__
)


def coordinates(svg):
    """Every point of rectangles, lines, circles, polylines and texts."""
    for node in svg.iter():
        for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")):
            if x in node.attrib and y in node.attrib:
                yield float(node.attrib[x]), float(node.attrib[y])
        if "width" in node.attrib and "x" in node.attrib:
            yield (
                float(node.attrib["x"]) + float(node.attrib["width"]),
                float(node.attrib["y"]) + float(node.attrib["height"]),
            )
            assert float(node.attrib["width"]) >= 0 and float(node.attrib["height"]) >= 0
        for pair in node.attrib.get("points", "").split():
            x, y = pair.split(",")
            yield float(x), float(y)


@kinds
def test_drawings_say_what_they_are_and_stay_inside_their_frame(chart):
    for svg in parsed(chart.draw()).findall(f"{SVG}svg"):
        assert svg.get("role") in {"img", "group"}
        assert svg.find(f"{SVG}title").text == svg.get("aria-label") == chart.title
        assert svg.find(f"{SVG}desc").text == chart.finding
        _, _, width, height = map(float, svg.get("viewBox").split())
        for x, y in coordinates(svg):
            assert -0.5 <= x <= width + 0.5 and -0.5 <= y <= height + 0.5


@kinds
def test_an_image_holds_no_links_and_a_group_does(chart):
    for svg in parsed(chart.draw()).findall(f"{SVG}svg"):
        has_links = svg.find(f".//{SVG}a") is not None
        assert svg.get("role") == ("group" if has_links else "img")


@kinds
def test_nothing_needs_what_the_content_security_policy_forbids(chart):
    drawn = str(figure_of(chart))
    assert "style=" not in drawn and "<style" not in drawn and "<script" not in drawn
    assert not re.search(r"\son\w+=", drawn)


@kinds
def test_tables_have_a_cell_for_every_heading(chart):
    table = chart.as_table()
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.headers)}
    assert max(table.numeric, default=0) < len(table.headers)


@hostile_kinds
def test_hostile_names_stay_text_and_hostile_addresses_vanish(chart):
    figure = parsed(figure_of(chart))
    names = {node.tag.removeprefix(SVG) for node in figure.iter()}
    assert not names & {"script", "b"}
    assert not [node for node in figure.iter() if "style" in node.attrib]
    assert JAVASCRIPT not in "".join(str(node.attrib) for node in figure.iter())
    assert "alert('x')" in "".join(figure.itertext())


@kinds
def test_the_figure_holds_title_finding_table_and_download(chart):
    page = Template("{% load charts %}{% chart c %}").render(Context({"c": chart}))
    figure = parsed(page).find("figure")
    assert figure.find("figcaption").text == chart.title
    assert figure.find("p[@class='chart-finding']").text == chart.finding
    assert figure.find("p[@class='chart-tools']/a").get("href") == chart.download_url
    tables = figure.findall(".//table")
    assert len(tables) == 1
    rows = tables[0].findall("tbody/tr")
    assert len(rows) == len(chart.as_table().rows)


@pytest.mark.parametrize("url", ["/a/?b=1#c", "?page=2", "#x", "https://example.jp/", "http://example.jp/a"])
def test_addresses_that_may_be_followed(url):
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url", ["", JAVASCRIPT, "//evil.example", "/\\evil", "data:text/html,x", " /a", "/a b", "JAVASCRIPT:x"]
)
def test_addresses_that_may_not(url):
    assert safe_url(url) == ""


def test_a_sparkline_breaks_where_data_is_missing():
    root = parsed(sparkline([1, 2, None, 3, 4, None, 5], target=2, title="推移"))
    svg = root.find(f"{SVG}svg")
    assert svg.get("role") == "img" and svg.find(f"{SVG}title").text == "推移"
    assert [len(line.get("points").split()) for line in svg.iter(f"{SVG}polyline")] == [2, 2]
    assert len(list(svg.iter(f"{SVG}line"))) == 1


def test_a_sparkline_without_title_is_decoration():
    assert parsed(sparkline([1, 2])).find("svg").get("aria-hidden") == "true"


@pytest.mark.parametrize("points", [[], [None, None]])
def test_a_sparkline_without_data_draws_nothing(points):
    assert list(parsed(sparkline(points)).find("svg")) == []


def test_a_sparkline_by_tag():
    page = Template("{% load charts %}{% sparkline p None t %}").render(Context({"p": [1, 2], "t": "<b>"}))
    assert "&lt;b&gt;" in page and "<b>" not in page


@hostile_kinds
def test_every_figure_can_be_sent(chart):
    assert str(figure_of(chart)).encode("utf-8")


@pytest.mark.parametrize("url", ["/x/", ""])
def test_a_drawing_has_one_title_and_every_link_a_name(url):
    for chart in every_kind(url=url):
        for svg in parsed(chart.draw()).findall(f"{SVG}svg"):
            assert len(svg.findall(f"{SVG}title")) == 1
            assert all(link.find(f"{SVG}title").text for link in svg.iter(f"{SVG}a"))
