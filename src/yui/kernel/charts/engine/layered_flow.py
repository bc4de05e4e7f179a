"""What leads to what, in columns: boxes with a value and a state, arrows by how well they are founded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.graph_layers import Stop
from yui.kernel.charts.engine.graph_layout import LANE_FOOT, LANE_HEAD, NODE_PITCH, Layout, place, ports_of
from yui.kernel.charts.engine.lettering import in_lines, shortened, width_of
from yui.kernel.charts.engine.markup import (
    INKS,
    Markup,
    Value,
    drawing,
    element,
    inked,
    joined,
    label,
    linked,
    painted,
    safe_url,
    tooltip,
)

BOX_WIDTH, BOX_HEIGHT, BOX_PITCH = 156.0, 108.0, 122.0
GAP, MARGIN, PADDING = 38.0, 8.0, 10.0
HEAD, FOOT = 44.0, 40.0
ROOM = BOX_WIDTH - 2 * PADDING
LINE, STATE_GAP = 15.5, 8.0
MOST_LINES, MOST_LINES_ALONE = 3, 6
SAMPLE, SAMPLE_GAP, LONGEST_WEIGHT = 44.0, 28.0, 130.0
SCALE = BOX_PITCH / NODE_PITCH

STROKES: tuple[dict[str, Value], ...] = (
    {"stroke_width": 1.25, "stroke_dasharray": "1.5 4"},
    {"stroke_width": 1.25, "stroke_dasharray": "4 4"},
    {"stroke_width": 1.5, "stroke_dasharray": "10 4"},
    {"stroke_width": 1.75},
    {"stroke_width": 3.0},
)
"""How arrows of each weight are drawn, the least founded first."""
FOUNDED = 2
"""From this weight on an arrow has the colour of what holds; below it is grey."""


@dataclass(frozen=True)
class FlowNode:
    """One box in a column (its number from 0).

    ``value`` and ``state`` (a mark with a word) stand on one line where they fit, ``note`` beneath them;
    ``ink`` colours the state. A loose box has a broken border: something about it is missing.
    """

    code: str
    column: int
    name: str
    value: str = ""
    state: str = ""
    note: str = ""
    url: str = ""
    ink: str = "plain"
    is_loose: bool = False


@dataclass(frozen=True)
class FlowEdge:
    """One arrow from source to target (codes of nodes); ``weight`` says how well it is founded (0 to 4)."""

    source: str
    target: str
    weight: int = 0
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class LayeredFlow(Chart):
    """Boxes in columns and arrows that lead on; ``weights`` names the five weights of arrows, 0 first.

    Raises ``ValueError`` where codes repeat, an arrow does not lead on, or a name is not there.
    """

    columns: tuple[str, ...]
    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...] = ()
    weights: tuple[str, str, str, str, str]
    weight_label: str = ""
    name_label: str = ""

    def __post_init__(self) -> None:
        column = {node.code: node.column for node in self.nodes}
        if len(column) != len(self.nodes):
            raise ValueError("two nodes have the same code")
        ends = {end for edge in self.edges for end in (edge.source, edge.target)}
        wrong = ends - column.keys() | {node.ink for node in self.nodes} - INKS.keys()
        wrong |= {str(each) for each in column.values() if each not in range(len(self.columns))}
        wrong |= {str(edge.weight) for edge in self.edges if edge.weight not in range(len(STROKES))}
        if wrong:
            raise ValueError(f"not in the flow: {', '.join(sorted(wrong))}")
        if any(column[edge.source] >= column[edge.target] for edge in self.edges):
            raise ValueError("an arrow does not lead on")

    def draw(self) -> str:
        """Return the chart as SVG."""
        return flow_svg(self)

    def as_table(self) -> ChartTable:
        """Return one row per arrow, then one per box without any."""
        nodes = {node.code: node for node in self.nodes}
        headers = (
            str(words.LANE),
            str(words.FROM),
            str(words.TO),
            self.weight_label or str(words.LINK),
            self.name_label or str(words.NAME),
        )
        rows = [
            (
                self.columns[nodes[edge.source].column],
                _said(nodes[edge.source]),
                _said(nodes[edge.target]),
                self.weights[edge.weight],
                edge.name,
            )
            for edge in self.edges
        ]
        joined_codes = {end for edge in self.edges for end in (edge.source, edge.target)}
        alone = [node for node in self.nodes if node.code not in joined_codes]
        return ChartTable(headers, (*rows, *((self.columns[n.column], _said(n), "", "", "") for n in alone)))


def layout_of(chart: LayeredFlow) -> Layout:
    """Return order and heights of the boxes, with few crossings; the same flow always looks alike."""
    nodes = [node.code for node in chart.nodes]
    columns = {node.code: node.column for node in chart.nodes}
    edges = [(edge.source, edge.target) for edge in chart.edges]
    return place(nodes, dict.fromkeys(nodes, 0), columns, edges)


def flow_svg(chart: LayeredFlow) -> str:
    """Return the flow as SVG; without nodes it says that there is no data."""
    if not chart.nodes:
        message = label(words.NO_DATA, 380, 60, "strong", "middle")
        return drawing("flow", chart.title, chart.description, (760, 120), message)
    layout = layout_of(chart)
    stops = {stop.node: stop for stop in layout.nodes()}
    bottom = _height(layout.lanes[-1][1] - LANE_FOOT)
    legend = [shortened(name, LONGEST_WEIGHT, 11.5) for name in chart.weights]
    width = max(_left(len(chart.columns)) - GAP, _legend_width(legend)) + MARGIN
    ports = ports_of(layout)
    body = joined(
        *(_column(name, place_, bottom) for place_, name in enumerate(chart.columns)),
        *(_edge(edge, _points(layout, index, ports)) for index, edge in enumerate(chart.edges)),
        *(_node(node, stops[node.code], layout) for node in chart.nodes),
        _legend(legend, bottom + FOOT - 14),
    )
    has_links = any(safe_url(node.url) for node in chart.nodes)
    return drawing("flow", chart.title, chart.description, (width, bottom + FOOT), body, has_links=has_links)


def fits_in_note(text: str) -> bool:
    """Tell whether a text stands whole on the line at the foot of a box."""
    return width_of(text, 11.5) <= ROOM


def _said(node: FlowNode) -> str:
    """Return a box in one line of a table."""
    return " ".join(filter(None, (node.name, node.value, node.state)))


def _height(raw: float) -> float:
    """Return a height of the layout on the drawing."""
    return HEAD + (raw - LANE_HEAD) * SCALE


def _left(column: int) -> float:
    """Return the left edge of a column's boxes."""
    return MARGIN + column * (BOX_WIDTH + GAP)


def _column(name: str, column: int, bottom: float) -> Markup:
    """Draw a column's ground and name."""
    left = _left(column) - 6
    ground = painted("rect", "lane", x=left, y=8.0, width=BOX_WIDTH + 12, height=bottom - 2, rx=4)
    middle = _left(column) + BOX_WIDTH / 2
    return joined(ground, label(shortened(name, BOX_WIDTH + 8, 13), middle, 29.0, "strong", "middle"))


def _node(node: FlowNode, stop: Stop, layout: Layout) -> Markup:
    """Draw a box: its name in lines, then its value with its state, then the note."""
    left, top = _left(stop.layer), _height(layout.heights[stop]) - BOX_HEIGHT / 2
    has_figure = bool(node.value or node.state or node.note)
    lines = in_lines(node.name, ROOM, MOST_LINES if has_figure else MOST_LINES_ALONE)
    tip = tooltip(" — ".join(filter(None, (node.name, node.value, node.state, node.note))))
    border: dict[str, Value] = {"stroke_dasharray": "4 3"} if node.is_loose else {}
    box = painted("rect", "box", x=left, y=top, width=BOX_WIDTH, height=BOX_HEIGHT, rx=4, **border)
    stripe = painted("rect", "fill", x=left, y=top, width=4, height=BOX_HEIGHT, rx=2)
    texts = [label(text, left + PADDING, top + 17 + LINE * n) for n, text in enumerate(lines)]
    shape = inked(node.ink, box, stripe, *_figure(node, left, top + BOX_HEIGHT - 24))
    note = shortened(node.note, ROOM, 11.5)
    foot = label(note, left + PADDING, top + BOX_HEIGHT - 8, "quiet")
    return linked(node.url, tip, shape, *texts, foot, class_="node")


def _figure(node: FlowNode, left: float, base: float) -> list[Markup]:
    """Write value and state: on one line where both fit, else the state beneath the value."""
    fits = width_of(node.value, 13) + STATE_GAP + width_of(node.state) <= ROOM
    value, state = shortened(node.value, ROOM, 13), shortened(node.state, ROOM)
    if fits:
        end = left + BOX_WIDTH - PADDING
        return [label(value, left + PADDING, base, "strong"), label(state, end, base, "series-name", "end")]
    return [
        label(value, left + PADDING, base - LINE, "strong"),
        label(state, left + PADDING, base, "series-name"),
    ]


def _points(layout: Layout, index: int, ports: Mapping[tuple[int, str], float]) -> list[tuple[float, float]]:
    """Return the points of one arrow from border to border, straight through the columns between."""
    start, *between, end = layout.routes[index]
    points = [(_left(start.layer) + BOX_WIDTH, _height(ports[index, "source"]))]
    for stop in between:
        height = _height(layout.heights[stop])
        points += [(_left(stop.layer), height), (_left(stop.layer) + BOX_WIDTH, height)]
    return [*points, (_left(end.layer), _height(ports[index, "target"]))]


def _edge(edge: FlowEdge, points: Sequence[tuple[float, float]]) -> Markup:
    """Draw an arrow as smooth curves; its line and its colour say how well it is founded."""
    path = [f"M{points[0][0]:.1f},{points[0][1]:.1f}"]
    for (x, y), (x2, y2) in pairwise(points):
        bend = (x + x2) / 2
        path.append(f"C{bend:.1f},{y:.1f} {bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}")
    x, y = points[-1]
    line = painted("path", "edge", tooltip(edge.name), d=" ".join(path), **STROKES[edge.weight])
    head = painted(
        "polygon", "fill", points=f"{x:.1f},{y:.1f} {x - 8:.1f},{y - 4:.1f} {x - 8:.1f},{y + 4:.1f}"
    )
    return element("g", inked(_ink(edge.weight), line, head), class_="link")


def _ink(weight: int) -> str:
    """Return the ink of arrows of a weight."""
    return "plain" if weight >= FOUNDED else "muted"


def _legend(weights: Sequence[str], base: float) -> Markup:
    """Draw a sample of each weight of arrows beside its name."""
    parts, x = [], MARGIN
    for weight, name in enumerate(weights):
        line = painted("line", "edge", x1=x, y1=base - 4, x2=x + SAMPLE, y2=base - 4, **STROKES[weight])
        parts += [inked(_ink(weight), line), label(name, x + SAMPLE + 8, base, "quiet")]
        x += _sample_width(name) + SAMPLE_GAP
    return element("g", *parts, class_="legend")


def _sample_width(name: str) -> float:
    """Return how much of a line a sample takes with its name."""
    return SAMPLE + 8 + width_of(name, 11.5)


def _legend_width(weights: Sequence[str]) -> float:
    """Return how far the legend reaches."""
    return MARGIN + sum(map(_sample_width, weights)) + SAMPLE_GAP * (len(weights) - 1)
