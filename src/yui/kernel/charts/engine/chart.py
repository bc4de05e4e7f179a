"""What every chart has in common: words around it, a drawing, and the same data as a table."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class ChartTable:
    """A chart's data as a table. ``numeric`` holds the indexes of the columns that are numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Chart(ABC):
    """A chart: ``title`` says what it shows, ``unit`` in what, ``finding`` what there is to see.

    The unit ``円`` (or ``yen``) is written in 万 and 億. ``download_url`` offers the data as a file.
    """

    is_table: ClassVar[bool] = False
    """Whether the drawing is a table already, so that no second one is put beneath."""

    title: str
    unit: str = ""
    finding: str = ""
    download_url: str = ""

    @property
    def description(self) -> str:
        """What a reader who does not see the drawing is told: the finding."""
        return self.finding or self.title

    @abstractmethod
    def draw(self) -> str:
        """Return the drawing as SVG or HTML that is safe to put on a page."""

    @abstractmethod
    def as_table(self) -> ChartTable:
        """Return the same data as a table."""
