"""The tags of ``{% load charts %}``: ``chart``, ``vega_chart`` and ``sparkline``."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from yui.kernel.charts.engine.chart import Chart
from yui.kernel.charts.engine.scales import Number
from yui.kernel.charts.engine.sparkline import sparkline as drawn_sparkline
from yui.kernel.charts.figure import figure_of
from yui.kernel.charts.vega import VegaChart

register = template.Library()


@register.simple_tag
def chart(shown: Chart) -> SafeString:
    """Draw a chart with its title, finding, table and download."""
    return figure_of(shown)


@register.simple_tag
def vega_chart(shown: VegaChart) -> SafeString:
    """Put a Vega-Lite chart on the page with its title, finding, table and download."""
    return shown.figure()


@register.simple_tag
def sparkline(points: Sequence[Number | None], target: Number | None = None, title: str = "") -> SafeString:
    """Draw a word-sized line."""
    # The drawing escapes its title; everything else in it is numbers.
    return SafeString(drawn_sparkline(points, target, title))
