"""What a file of statistics holds, whatever its layout."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from yui.kernel.exchange.errors import Text

AreaReader = Callable[[str], str | None]
"""Returns the official code of six digits that a text means; None where it means no area."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
MOST_VALUES = 500_000
"""Values taken in from one file; they are held in memory while they are compared with the store."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written: a value or the sign that stands instead of one, and the publisher's marks."""

    value: Decimal | None
    missing: str = ""
    is_provisional: bool = False
    is_marked_revised: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one area in one period; ``row`` is where it stands in the file."""

    area_code: str
    starts_on: date
    figure: Figure
    row: str


def storable(text: str) -> str:
    """Return a text without signs that no database or page can hold: NUL and halves of surrogates."""
    return _NOT_STORABLE.sub("", text)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not read: where it stands, what stands there, and why, with what to do."""

    row: str
    what: str
    why: Text


@dataclass
class SeriesContent:
    """One series of a file. Empty texts are what the file does not say.

    Attributes:
        code: the code proposed for it.
        title: its title.
        unit: its unit.
        frequency: ``year``, ``fiscal_year``, ``quarter``, ``month`` or ``day``.
        cells: its figures.
    """

    code: str
    title: str
    unit: str
    frequency: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def decimals(self) -> int:
        """The most decimal places that any of its figures has, four at most."""
        known = (cell.figure.value for cell in self.cells)
        places = (-int(value.as_tuple().exponent) for value in known if value is not None)
        return min(max(places, default=0), 4) if self.cells else 0


@dataclass(frozen=True)
class FileContent:
    """A whole file.

    Attributes:
        file_format: ``estat-json``, ``long`` or ``wide``.
        series: its series.
        refusals: what was not read.
        notes: what the reader should be told.
        source_code: the code proposed for the source, empty where the file names none.
        source_title: title of the publication.
        publisher: who published it.
    """

    file_format: str
    series: tuple[SeriesContent, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Text, ...] = ()
    source_code: str = ""
    source_title: str = ""
    publisher: str = ""

    @property
    def value_count(self) -> int:
        """How many figures were read."""
        return sum(len(each.cells) for each in self.series)


def without_repetitions(cells: Iterable[Cell], why: Text) -> tuple[list[Cell], list[Refusal]]:
    """Keep the first of several figures for one area and period; refuse those that contradict it."""
    kept: dict[tuple[str, date], Cell] = {}
    refused = []
    for cell in cells:
        known = kept.setdefault((cell.area_code, cell.starts_on), cell)
        if known.figure != cell.figure:
            refused.append(Refusal(cell.row, f"{cell.area_code} {cell.starts_on}", why))
    return list(kept.values()), refused
