"""The layered flow: every box once and in its column, arrows only forward, the same flow always alike."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.kernel.charts import FlowEdge, FlowNode, LayeredFlow
from yui.kernel.charts.engine.graph_layout import NODE_PITCH, crossings
from yui.kernel.charts.engine.layered_flow import fits_in_note, layout_of
from yui.kernel.charts.engine.lettering import NOT_FIRST, in_lines, width_of
from yui.kernel.charts.tests.strategies import SVG, parsed, texts

COLUMNS = ("課題", "取組", "アウトプット", "アウトカム", "成功要因", "最終目標")
WEIGHTS = ("根拠なし", "意見", "事例", "報告書", "公的統計")


def flow(nodes, edges=()):
    """A flow of boxes and arrows."""
    return LayeredFlow(
        title="ロジックモデル",
        columns=COLUMNS,
        nodes=tuple(nodes),
        edges=tuple(edges),
        weights=WEIGHTS,
    )


@st.composite
def flows(draw):
    """Boxes in any columns, and arrows that lead on."""
    columns = draw(st.lists(st.integers(0, 5), min_size=1, max_size=16))
    nodes = [FlowNode(f"n{place}", column, f"箱{place}", url="/x/") for place, column in enumerate(columns)]
    pairs = [(a, b) for a, one in enumerate(columns) for b, other in enumerate(columns) if one < other]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=25, unique=True)) if pairs else []
    edges = [FlowEdge(f"n{a}", f"n{b}", draw(st.integers(0, 4)), f"{a}→{b}") for a, b in chosen]
    return flow(nodes, edges)


@settings(max_examples=60, deadline=None)
@given(flows())
def test_every_box_stands_once_in_its_column_and_no_two_overlap(chart):
    layout = layout_of(chart)
    assert sorted(stop.node for stop in layout.nodes()) == sorted(node.code for node in chart.nodes)
    assert {stop.node: stop.layer for stop in layout.nodes()} == {n.code: n.column for n in chart.nodes}
    by_column = {}
    for stop in layout.nodes():
        by_column.setdefault(stop.layer, []).append(layout.heights[stop])
    for heights in by_column.values():
        assert all(after - before >= NODE_PITCH - 1e-6 for before, after in pairwise(sorted(heights)))


@settings(max_examples=60, deadline=None)
@given(flows())
def test_arrows_lead_on_column_by_column(chart):
    layout = layout_of(chart)
    for edge, route in zip(chart.edges, layout.routes, strict=True):
        assert (route[0].node, route[-1].node) == (edge.source, edge.target)
        assert all(after.layer == before.layer + 1 for before, after in pairwise(route))


@settings(max_examples=40, deadline=None)
@given(flows())
def test_the_same_flow_always_looks_alike_and_shows_everything(chart):
    drawn = chart.draw()
    assert drawn == chart.draw()
    root = parsed(drawn)
    classes = [node.get("class") for node in root.iter()]
    assert classes.count("node") == len(chart.nodes) and classes.count("link") == len(chart.edges)
    width, height = map(float, root.find(f"{SVG}svg").get("viewBox").split()[2:])
    for box in root.iter(f"{SVG}rect"):
        assert 0 <= float(box.get("x")) <= width - float(box.get("width"))
        assert 0 <= float(box.get("y")) <= height - float(box.get("height"))
    assert len([row for row in chart.as_table().rows if row[2]]) == len(chart.edges)


def test_a_crossing_that_need_not_be_is_taken_out():
    nodes = [FlowNode(code, 0 if code in "abc" else 1, code) for code in "abcxyz"]
    chart = flow(nodes, [FlowEdge("a", "z"), FlowEdge("b", "y"), FlowEdge("c", "x")])
    layout = layout_of(chart)
    assert crossings(layout.heights, layout.routes) == 0


def test_better_founded_arrows_look_firmer_and_the_legend_says_how():
    nodes = [FlowNode("a", 0, "甲"), *(FlowNode(f"b{n}", 1, "乙") for n in range(5))]
    chart = flow(nodes, [FlowEdge("a", f"b{n}", n) for n in range(5)])
    root = parsed(chart.draw())
    lines = [path for path in root.iter(f"{SVG}path") if path.get("class") == "edge"]
    widths = [float(path.get("stroke-width")) for path in lines]
    assert widths == sorted(widths) and [bool(path.get("stroke-dasharray")) for path in lines] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert set(WEIGHTS) <= set(texts(root))


def test_a_box_shows_its_value_with_its_state_and_the_table_says_the_same():
    node = FlowNode("a", 4, "BPRを実施した部署の割合", "64.0%", "△ 遅れ", "目標 80%以上", "/x/", "bad", True)
    chart = flow([node])
    root = parsed(chart.draw())
    assert {"64.0%", "△ 遅れ", "目標 80%以上"} <= set(texts(root))
    (box,) = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "box"]
    assert box.get("stroke-dasharray")
    assert chart.as_table().rows == (("成功要因", "BPRを実施した部署の割合 64.0% △ 遅れ", "", "", ""),)


def test_a_state_that_does_not_fit_beside_its_value_stands_beneath_it():
    short, long = (
        FlowNode("a", 0, "甲", "1件", "○ 順調"),
        FlowNode("b", 0, "乙", "131 times", "? Cannot be judged"),
    )
    root = parsed(flow([short, long]).draw())
    heights = {text.text: float(text.get("y")) for text in root.iter(f"{SVG}text")}
    assert heights["1件"] == heights["○ 順調"]
    assert heights["131 times"] < heights["? Cannot be judged"]
    assert fits_in_note("目標 80%以上") and not fits_in_note("目標 " + "年の変化" * 4)


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        ((FlowNode("a", 0, "甲"), FlowNode("a", 1, "乙")), ()),
        ((FlowNode("a", 0, "甲"),), (FlowEdge("a", "b"),)),
        ((FlowNode("a", 6, "甲"),), ()),
        ((FlowNode("a", 0, "甲", ink="pink"),), ()),
        ((FlowNode("a", 0, "甲"), FlowNode("b", 1, "乙")), (FlowEdge("a", "b", 5),)),
        ((FlowNode("a", 0, "甲"), FlowNode("b", 1, "乙")), (FlowEdge("b", "a"),)),
        ((FlowNode("a", 1, "甲"), FlowNode("b", 1, "乙")), (FlowEdge("a", "b"),)),
    ],
)
def test_flows_that_contradict_themselves_are_refused(nodes, edges):
    with pytest.raises(ValueError, match=r"same code|not in the flow|does not lead on"):
        flow(nodes, edges)


def test_an_empty_flow_says_so():
    assert "データなし" in flow(()).draw()


@given(st.text("あ漢ア、。)(「」ABCdef 12%", max_size=60), st.integers(1, 5))
def test_lines_hold_the_text_and_begin_with_no_forbidden_sign(text, most):
    lines = in_lines(text, 60, most)
    assert len(lines) <= most and all(width_of(line) <= 60 for line in lines)
    whole = "".join(text.split())
    assert "".join("".join(lines).split()).removesuffix("…") in (whole, whole[: len("".join(lines))]) or (
        whole.startswith("".join("".join(lines).split()).removesuffix("…"))
    )


def test_lines_keep_words_and_signs_together():
    assert in_lines("Joint procurement by wards", 80, 3) == ["Joint", "procurement", "by wards"]
    assert all(line[0] not in NOT_FIRST for line in in_lines("これは、長い(とても長い)題名です。", 50, 6))
