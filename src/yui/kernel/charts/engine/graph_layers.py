"""Which layer each node of a directed graph stands in, and which layers an edge crosses.

The method is Sugiyama's: break cycles, layer by the longest path, put an invisible waypoint wherever an edge
crosses a layer. Every step follows the given order of nodes and edges, so the same graph always looks alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]
FEWEST_COLUMNS = 4


@dataclass(frozen=True)
class Stop:
    """A place in a layer that an edge touches: a node, or the waypoint of an edge (``edge`` is its index)."""

    layer: int
    lane: int
    node: str = ""
    edge: int = -1

    @property
    def is_waypoint(self) -> bool:
        """Tell whether the stop is a waypoint and no node."""
        return self.edge >= 0


def backward_edges(nodes: Sequence[str], edges: Sequence[Edge]) -> set[int]:
    """Return the indexes of edges that close a cycle, found by walking depth first in the given order."""
    leaving: dict[str, list[int]] = {node: [] for node in nodes}
    for index, (source, target) in enumerate(edges):
        if source != target:
            leaving[source].append(index)
    done: set[str] = set()
    walking: set[str] = set()
    backward: set[int] = set()
    for root in nodes:
        if root in done:
            continue
        walking.add(root)
        path = [(root, iter(leaving[root]))]
        while path:
            node, rest = path[-1]
            index = next(rest, -1)
            if index < 0:
                path.pop()
                walking.discard(node)
                done.add(node)
                continue
            target = edges[index][1]
            if target in walking:
                backward.add(index)
            elif target not in done:
                walking.add(target)
                path.append((target, iter(leaving[target])))
    return backward


def forward_edges(nodes: Sequence[str], edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges with those that close cycles turned round, loops left out."""
    backward = backward_edges(nodes, edges)
    turned = [(b, a) if index in backward else (a, b) for index, (a, b) in enumerate(edges)]
    return [(a, b) for a, b in turned if a != b]


def layers_of(nodes: Sequence[str], lanes: Mapping[str, int], edges: Sequence[Edge]) -> dict[str, int]:
    """Return each node's layer: one more than the farthest of its predecessors.

    Nodes without predecessors move next to their nearest successor. Nodes without any edge fill the emptiest
    layers of their lane, of at least four, so that a list of unconnected systems does not become one tower.
    """
    forward = forward_edges(nodes, edges)
    before: dict[str, list[str]] = {node: [] for node in nodes}
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in forward:
        before[target].append(source)
        after[source].append(target)
    layers: dict[str, int] = {}
    for node in _in_order(nodes, before, after):
        layers[node] = max((layers[source] + 1 for source in before[node]), default=0)
    for node in nodes:
        if after[node] and not before[node]:
            layers[node] = min(layers[target] for target in after[node]) - 1
    alone = {node for node in nodes if not before[node] and not after[node]}
    columns = max(FEWEST_COLUMNS, 1 + max(layers.values(), default=0))
    filled: dict[tuple[int, int], int] = {}
    for node in nodes:
        if node not in alone:
            cell = (lanes[node], layers[node])
            filled[cell] = filled.get(cell, 0) + 1
    for node in filter(alone.__contains__, nodes):
        layers[node] = min(range(columns), key=lambda layer: filled.get((lanes[node], layer), 0))
        cell = (lanes[node], layers[node])
        filled[cell] = filled.get(cell, 0) + 1
    return layers


def routes_of(layers: Mapping[str, int], lanes: Mapping[str, int], edges: Sequence[Edge]) -> list[list[Stop]]:
    """Return the stops of every edge from its source to its target, with a waypoint in each layer crossed.

    Waypoints stand in the lane of the nearer end. A loop has its node as only stop.
    """
    routes = []
    for index, (source, target) in enumerate(edges):
        start, end = (Stop(layers[node], lanes[node], node) for node in (source, target))
        if source == target:
            routes.append([start])
            continue
        step = 1 if end.layer > start.layer else -1
        between = range(start.layer + step, end.layer, step)
        half = len(between) / 2
        middle = [
            Stop(layer, start.lane if position < half else end.lane, edge=index)
            for position, layer in enumerate(between)
        ]
        routes.append([start, *middle, end])
    return routes


def _in_order(
    nodes: Sequence[str], before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return the nodes so that each comes after all of its predecessors."""
    waiting = {node: len(before[node]) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        for target in after[node]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ready
