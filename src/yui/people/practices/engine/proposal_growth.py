"""How proposals grew against the baseline, over a panel of wards that does not change.

A ward's kind of proposal is a *cell*. Only cells with a frozen baseline before the year in question, and with
records in that year, are compared; everything else is named as missing and never counted as zero. So neither
a ward that joins late nor a category that is counted for the first time makes a growth of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Cell = tuple[int, str]
"""A ward's key and a kind of proposal."""


@dataclass(frozen=True)
class BaselineFact:
    """One frozen figure: how many proposals of a kind a ward had in a fiscal year, by which definition."""

    ward: int
    kind: str
    fiscal_year: int
    version: int
    count: int

    @property
    def cell(self) -> Cell:
        """The cell that the figure belongs to."""
        return (self.ward, self.kind)


@dataclass(frozen=True)
class Growth:
    """Proposals of one fiscal year against the baseline of the same cells.

    ``missing`` are the wards without a single comparable cell.
    """

    proposals: int
    baseline: int
    cells: frozenset[Cell]
    missing: tuple[int, ...]

    @property
    def ratio(self) -> Decimal | None:
        """Proposals ÷ baseline; None where nothing can be compared."""
        return Decimal(self.proposals) / self.baseline if self.cells and self.baseline else None

    @property
    def wards(self) -> frozenset[int]:
        """The wards that are compared."""
        return frozenset(ward for ward, _kind in self.cells)


def standing_baselines(facts: Iterable[BaselineFact]) -> dict[Cell, BaselineFact]:
    """Return each cell's figure by its newest definition: a new definition starts a new series."""
    found: dict[Cell, BaselineFact] = {}
    for fact in facts:
        known = found.get(fact.cell)
        if known is None or (known.version, known.fiscal_year) < (fact.version, fact.fiscal_year):
            found[fact.cell] = fact
    return found


def growth_of(
    wards: Iterable[int],
    baselines: Mapping[Cell, BaselineFact],
    counts: Mapping[Cell, int],
    recording: frozenset[int],
    fiscal_year: int,
) -> Growth:
    """Return the growth of a fiscal year.

    Args:
        wards: the wards asked about.
        baselines: by cell, as ``standing_baselines`` gives them.
        counts: proposals of the year by cell; a cell of a recording ward that is absent here had none.
        recording: wards with at least one proposal on record in the year.
        fiscal_year: the year in question; baselines of it or of later years say nothing about it.
    """
    asked = list(wards)
    cells = frozenset(
        cell
        for cell, fact in baselines.items()
        if cell[0] in asked and cell[0] in recording and fact.fiscal_year < fiscal_year
    )
    compared = {ward for ward, _kind in cells}
    return Growth(
        proposals=sum(counts.get(cell, 0) for cell in cells),
        baseline=sum(baselines[cell].count for cell in cells),
        cells=cells,
        missing=tuple(ward for ward in asked if ward not in compared),
    )
