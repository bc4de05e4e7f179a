"""The 23 wards as tiles that lie about where the wards lie."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.markup import Markup, Value, element, escaped, joined, safe_url
from yui.kernel.charts.engine.scales import Number
from yui.kernel.charts.engine.sparkline import sparkline

WHAT_WARDS_END_IN = re.compile(r"(?<=.)(?:区| City)\Z")
LEVELS = 5
# Five levels on the look's seven colours: far enough apart to be told from each other.
SCALE_STEPS = (0, 2, 3, 5, 6)
# Official codes (全国地方公共団体コード) by row and column; an empty text is an empty place.
GEOMETRY: tuple[tuple[str, ...], ...] = (
    ("", "", "131199", "131172", "131211"),
    ("", "131202", "131164", "131059", "131181", "131229"),
    ("131156", "131148", "131041", "131016", "131067", "131075", "131237"),
    ("", "131121", "131130", "131032", "131024", "131083"),
    ("", "", "131105", "131091"),
    ("", "", "", "131113"),
)
PLACES: dict[str, tuple[int, int]] = {
    code: (row, column) for row, codes in enumerate(GEOMETRY) for column, code in enumerate(codes) if code
}
"""Row and column of each ward, both from 0."""

STATUS_SIGNS = {
    "achieved": "●",
    "on_track": "○",
    "attention": "◆",
    "late": "▲",
    "no_data": "",
    "undecided": "−",
}


@dataclass(frozen=True)
class Tile:
    """One ward: its value as text, its level 0 to 4 on the scale (None: no data), its course and status.

    ``status`` is empty or one of achieved, on_track, attention, late, no_data, undecided. Raises
    ``ValueError`` for a code that is no ward, a level off the scale or an unknown status.
    """

    code: str
    name: str
    value_text: str
    level: int | None
    trend: tuple[Number | None, ...] = ()
    url: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        if self.code not in PLACES:
            raise ValueError(f"{self.code} is not the code of a special ward")
        if self.level is not None and not 0 <= self.level < LEVELS:
            raise ValueError(f"level {self.level} is not between 0 and {LEVELS - 1}")
        if self.status and self.status not in STATUS_SIGNS:
            raise ValueError(f"no status called {self.status}")

    @property
    def short_name(self) -> str:
        """The name without the last 区 or City, as the wards are called on a small map."""
        return WHAT_WARDS_END_IN.sub("", self.name)


@dataclass(frozen=True, kw_only=True)
class TileMap(Chart):
    """The tile map of the wards. ``level_texts`` names the five levels from low to high in the legend."""

    tiles: tuple[Tile, ...]
    value_label: str = ""
    level_texts: tuple[str, ...] = ()

    def draw(self) -> str:
        """Return the map and its legend as HTML."""
        return joined(Markup(tile_map(self.tiles, self.title)), _legend(self))

    def as_table(self) -> ChartTable:
        """Return one row per ward in the order of the official codes."""
        headers = (str(words.WARD), self.value_label or str(words.VALUE), str(words.STATE))
        rows = tuple(
            (tile.name, tile.value_text or str(words.NO_DATA), _status_word(tile))
            for tile in sorted(self.tiles, key=lambda tile: tile.code)
        )
        return ChartTable(headers, rows, frozenset({1}))


def tile_map(tiles: Sequence[Tile], title: str = "") -> str:
    """Return the tiles as an HTML list placed by classes, row by row, so that Tab reads it in order."""
    ordered = sorted(tiles, key=lambda tile: PLACES[tile.code])
    return element(
        "ul",
        *(_tile(tile) for tile in ordered),
        class_="tile-map",
        role="list",
        data_tile_map="",
        aria_label=title or None,
    )


def _tile(tile: Tile) -> Markup:
    """Return one tile; it is a link where it has an address."""
    row, column = PLACES[tile.code]
    inside = joined(
        element("span", escaped(tile.short_name), class_="tile-name"),
        _status(tile),
        element("span", escaped(tile.value_text or words.NO_DATA), class_="tile-value"),
        Markup(sparkline(tile.trend)) if any(point is not None for point in tile.trend) else joined(),
    )
    address = safe_url(tile.url)
    body = element(
        "a" if address else "div",
        inside,
        class_="tile",
        href=address or None,
        title=f"{tile.name} {tile.value_text or words.NO_DATA}",
        data_row=row,
        data_column=column,
        data_level=_step(tile.level),
        data_status=tile.status or None,
    )
    return element("li", body)


def _step(level: int | None) -> Value:
    """Return the step of the look's colour scale for a level."""
    return "none" if level is None else SCALE_STEPS[level]


def _status(tile: Tile) -> Markup:
    """Return the status as a shape, its word for those who do not see it."""
    if not tile.status:
        return joined()
    return element(
        "span",
        element("span", escaped(STATUS_SIGNS[tile.status]), aria_hidden="true"),
        element("span", escaped(_status_word(tile)), class_="visually-hidden"),
        class_="tile-status",
        title=_status_word(tile),
    )


def _status_word(tile: Tile) -> str:
    """Return the status as a word; empty where there is none."""
    if not tile.status:
        return str(words.NO_DATA) if tile.level is None else ""
    return str(words.STATUS[tile.status])


def _legend(chart: TileMap) -> Markup:
    """Return the scale from low to high, no data, and the shapes that occur."""
    named = dict(enumerate(chart.level_texts)) or {0: str(words.LESS), LEVELS - 1: str(words.MORE)}
    swatches = [_swatch(_step(level), named.get(level, "")) for level in range(LEVELS)]
    if any(tile.level is None for tile in chart.tiles):
        swatches.append(_swatch(_step(None), str(words.NO_DATA)))
    occurring = {tile.status for tile in chart.tiles}
    signs = [
        element("li", escaped(f"{sign} {words.STATUS[code]}"), class_="chart-legend-sign")
        for code, sign in STATUS_SIGNS.items()
        if code in occurring and sign
    ]
    return element("ul", *swatches, *signs, class_="chart-legend", role="list")


def _swatch(step: Value, name: str) -> Markup:
    """Return one step of the legend."""
    swatch = element("span", class_="chart-swatch", data_level=step, aria_hidden="true")
    return element("li", swatch, element("span", escaped(name)) if name else joined())
