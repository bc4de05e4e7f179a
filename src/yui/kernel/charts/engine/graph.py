"""How systems are connected: nodes in lanes, arrows between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.graph_layers import Stop
from yui.kernel.charts.engine.graph_layout import Layout, lay_out, ports_of
from yui.kernel.charts.engine.lettering import in_two_lines, shortened, spread, width_of
from yui.kernel.charts.engine.markup import (
    INKS,
    Markup,
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

NODE_WIDTH, NODE_HEIGHT = 168.0, 44.0
GAP = 108.0
MARGIN = 24.0
NAME_PITCH = 17.0


@dataclass(frozen=True)
class GraphNode:
    """One system. ``lane`` is the code of its lane; ``ink`` is plain, marked, muted, good, caution or bad."""

    code: str
    name: str
    lane: str = ""
    url: str = ""
    note: str = ""
    ink: str = "plain"


@dataclass(frozen=True)
class GraphEdge:
    """One connection from source to target (codes of nodes)."""

    source: str
    target: str
    name: str = ""
    ink: str = "muted"


@dataclass(frozen=True)
class GraphLane:
    """A band that groups nodes, as a network zone."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SystemGraph(Chart):
    """A directed graph in lanes, drawn in the order of ``lanes``.

    Raises ``ValueError`` where codes repeat, or an edge, lane or ink names what does not exist.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...] = ()
    lanes: tuple[GraphLane, ...] = ()
    lane_label: str = ""

    def __post_init__(self) -> None:
        codes = {node.code for node in self.nodes}
        if len(codes) != len(self.nodes):
            raise ValueError("two nodes have the same code")
        lost = {end for edge in self.edges for end in (edge.source, edge.target)} - codes
        lost |= {node.lane for node in self.nodes} - {lane.code for lane in self.lanes} - {""}
        lost |= ({node.ink for node in self.nodes} | {edge.ink for edge in self.edges}) - INKS.keys()
        if lost:
            raise ValueError(f"not in the graph: {', '.join(sorted(lost))}")

    def draw(self) -> str:
        """Return the chart as SVG."""
        return graph_svg(self)

    @property
    def used_lanes(self) -> list[GraphLane]:
        """The lanes that hold a node; nodes without lane stand in a nameless one at the end."""
        used = {node.lane for node in self.nodes}
        known = [lane for lane in self.lanes if lane.code in used]
        return known + ([GraphLane("", "")] if "" in used and all(lane.code for lane in known) else [])

    def as_table(self) -> ChartTable:
        """Return one row per connection, then one per node without any."""
        names = {node.code: node.name for node in self.nodes}
        lanes = {lane.code: lane.name for lane in self.lanes} | {"": ""}
        lane_of = {node.code: lanes[node.lane] for node in self.nodes}
        joined_codes = {end for edge in self.edges for end in (edge.source, edge.target)}
        headers = (self.lane_label or str(words.LANE), str(words.FROM), str(words.TO), str(words.LINK))
        rows = [
            (lane_of[edge.source], names[edge.source], names[edge.target], edge.name) for edge in self.edges
        ]
        rows += [(lane_of[n.code], n.name, "", "") for n in self.nodes if n.code not in joined_codes]
        return ChartTable(headers, tuple(rows))


def graph_svg(chart: SystemGraph) -> str:
    """Return the graph as SVG; without nodes it says that there is no data."""
    if not chart.nodes:
        message = label(words.NO_DATA, 380, 60, "strong", "middle")
        return drawing("graph", chart.title, chart.description, (760, 120), message)
    lanes = chart.used_lanes
    number = {lane.code: index for index, lane in enumerate(lanes)}
    layout = lay_out(
        [node.code for node in chart.nodes],
        {node.code: number[node.lane] for node in chart.nodes},
        [(edge.source, edge.target) for edge in chart.edges],
    )
    width = MARGIN * 2 + layout.columns * NODE_WIDTH + (layout.columns - 1) * GAP
    height = layout.lanes[-1][1] + 2
    ports = ports_of(layout)
    stops = {stop.node: stop for stop in layout.nodes()}
    routes = [_points(layout, index, ports) for index in range(len(chart.edges))]
    body = joined(
        *(_lane(lane, layout.lanes[index], width) for index, lane in enumerate(lanes)),
        *(_edge(edge, points) for edge, points in zip(chart.edges, routes, strict=True)),
        *(_node(node, stops[node.code], layout) for node in chart.nodes),
        *_edge_names(chart.edges, routes),
    )
    has_links = any(safe_url(node.url) for node in chart.nodes)
    return drawing("graph", chart.title, chart.description, (width, height), body, has_links=has_links)


def _left(layer: int) -> float:
    """Return the left edge of a layer."""
    return MARGIN + layer * (NODE_WIDTH + GAP)


def _lane(lane: GraphLane, band: tuple[float, float], width: float) -> Markup:
    """Draw a lane's ground and name."""
    top, bottom = band
    ground = painted("rect", "lane", x=0.5, y=top + 1, width=width - 1, height=bottom - top - 2)
    return joined(ground, label(lane.name, 10, top + 19, "strong"))


def _node(node: GraphNode, stop: Stop, layout: Layout) -> Markup:
    """Draw a node's box and its name in up to two lines."""
    left, middle = _left(stop.layer), layout.heights[stop]
    lines = in_two_lines(node.name, NODE_WIDTH - 16, 12)
    first = middle + 4 - (len(lines) - 1) * 8
    tip = tooltip(" — ".join(filter(None, (node.name, node.note))))
    box = painted(
        "rect", "box", x=left, y=middle - NODE_HEIGHT / 2, width=NODE_WIDTH, height=NODE_HEIGHT, rx=4
    )
    stripe = painted("rect", "fill", x=left, y=middle - NODE_HEIGHT / 2, width=5, height=NODE_HEIGHT, rx=2)
    texts = [
        label(text, left + NODE_WIDTH / 2 + 2, first + 16 * n, "label", "middle")
        for n, text in enumerate(lines)
    ]
    shape = inked(node.ink, box, stripe)
    return linked(node.url, tip, shape, *texts, class_="node")


def _points(layout: Layout, index: int, ports: dict[tuple[int, str], float]) -> list[tuple[float, float]]:
    """Return the points of one edge from border to border."""
    route = layout.routes[index]
    start, end = route[0], route[-1]
    if len(route) < 2:
        right, height = _left(start.layer) + NODE_WIDTH, layout.heights[start]
        return [(right, height - 9), (right + 26, height), (right, height + 9)]
    forward = end.layer > start.layer
    points = [(_left(start.layer) + (NODE_WIDTH if forward else 0), ports[index, "source"])]
    for stop in route[1:-1]:
        sides = [_left(stop.layer), _left(stop.layer) + NODE_WIDTH]
        points += [(side, layout.heights[stop]) for side in (sides if forward else reversed(sides))]
    points.append((_left(end.layer) + (0 if forward else NODE_WIDTH), ports[index, "target"]))
    return points


def _edge(edge: GraphEdge, points: list[tuple[float, float]]) -> Markup:
    """Draw an edge as smooth curves with an arrowhead."""
    x, y = points[0]
    path = [f"M{x:.1f},{y:.1f}"]
    for x2, y2 in points[1:]:
        bend = (x + x2) / 2
        path.append(f"C{bend:.1f},{y:.1f} {bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}")
        x, y = x2, y2
    back = -8.0 if points[-1][0] >= points[-2][0] else 8.0
    head = f"{x:.1f},{y:.1f} {x + back:.1f},{y - 4:.1f} {x + back:.1f},{y + 4:.1f}"
    return element(
        "g",
        inked(
            edge.ink,
            painted("path", "edge", tooltip(edge.name), d=" ".join(path)),
            painted("polygon", "fill", points=head),
        ),
        class_="link",
    )


def _edge_names(edges: Sequence[GraphEdge], routes: Sequence[list[tuple[float, float]]]) -> list[Markup]:
    """Write each edge's name in the middle of its first stretch, moved off its neighbours."""
    by_column: dict[float, list[tuple[float, GraphEdge]]] = {}
    for edge, points in zip(edges, routes, strict=True):
        if edge.name:
            (x1, y1), (x2, y2) = points[0], points[1]
            by_column.setdefault((x1 + x2) / 2, []).append(((y1 + y2) / 2, edge))
    written = []
    for x, places in by_column.items():
        heights = [height for height, _ in places]
        free = spread(heights, NAME_PITCH, min(heights) - 40, max(heights) + 40)
        written += [_edge_name(edge.name, x, height) for height, (_, edge) in zip(free, places, strict=True)]
    return written


def _edge_name(name: str, x: float, y: float) -> Markup:
    """Write one edge's name on a small ground that keeps lines from crossing it."""
    text = shortened(name, GAP - 14, 11.5)
    half = width_of(text, 11.5) / 2 + 3
    ground = painted("rect", "lane", x=x - half, y=y - 8, width=half * 2, height=16, rx=2, stroke="none")
    return element("g", ground, label(text, x, y + 4, "quiet", "middle"), class_="link-name")
