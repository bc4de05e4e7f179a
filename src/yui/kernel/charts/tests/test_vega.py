"""Vega-Lite charts: data on the page, drawings on paper, nothing fetched."""

import json

import altair
import pytest
from django.template import Context, Template

from yui.kernel.charts import ChartTable
from yui.kernel.charts.vega import VegaChart

ROWS = [{"ward": "</script><b>港区", "cost": 3}, {"ward": "新宿区", "cost": 5}]
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": ROWS},
    "mark": "bar",
    "encoding": {"x": {"field": "ward", "type": "nominal"}, "y": {"field": "cost", "type": "quantitative"}},
}
TABLE = ChartTable(("区", "費用"), (("港区", "3"), ("新宿区", "5")), frozenset({1}))


def vega(spec=SPEC):
    return VegaChart(spec=spec, title="費用", finding="新宿区が大きい。", table=TABLE)


def test_the_page_carries_the_specification_as_data():
    chart = vega()
    page = Template("{% load charts %}{% vega_chart c %}").render(Context({"c": chart}))
    assert f'data-vega="#{chart.spec_id}"' in page
    script = page.split(f'<script id="{chart.spec_id}" type="application/json">')[1].split("</script>")[0]
    assert json.loads(script) == SPEC
    assert "新宿区が大きい。" in page and '<td class="number">5</td>' in page
    assert "<b>" not in page and "style=" not in page


def test_altair_charts_are_taken_as_they_are():
    drawn = altair.Chart(altair.InlineData(values=ROWS)).mark_bar().encode(x="ward:N", y="cost:Q")
    assert vega(drawn).specification["mark"]["type"] == "bar"
    assert vega(drawn).spec_id == vega(drawn).spec_id != vega().spec_id


def test_paper_gets_svg_and_png():
    svg = vega().to_svg()
    assert svg.startswith("<svg") and "新宿区" in svg
    assert vega().to_png(scale=1).startswith(b"\x89PNG")


def test_data_that_would_be_fetched_is_refused():
    address = {**SPEC, "data": {"url": "https://example.jp/x.csv"}}
    with pytest.raises(ValueError, match="inside its specification"):
        vega(address)
    with pytest.raises(ValueError, match="inside its specification"):
        vega({"layer": [address]})
