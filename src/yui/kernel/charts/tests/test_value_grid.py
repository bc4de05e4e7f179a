"""The unit above an axis stays inside the drawing, however long its name is."""

import re

import pytest

from yui.kernel.charts.engine.lettering import width_of
from yui.kernel.charts.engine.scales import Scale, nice_axis
from yui.kernel.charts.engine.trend import value_grid


@pytest.mark.parametrize("unit", ["件", "thousand yen", "hours in which somebody waited"])
def test_the_unit_is_not_cut(unit):
    axis = nice_axis([0, 40])
    drawn = str(value_grid(axis, unit, Scale(axis.low, axis.high, 200, 20), 64.0, 600.0))
    found = re.search(rf"<text[^>]*>\({unit}\)</text>", drawn).group()
    x = float(re.search(r'\bx="([\d.]+)"', found)[1])
    start = x - width_of(f"({unit})") if 'text-anchor="end"' in found else x
    assert start >= 0
