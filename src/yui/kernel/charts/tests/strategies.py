"""Charts of every kind, as strategies and as hostile examples."""

import datetime
import xml.etree.ElementTree as ET
from decimal import Decimal

from yui.kernel.calendar_jp import Month
from yui.kernel.charts import (
    BandChart,
    BandPoint,
    Bar,
    BarChart,
    Curve,
    CurveChart,
    CurveMark,
    FlowEdge,
    FlowNode,
    GraphEdge,
    GraphLane,
    GraphNode,
    Histogram,
    LayeredFlow,
    Matrix,
    MatrixCell,
    MatrixRow,
    MatrixState,
    PeerLine,
    PeerRole,
    PeersChart,
    ProjectedPoint,
    StackedColumns,
    StackSeries,
    Step,
    SystemGraph,
    Tile,
    TileMap,
    Timeline,
    TimelineBar,
    TimelineRow,
    TrendChart,
    TrendMark,
    TrendPoint,
    TrendSeries,
    WaterfallChart,
)
from yui.kernel.charts.engine.tiles import PLACES

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """</svg><script>alert('x')</script>"&\x00\x0b<b style="x">\ud800"""
JAVASCRIPT = "javascript:alert(1)"
APRIL = Month(2025, 4)


def parsed(drawn: str) -> ET.Element:
    """Parse a drawing, HTML fragments under one root; fails where it is not well-formed."""
    return ET.fromstring(f"<root>{drawn}</root>")


def texts(root: ET.Element) -> list[str]:
    """Every written text, tooltips left out."""
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def trend(values, **options):
    """A trend of one series from April 2025."""
    points = tuple(TrendPoint(APRIL.shift(step), value) for step, value in enumerate(values))
    return TrendChart(**{"title": "推移", "unit": "%", "series": (TrendSeries("全区", points),), **options})


def every_kind(name: str = "名前", url: str = "/x/"):
    """One chart of each kind, with the same name and address wherever a chart takes one."""
    words = {"title": name, "finding": name, "download_url": url}
    day = datetime.date(2026, 4, 1)
    return [
        trend(
            [Decimal("1.2"), None, 3],
            target=2,
            target_label=name,
            projection=(ProjectedPoint(APRIL.shift(4), 3, 2, 4),),
            marks=(TrendMark(APRIL.shift(1), name), TrendMark(APRIL.shift(90), "外")),
            **words,
        ),
        *kinds_of_range(name, words),
        BarChart(
            bars=(Bar(name, 12_000_000, url, name, True), Bar("無", None)), unit="円", target=5, **words
        ),
        StackedColumns(
            columns=(name, "次"), series=(StackSeries(name, (3, None)), StackSeries("他", (-1, 2))), **words
        ),
        *kinds_of_change(name, url, words),
        Histogram(values=(1, 2, 2, 3, 9), unit=name, **words),
        Timeline(
            rows=(TimelineRow(name, (TimelineBar(day, day.replace(year=2027), name, url),), url),),
            today=day,
            **words,
        ),
        SystemGraph(
            nodes=(GraphNode("a", name, "z", url, name), GraphNode("b", name, "z", url)),
            edges=(GraphEdge("a", "b", name),),
            lanes=(GraphLane("z", name),),
            **words,
        ),
        LayeredFlow(
            columns=(name, "先"),
            nodes=(FlowNode("a", 0, name, name, name, name, url), FlowNode("b", 1, name, url=url)),
            edges=(FlowEdge("a", "b", 3, name),),
            weights=(name, "1", "2", "3", "4"),
            **words,
        ),
        TileMap(tiles=tuple(Tile(code, name, name, 4, (1, 2), url, "late") for code in PLACES), **words),
        Matrix(
            columns=(name,),
            rows=(MatrixRow(name, (MatrixCell("s", url, name),), url),),
            states=(MatrixState("s", "●", name, "good"),),
            **words,
        ),
    ]


def kinds_of_range(name: str, words: dict):
    """One chart of each kind that draws a range around a line."""
    return [
        BandChart(
            points=(
                BandPoint(name, 3, is_marked=True),
                BandPoint("次", expected=4, inner=(3, 5), outer=(-2, 6)),
                BandPoint("無"),
            ),
            value_name=name,
            expected_name=name,
            inner_name=name,
            outer_name=name,
            **words,
        ),
        PeersChart(
            periods=(name, "次"),
            lines=(
                PeerLine(name, (3, None), PeerRole.OWN),
                PeerLine("中央", (2, 4), PeerRole.MIDDLE),
                PeerLine("国", (None, None), PeerRole.WHOLE),
            ),
            lower=(1, None),
            upper=(5, 6),
            range_name=name,
            **words,
        ),
    ]


def kinds_of_change(name: str, url: str, words: dict):
    """One chart of each kind that tells of a change."""
    return [
        WaterfallChart(
            start_name=name,
            start=100,
            start_url=url,
            steps=(Step(name, 40, url, name), Step("減", -150, url)),
            end_name=name,
            end=-10,
            end_url=url,
            unit="円",
            **words,
        ),
        CurveChart(
            places=(100, 150, 200),
            place_label=name,
            curves=(Curve(name, (1, 2, 3)), Curve("他", (2, 2, 2))),
            marks=(CurveMark(150, name), CurveMark(151, name), CurveMark(900, "外")),
            **words,
        ),
    ]
