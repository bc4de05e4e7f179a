"""Charts made by the server: frozen dataclasses that draw themselves and give their data as a table."""

from yui.kernel.charts.engine.band import BandChart, BandPoint
from yui.kernel.charts.engine.bars import Bar, BarChart
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.curve import Curve, CurveChart, CurveMark
from yui.kernel.charts.engine.graph import GraphEdge, GraphLane, GraphNode, SystemGraph
from yui.kernel.charts.engine.histogram import Histogram
from yui.kernel.charts.engine.layered_flow import FlowEdge, FlowNode, LayeredFlow
from yui.kernel.charts.engine.matrix import Matrix, MatrixCell, MatrixRow, MatrixState
from yui.kernel.charts.engine.peers import PeerLine, PeerRole, PeersChart
from yui.kernel.charts.engine.sparkline import sparkline
from yui.kernel.charts.engine.stacked import StackedColumns, StackSeries
from yui.kernel.charts.engine.tiles import Tile, TileMap, tile_map
from yui.kernel.charts.engine.timeline import Timeline, TimelineBar, TimelineRow
from yui.kernel.charts.engine.trend import ProjectedPoint, TrendChart, TrendMark, TrendPoint, TrendSeries
from yui.kernel.charts.engine.waterfall import Step, WaterfallChart

__all__ = [
    "BandChart",
    "BandPoint",
    "Bar",
    "BarChart",
    "Chart",
    "ChartTable",
    "Curve",
    "CurveChart",
    "CurveMark",
    "FlowEdge",
    "FlowNode",
    "GraphEdge",
    "GraphLane",
    "GraphNode",
    "Histogram",
    "LayeredFlow",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "MatrixState",
    "PeerLine",
    "PeerRole",
    "PeersChart",
    "ProjectedPoint",
    "StackSeries",
    "StackedColumns",
    "Step",
    "SystemGraph",
    "Tile",
    "TileMap",
    "Timeline",
    "TimelineBar",
    "TimelineRow",
    "TrendChart",
    "TrendMark",
    "TrendPoint",
    "TrendSeries",
    "WaterfallChart",
    "sparkline",
    "tile_map",
]
