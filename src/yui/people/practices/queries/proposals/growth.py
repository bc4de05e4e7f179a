"""How proposals grew, ward by ward and together, against the frozen baselines."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.scope.models import Organisation
from yui.people.practices.engine.proposal_growth import BaselineFact, Cell, Growth, growth_of
from yui.people.practices.queries.proposals.baselines import (
    baselines_now,
    counts_by_cell,
    staff_by_ward,
    staff_in,
)
from yui.people.practices.queries.proposals.counting import Counted, counted_proposals

YEARS = 5


@dataclass(frozen=True)
class WardGrowth:
    """One ward: proposals by fiscal year (None where nothing is on record), baseline, and their ratio."""

    ward: Organisation
    counts: tuple[int | None, ...]
    baseline: int | None
    baseline_year: int | None
    ratio: Decimal | None
    per_100_staff: Decimal | None


@dataclass(frozen=True)
class GrowthYear:
    """All compared wards in one fiscal year."""

    fiscal_year: int
    growth: Growth


@dataclass(frozen=True)
class GrowthFigures:
    """The last fiscal years, oldest first, of every ward and of all together."""

    years: tuple[int, ...]
    wards: Sequence[WardGrowth]
    together: Sequence[GrowthYear]

    @property
    def latest(self) -> Growth:
        """The comparison of the last year."""
        return self.together[-1].growth


def growth_figures(last_year: int) -> GrowthFigures:
    """Return the growth up to a fiscal year.

    The numbers of every ward are shared by all wards, as the baseline is: they are counts, and lead to the
    records only as far as a reader may see these.
    """
    years = tuple(range(last_year - YEARS + 1, last_year + 1))
    wards = list(Organisation.objects.wards())
    baselines, staff = baselines_now(), staff_by_ward()
    by_year: dict[int, list[Counted]] = {year: [] for year in years}
    for proposal in counted_proposals():
        if proposal.fiscal_year in by_year:
            by_year[proposal.fiscal_year].append(proposal)
    cells = {year: counts_by_cell(found) for year, found in by_year.items()}
    recording = {year: frozenset(each.ward for each in found) for year, found in by_year.items()}
    keys = [ward.pk for ward in wards]
    return GrowthFigures(
        years,
        [_ward(ward, years, cells, recording, baselines, staff.get(ward.pk, {})) for ward in wards],
        [GrowthYear(year, growth_of(keys, baselines, cells[year], recording[year], year)) for year in years],
    )


def _ward(
    ward: Organisation,
    years: tuple[int, ...],
    cells: dict[int, dict[Cell, int]],
    recording: dict[int, frozenset[int]],
    baselines: dict[Cell, BaselineFact],
    staff: dict[int, int],
) -> WardGrowth:
    """Return one ward's figures; the ratio is that of the last year."""
    counts = tuple(
        sum(count for cell, count in cells[year].items() if cell[0] == ward.pk)
        if ward.pk in recording[year]
        else None
        for year in years
    )
    own = [fact for fact in baselines.values() if fact.ward == ward.pk]
    last = years[-1]
    people = staff_in(staff, last)
    return WardGrowth(
        ward=ward,
        counts=counts,
        baseline=sum(fact.count for fact in own) if own else None,
        baseline_year=max((fact.fiscal_year for fact in own), default=None),
        ratio=growth_of([ward.pk], baselines, cells[last], recording[last], last).ratio,
        per_100_staff=Decimal(counts[-1]) * 100 / people if people and counts[-1] is not None else None,
    )
