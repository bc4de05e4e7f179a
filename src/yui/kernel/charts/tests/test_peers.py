"""One among its peers: every line reads without colour, gaps stay gaps, the table holds it all."""

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.charts import PeerLine, PeerRole, PeersChart
from yui.kernel.charts.tests.strategies import APRIL, SVG, parsed, texts

OWN = PeerLine("港区", (1, None, 3, 4), PeerRole.OWN)
MIDDLE = PeerLine("区の中央値", (2, 2, 2, 2), PeerRole.MIDDLE)
NATION = PeerLine("全国", (5, 5, 5, None), PeerRole.WHOLE)
MONTHS = tuple(APRIL.shift(step) for step in range(4))


def chart_of(lines=(OWN, MIDDLE, NATION), periods=MONTHS, **options):
    options = {"title": "比べる", "unit": "件", "range_name": "まん中の半分"} | options
    return PeersChart(periods=periods, lines=lines, **options)


def drawn(chart):
    return parsed(chart.draw()).find(f"{SVG}svg")


def test_lines_differ_by_dashes_and_by_name():
    svg = drawn(chart_of(lower=(1, 1, 1, 1), upper=(3, 3, 3, 3)))
    dashes = {line.get("class"): line.get("stroke-dasharray") for line in svg.iter(f"{SVG}polyline")}
    assert len(set(dashes.values())) == 3 == len(dashes)
    written = texts(svg)
    for name in ("港区 4件", "区の中央値 2件", "全国 5件", "まん中の半分"):
        assert name in written


def test_a_gap_stays_a_gap():
    svg = drawn(chart_of(lines=(OWN,)))
    assert [len(line.get("points").split()) for line in svg.iter(f"{SVG}polyline")] == [2]
    broken = drawn(chart_of(lines=(MIDDLE,), lower=(1, None, 1, 1), upper=(3, 3, 3, 3)))
    assert len(list(broken.iter(f"{SVG}polygon"))) == 2


def test_the_table_holds_lines_and_range():
    table = chart_of(lower=(1, None, 1, 1), upper=(3, 3, 3, 3)).as_table()
    assert table.headers == (
        "月",
        "港区(件)",
        "区の中央値(件)",
        "全国(件)",
        "まん中の半分 下限(件)",
        "まん中の半分 上限(件)",
    )
    assert table.rows[1] == ("2025年5月", "データなし", "2", "5", "データなし", "データなし")
    assert len(chart_of().as_table().headers) == 4


def test_named_periods_are_written_as_far_as_they_fit():
    years = tuple(f"{year}年度(とても長い名前)" for year in range(2000, 2030))
    line = PeerLine("港区", tuple(range(30)), PeerRole.OWN)
    written = texts(drawn(chart_of(lines=(line,), periods=years)))
    names = [text for text in written if "年度" in text]
    assert names[-1] == years[-1] and 2 <= len(names) < 8


def test_months_with_holes_are_named_one_by_one():
    apart = (Month(2025, 4), Month(2025, 7), Month(2026, 1), Month(2026, 4))
    assert "2025年4月" in texts(drawn(chart_of(periods=apart)))


def test_without_values_it_says_so():
    empty = PeerLine("港区", (None,) * 4, PeerRole.OWN)
    assert "データなし" in texts(drawn(chart_of(lines=(empty,))))


@pytest.mark.parametrize(
    "options", [{"lower": (1,), "upper": (2,)}, {"lines": (PeerLine("x", (1,), PeerRole.OWN),)}]
)
def test_what_does_not_fit_the_periods_is_refused(options):
    with pytest.raises(ValueError, match="4 periods"):
        chart_of(**options)
