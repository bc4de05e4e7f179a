"""Baselines and staff numbers, as figures read them."""

from collections.abc import Iterable

from yui.kernel.measures.counting import WHY
from yui.organisations.public import StaffCount
from yui.people.practices.engine.proposal_growth import BaselineFact, Cell, standing_baselines
from yui.people.practices.models import ProposalBaseline
from yui.people.practices.queries.proposals.counting import Counted


def baselines_now() -> dict[Cell, BaselineFact]:
    """Return each ward's standing baseline by kind."""
    rows = ProposalBaseline.objects.unscoped(WHY).order_by()
    names = ("organisation_id", "kind", "fiscal_year", "version", "count")
    return standing_baselines(BaselineFact(*row) for row in rows.values_list(*names))


def staff_by_ward() -> dict[int, dict[int, int]]:
    """Return the number of staff by ward and fiscal year."""
    found: dict[int, dict[int, int]] = {}
    rows = StaffCount.objects.unscoped(WHY).order_by()
    for ward, year, people in rows.values_list("organisation_id", "fiscal_year", "people"):
        found.setdefault(ward, {})[year] = people
    return found


def staff_in(years: dict[int, int], fiscal_year: int) -> int | None:
    """Return the staff of a fiscal year: its own number, else that of the last year before it."""
    known = [year for year in years if year <= fiscal_year]
    return years[max(known)] if known else None


def counts_by_cell(proposals: Iterable[Counted]) -> dict[Cell, int]:
    """Return how many proposals each ward has of each kind."""
    found: dict[Cell, int] = {}
    for proposal in proposals:
        cell = (proposal.ward, proposal.kind)
        found[cell] = found.get(cell, 0) + 1
    return found
