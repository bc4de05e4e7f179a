"""Where the nodes of a layered graph stand: order in each layer by barycentres, then heights.

Layers run from left to right, lanes from top to bottom; a node never leaves its lane.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from yui.kernel.charts.engine.graph_layers import Edge, Stop, layers_of, routes_of

SWEEPS = 12
NODE_PITCH, WAYPOINT_PITCH = 64.0, 20.0
LANE_HEAD, LANE_FOOT = 30.0, 10.0
PORTS, WIDEST_PORT = 26.0, 11.0

Cells = dict[tuple[int, int], list[Stop]]


@dataclass(frozen=True)
class Layout:
    """Heights of all stops (centres), the routes of the edges, and top and bottom of each lane."""

    heights: Mapping[Stop, float]
    routes: Sequence[Sequence[Stop]]
    lanes: Sequence[tuple[float, float]]
    columns: int

    def nodes(self) -> list[Stop]:
        """Return the stops that are nodes."""
        return [stop for stop in self.heights if not stop.is_waypoint]


def lay_out(nodes: Sequence[str], lanes: Mapping[str, int], edges: Sequence[Edge]) -> Layout:
    """Place a directed graph. ``lanes`` gives the lane number of every node, from 0.

    Raises ``KeyError`` where an edge names a node that does not exist.
    """
    return place(nodes, lanes, layers_of(nodes, lanes, edges), edges)


def place(
    nodes: Sequence[str], lanes: Mapping[str, int], layers: Mapping[str, int], edges: Sequence[Edge]
) -> Layout:
    """Place a directed graph whose layers are given. Raises ``KeyError`` as ``lay_out`` does."""
    routes = routes_of(layers, lanes, edges)
    cells = _cells(nodes, lanes, layers, routes)
    bands = _bands(cells, 1 + max(lanes.values(), default=-1))
    neighbours = _neighbours(routes)
    heights = _ordered_heights(cells, bands, neighbours)
    for _ in range(4):
        heights = _settle(cells, bands, neighbours, heights)
    return Layout(heights, routes, bands, 1 + max(layers.values(), default=-1))


def ports_of(layout: Layout) -> dict[tuple[int, str], float]:
    """Give each edge its own height where it meets a node: ordered by where the other end is.

    Keys are the edge's index with ``source`` or ``target``.
    """
    meetings: dict[tuple[Stop, int], list[tuple[float, int, str]]] = {}
    for index, route in enumerate(layout.routes):
        if len(route) < 2:
            continue
        for end, stop, other in (("source", route[0], route[1]), ("target", route[-1], route[-2])):
            side = 1 if other.layer > stop.layer else -1
            meetings.setdefault((stop, side), []).append((layout.heights[other], index, end))
    ports = {}
    for (stop, _side), met in meetings.items():
        gap = min(WIDEST_PORT, PORTS / max(1, len(met) - 1))
        for position, (_height, index, end) in enumerate(sorted(met)):
            ports[index, end] = layout.heights[stop] + (position - (len(met) - 1) / 2) * gap
    return ports


def crossings(heights: Mapping[Stop, float], routes: Sequence[Sequence[Stop]]) -> int:
    """Count how often edges cross between neighbouring layers; edges that share an end do not cross there."""
    segments: dict[int, list[tuple[float, float]]] = {}
    for route in routes:
        for one, other in pairwise(route):
            left, right = (one, other) if one.layer < other.layer else (other, one)
            segments.setdefault(left.layer, []).append((heights[left], heights[right]))
    return sum(map(_inversions, segments.values()))


def _inversions(between: list[tuple[float, float]]) -> int:
    """Count the pairs that stand in one order on the left and in the other on the right."""
    count = 0
    above: list[float] = []
    for _, same_left in groupby(sorted(between), key=itemgetter(0)):
        rights = [right for _, right in same_left]
        count += sum(len(above) - bisect_right(above, right) for right in rights)
        for right in rights:
            insort(above, right)
    return count


def _cells(
    nodes: Sequence[str],
    lanes: Mapping[str, int],
    layers: Mapping[str, int],
    routes: Sequence[Sequence[Stop]],
) -> Cells:
    """Collect the stops of each lane and layer, nodes first, in the given order."""
    cells: Cells = {}
    stops = [Stop(layers[node], lanes[node], node) for node in nodes]
    stops += [stop for route in routes for stop in route if stop.is_waypoint]
    for stop in stops:
        cells.setdefault((stop.lane, stop.layer), []).append(stop)
    return cells


def _bands(cells: Cells, count: int) -> list[tuple[float, float]]:
    """Return top and bottom of each lane, high enough for its fullest layer."""
    bands = []
    top = 0.0
    for lane in range(count):
        need = max((_size(stops) for (of, _), stops in cells.items() if of == lane), default=NODE_PITCH)
        bottom = top + LANE_HEAD + need + LANE_FOOT
        bands.append((top, bottom))
        top = bottom
    return bands


def _pitch(stop: Stop) -> float:
    """Return the height that a stop takes."""
    return WAYPOINT_PITCH if stop.is_waypoint else NODE_PITCH


def _size(stops: Sequence[Stop]) -> float:
    """Return the height that stops take together."""
    return sum(map(_pitch, stops))


def _neighbours(routes: Sequence[Sequence[Stop]]) -> dict[Stop, list[Stop]]:
    """Return which stops are joined to which."""
    joined: dict[Stop, list[Stop]] = {}
    for route in routes:
        for one, other in pairwise(route):
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
    return joined


def _stacked(stops: Sequence[Stop], band: tuple[float, float]) -> dict[Stop, float]:
    """Return heights with the stops of one cell stacked in their order, in the middle of the lane."""
    top, bottom = band
    place = (top + LANE_HEAD + bottom - LANE_FOOT - _size(stops)) / 2
    heights = {}
    for stop in stops:
        heights[stop] = place + _pitch(stop) / 2
        place += _pitch(stop)
    return heights


def _ordered_heights(
    cells: Cells, bands: Sequence[tuple[float, float]], neighbours: Mapping[Stop, Sequence[Stop]]
) -> dict[Stop, float]:
    """Sweep over the layers both ways, ordering cells by barycentres; keep the order that crosses least."""
    routes = [
        (one, other) for one, others in neighbours.items() for other in others if other.layer > one.layer
    ]
    heights: dict[Stop, float] = {}
    for key, stops in cells.items():
        heights |= _stacked(stops, bands[key[0]])
    best, fewest = dict(heights), crossings(heights, routes)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        side = -1 if sweep % 2 == 0 else 1
        nearer = {
            stop: [n for n in ns if (n.layer - stop.layer) * side > 0] for stop, ns in neighbours.items()
        }
        for key in sorted(cells, key=lambda cell: -side * cell[1]):
            wanted = {stop: _barycentre(stop, nearer.get(stop, ()), heights) for stop in cells[key]}
            cells[key].sort(key=wanted.__getitem__)
            heights |= _stacked(cells[key], bands[key[0]])
        count = crossings(heights, routes)
        if count < fewest:
            best, fewest = dict(heights), count
    for stops in cells.values():
        stops.sort(key=best.__getitem__)
    return best


def _barycentre(stop: Stop, others: Sequence[Stop], heights: Mapping[Stop, float]) -> float:
    """Return the mean height of the others, or the stop's own where there is none."""
    return sum(heights[other] for other in others) / len(others) if others else heights[stop]


def _settle(
    cells: Cells,
    bands: Sequence[tuple[float, float]],
    neighbours: Mapping[Stop, Sequence[Stop]],
    heights: Mapping[Stop, float],
) -> dict[Stop, float]:
    """Move every stop towards its neighbours as far as its lane and the order of its cell allow."""
    settled = dict(heights)
    for (lane, _), stops in sorted(cells.items(), key=lambda item: item[0][1]):
        low, high = bands[lane][0] + LANE_HEAD, bands[lane][1] - LANE_FOOT
        floor = low
        for stop in stops:
            wanted = _barycentre(stop, neighbours.get(stop, ()), settled)
            settled[stop] = max(wanted, floor + _pitch(stop) / 2)
            floor = settled[stop] + _pitch(stop) / 2
        ceiling = high
        for stop in reversed(stops):
            settled[stop] = min(settled[stop], ceiling - _pitch(stop) / 2)
            ceiling = settled[stop] - _pitch(stop) / 2
    return settled
