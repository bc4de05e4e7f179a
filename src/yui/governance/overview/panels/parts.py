"""What a view is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yui.kernel.charts import Chart, ChartTable
from yui.kernel.charts import words as chart_words


@dataclass(frozen=True)
class Origin:
    """Where the figures of a panel come from: in words, the page of the source, the records behind them."""

    text: str
    url: str = ""
    records_url: str = ""


@dataclass(frozen=True)
class Advice:
    """What to do where a panel has no figures, and the page on which it is done."""

    text: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """One panel. Without figures it has no chart, and ``advice`` says what to record or load."""

    code: str
    title: str
    chart: Chart | None
    origins: tuple[Origin, ...] = ()
    as_of: date | None = None
    note: str = ""
    advice: Advice | None = None

    @property
    def has_data(self) -> bool:
        """Whether there is anything to see."""
        return self.chart is not None

    @property
    def finding(self) -> str:
        """The finding in one sentence; empty without figures."""
        return self.chart.finding if self.chart else ""

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows of the panel's table with numbers as numbers; no data is ``None``."""
        return [] if self.chart is None else typed_rows(self.chart.as_table())

    def as_dict(self) -> dict[str, Any]:
        """Return the panel as plain data."""
        return {
            "code": self.code,
            "title": self.title,
            "has_data": self.has_data,
            "finding": self.finding,
            "note": self.note,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "sources": [
                {"text": each.text, "url": each.url, "records_url": each.records_url} for each in self.origins
            ],
            "advice": self.advice.text if self.advice else "",
            "columns": list(self.chart.as_table().headers) if self.chart else [],
            "rows": [[_plain(cell) for cell in row] for row in self.rows()],
        }


@dataclass(frozen=True)
class Headline:
    """A view in one figure: its value in words, its course, its date, and the ward beside the others."""

    title: str
    value: str
    points: tuple[Decimal | None, ...] = ()
    as_of: date | None = None
    beside: str = ""
    status: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the headline as plain data."""
        return {
            "title": self.title,
            "value": self.value,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "beside": self.beside,
        }


@dataclass(frozen=True)
class View:
    """One of the four views."""

    code: str
    title: str
    lead: str
    panels: tuple[Panel, ...] = field(default=())

    def panel(self, code: str) -> Panel | None:
        """Return the panel of a code that has figures; None for any other."""
        return next((each for each in self.panels if each.code == code and each.has_data), None)


def typed_rows(table: ChartTable) -> list[tuple[Any, ...]]:
    """Return the rows of a chart's table with the columns of numbers as numbers."""
    return [tuple(_typed(cells, table.numeric)) for cells in table.rows]


def _typed(cells: Iterable[str], numeric: frozenset[int]) -> Iterable[Any]:
    for place, cell in enumerate(cells):
        yield _number(cell) if place in numeric else cell


def _number(text: str) -> Decimal | str | None:
    """Read a number as charts write it; what is none stays text."""
    if text in ("", str(chart_words.NO_DATA)):
        return None
    try:
        return Decimal(text.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return text


def _plain(value: Any) -> Any:
    """Return a cell as JSON holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
