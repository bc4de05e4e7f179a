"""States of many things for many owners: rows by columns, each cell a sign with its word."""

from dataclasses import dataclass
from typing import ClassVar

from yui.kernel.charts import words
from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.markup import Markup, element, escaped, joined, safe_url

TONES = frozenset({"good", "progress", "caution", "bad", "quiet"})


@dataclass(frozen=True)
class MatrixState:
    """A state that a cell may be in: a sign of one or two characters, its word, and its tone.

    ``tone`` is good, progress, caution, bad or quiet; raises ``ValueError`` for any other.
    """

    code: str
    sign: str
    name: str
    tone: str = "quiet"

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"no tone called {self.tone}")


@dataclass(frozen=True)
class MatrixCell:
    """One cell: the code of its state (None: no data), where it leads, and what to add on pointing."""

    state: str | None
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A named row of cells, one for each column."""

    name: str
    cells: tuple[MatrixCell, ...]
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Matrix(Chart):
    """A matrix of states. Raises ``ValueError`` for rows of the wrong length and unknown states."""

    is_table: ClassVar[bool] = True

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    states: tuple[MatrixState, ...]
    row_label: str = ""

    def __post_init__(self) -> None:
        known = {state.code for state in self.states} | {None}
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{row.name} has {len(row.cells)} cells for {len(self.columns)} columns")
            for cell in row.cells:
                if cell.state not in known:
                    raise ValueError(f"{row.name}: no state called {cell.state}")

    def draw(self) -> str:
        """Return the matrix and its legend as HTML."""
        return matrix(self)

    def as_table(self) -> ChartTable:
        """Return the states as words."""
        names = {state.code: state.name for state in self.states}
        rows = tuple(
            (
                row.name,
                *(str(words.NO_DATA) if cell.state is None else names[cell.state] for cell in row.cells),
            )
            for row in self.rows
        )
        return ChartTable((self.row_label or str(words.NAME), *self.columns), rows)


def matrix(chart: Matrix) -> str:
    """Return the matrix as an HTML table with a legend below."""
    states = {state.code: state for state in chart.states}
    head = element(
        "tr",
        element("th", escaped(chart.row_label), scope="col", class_="matrix-corner"),
        *(
            element("th", element("span", escaped(column)), scope="col", class_="matrix-column")
            for column in chart.columns
        ),
    )
    body = [
        element(
            "tr",
            element("th", _row_name(row), scope="row", class_="matrix-row"),
            *(_cell(cell, states.get(cell.state or "")) for cell in row.cells),
        )
        for row in chart.rows
    ]
    table = element(
        "table",
        element("caption", escaped(chart.title), class_="visually-hidden"),
        element("thead", head),
        element("tbody", *body),
        class_="matrix",
    )
    return joined(table, _legend(chart))


def _row_name(row: MatrixRow) -> Markup:
    """Return a row's name, as a link where it has an address."""
    address = safe_url(row.url)
    return element("a", escaped(row.name), href=address) if address else escaped(row.name)


def _cell(cell: MatrixCell, state: MatrixState | None) -> Markup:
    """Return one cell: the sign is seen, the word is heard."""
    name = state.name if state else str(words.NO_DATA)
    content = joined(
        element("span", escaped(state.sign if state else ""), aria_hidden="true", class_="matrix-sign"),
        element("span", escaped(name), class_="visually-hidden"),
    )
    tip = " — ".join(filter(None, (name, cell.note)))
    if safe_url(cell.url):
        content = element("a", content, href=safe_url(cell.url))
    return element("td", content, class_="matrix-cell", data_tone=state.tone if state else "none", title=tip)


def _legend(chart: Matrix) -> Markup:
    """Return what the signs mean and how often each occurs."""
    counts: dict[str | None, int] = {}
    for row in chart.rows:
        for cell in row.cells:
            counts[cell.state] = counts.get(cell.state, 0) + 1
    shown = [(state.tone, state.sign, state.name, counts.get(state.code, 0)) for state in chart.states]
    if counts.get(None):
        shown.append(("none", "", str(words.NO_DATA), counts[None]))
    return element(
        "ul",
        *(
            element(
                "li",
                element("span", escaped(sign), class_="chart-swatch", data_tone=tone, aria_hidden="true"),
                element("span", escaped(f"{name} {count:,}")),
            )
            for tone, sign, name, count in shown
        ),
        class_="chart-legend",
        role="list",
    )
