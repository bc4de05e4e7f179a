"""The layout of system graphs: nothing overlaps, nothing is lost, the same graph always looks alike."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.kernel.charts import GraphEdge, GraphLane, GraphNode, SystemGraph
from yui.kernel.charts.engine.graph_layers import Stop, backward_edges, forward_edges, layers_of
from yui.kernel.charts.engine.graph_layout import LANE_FOOT, LANE_HEAD, NODE_PITCH, crossings, lay_out
from yui.kernel.charts.tests.strategies import SVG, parsed


@st.composite
def graphs(draw):
    """Nodes, their lanes, and any edges between them: cycles, loops and double edges included."""
    count = draw(st.integers(1, 14))
    nodes = [f"n{index}" for index in range(count)]
    lanes = {node: draw(st.integers(0, 2)) for node in nodes}
    ends = st.sampled_from(nodes)
    return nodes, lanes, draw(st.lists(st.tuples(ends, ends), max_size=25))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_nodes_of_a_layer_never_overlap_and_stay_in_their_lane(graph):
    nodes, lanes, edges = graph
    layout = lay_out(nodes, lanes, edges)
    assert sorted(stop.node for stop in layout.nodes()) == sorted(nodes)
    by_layer = {}
    for stop in layout.nodes():
        top, bottom = layout.lanes[lanes[stop.node]]
        height = layout.heights[stop]
        assert top + LANE_HEAD - 1e-6 <= height - NODE_PITCH / 2
        assert height + NODE_PITCH / 2 <= bottom - LANE_FOOT + 1e-6
        by_layer.setdefault(stop.layer, []).append(height)
    for heights in by_layer.values():
        assert all(after - before >= NODE_PITCH - 1e-6 for before, after in pairwise(sorted(heights)))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_edge_runs_from_its_source_to_its_target_layer_by_layer(graph):
    nodes, lanes, edges = graph
    layout = lay_out(nodes, lanes, edges)
    assert len(layout.routes) == len(edges)
    for (source, target), route in zip(edges, layout.routes, strict=True):
        assert (route[0].node, route[-1].node) == (source, target)
        assert all(abs(after.layer - before.layer) == 1 for before, after in pairwise(route))
        assert all(stop in layout.heights for stop in route)


@given(graphs())
def test_turned_edges_leave_no_cycle_and_layers_follow_them(graph):
    nodes, lanes, edges = graph
    layers = layers_of(nodes, lanes, edges)
    assert all(layers[source] < layers[target] for source, target in forward_edges(nodes, edges))
    assert min(layers.values()) >= 0


@settings(deadline=None)
@given(graphs())
def test_the_layout_is_always_the_same(graph):
    assert lay_out(*graph) == lay_out(*graph)


def test_only_the_edge_that_closes_a_cycle_is_turned():
    assert backward_edges("abc", [("a", "b"), ("b", "c"), ("c", "a")]) == {2}


def test_a_crossing_that_need_not_be_is_taken_out():
    nodes = ["a", "b", "c", "x", "y", "z"]
    edges = [("a", "z"), ("b", "y"), ("c", "x")]
    layout = lay_out(nodes, dict.fromkeys(nodes, 0), edges)
    assert crossings(layout.heights, layout.routes) == 0


def test_unconnected_nodes_fill_several_columns():
    nodes = [f"n{index}" for index in range(8)]
    layers = layers_of(nodes, dict.fromkeys(nodes, 0), [])
    assert sorted(layers.values()) == [0, 0, 1, 1, 2, 2, 3, 3]


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_drawings_show_all_nodes_edges_and_used_lanes(graph):
    nodes, lanes, edges = graph
    chart = SystemGraph(
        title="つながり",
        nodes=tuple(GraphNode(node, node, str(lanes[node]), f"/{node}/") for node in nodes),
        edges=tuple(GraphEdge(source, target, f"{source}→{target}") for source, target in edges),
        lanes=tuple(GraphLane(str(lane), f"区分{lane}") for lane in range(4)),
    )
    root = parsed(chart.draw())
    groups = [node.get("class") for node in root.iter()]
    assert groups.count("node") == len(nodes)
    assert groups.count("link") == groups.count("link-name") == len(edges)
    assert len([rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "box"]) == len(nodes)
    assert {link.get("href") for link in root.iter(f"{SVG}a")} == {f"/{node}/" for node in nodes}
    assert len(chart.used_lanes) == len(set(lanes.values()))
    width, height = map(float, root.find(f"{SVG}svg").get("viewBox").split()[2:])
    for box in (rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "box"):
        assert 0 <= float(box.get("x")) <= width - float(box.get("width"))
        assert 0 <= float(box.get("y")) <= height - float(box.get("height"))
    listed = {(row[1], row[2]) for row in chart.as_table().rows if row[2]}
    assert listed == set(edges)


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        ((GraphNode("a", "甲"), GraphNode("a", "乙")), ()),
        ((GraphNode("a", "甲"),), (GraphEdge("a", "b"),)),
        ((GraphNode("a", "甲", lane="none"),), ()),
        ((GraphNode("a", "甲", ink="pink"),), ()),
    ],
)
def test_graphs_that_contradict_themselves_are_refused(nodes, edges):
    with pytest.raises(ValueError, match=r"same code|not in the graph"):
        SystemGraph(title="つながり", nodes=nodes, edges=edges)


def test_an_empty_graph_says_so():
    assert "データなし" in SystemGraph(title="つながり", nodes=()).draw()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=25))
def test_crossings_are_counted_pair_by_pair(ends):
    routes = [(Stop(0, 0, f"l{left}"), Stop(1, 0, f"r{right}")) for left, right in ends]
    heights = {stop: float(stop.node[1:]) for route in routes for stop in route}
    pairs = [(a, b) for index, a in enumerate(ends) for b in ends[index + 1 :]]
    assert crossings(heights, routes) == sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)
