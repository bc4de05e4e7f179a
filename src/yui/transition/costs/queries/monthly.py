"""Ward × system × month: exact amounts from the monthly roll-up, within what the reader may see.

Three metrics, as FOCUS defines them (https://focus.finops.org, "Billed Cost" and "Effective Cost"):
``billed`` is what is invoiced; ``effective`` is the amortised cost after all discounts and with prepaid
purchases applied, as the bill states it; ``amortised`` is the same, with payments of the ledger spread
over the months that they pay for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from yui.kernel.policy import Actor
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.transition.costs.engine.exact import amount_of
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.models import AmortisedCost, MonthlyCost
from yui.transition.costs.queries.rates import Rates, YenSum

NOTHING = Decimal(0)
AMORTISED = "amortised"
METRICS = ("billed", "effective", AMORTISED)
FIELDS = {
    "ward": "organisation__code",
    "system": "system_code",
    "month": "month",
    "category": "cost_category",
    "provider": "part__provider",
}
GROUPS = tuple(FIELDS)


@dataclass
class Cell:
    """The costs of one group.

    Attributes:
        key: the values of the groups asked for, in their order.
        amounts: exact sums by currency.
        yen: the same in yen.
    """

    key: tuple[str, ...]
    amounts: dict[str, Decimal] = field(default_factory=dict)
    yen: YenSum = field(default_factory=YenSum)


def costs_visible_to(
    actor: Actor,
    *,
    organisations: Sequence[str] | None = None,
    first_month: str = "",
    last_month: str = "",
    metric: str = "billed",
) -> ScopedQuerySet:
    """Return the roll-up rows that ``actor`` may see, limited to codes and months (both ends included).

    Args:
        metric: which of ``METRICS`` the rows are to be added up by.
    """
    model = AmortisedCost if metric == AMORTISED else MonthlyCost
    costs = model.objects.visible_to(actor)
    if organisations is not None:
        costs = costs.filter(organisation__code__in=list(organisations))
    if first_month:
        costs = costs.filter(month__gte=first_month)
    if last_month:
        costs = costs.filter(month__lte=last_month)
    return costs


def summarise(
    costs: ScopedQuerySet, by: Sequence[str], metric: str = "billed", rates: Rates | None = None
) -> list[Cell]:
    """Add up ``costs`` by the groups ``by`` (of ``GROUPS``), in the order of their values.

    The database adds up; only its sums become decimals here, since yen need the rate of each month.

    Args:
        rates: the exchange rates where the caller has read them.

    Raises:
        KeyError: for an unknown group.
        ValueError: for an unknown metric.
    """
    if metric not in METRICS:
        raise ValueError(f"unknown metric {metric!r}: one of {', '.join(METRICS)}")
    fields = [FIELDS[group] for group in by]
    keys = [*fields, "month", "currency"]
    sums = {f"sum_{limb}": Sum(f"{metric}_{limb}") for limb in ("units", "nano", "atto")}
    # Without an order of its own the database needs not sort what is added up here anyway.
    grouped = costs.order_by().values(*dict.fromkeys(keys)).annotate(**sums, lines=Sum("rows"))
    rows = grouped.values_list(*keys, *sums, "lines").iterator(chunk_size=5000)
    width = len(fields)
    found = (
        (row[:width], row[width], row[width + 1], amount_of(*row[width + 2 : width + 5]), row[width + 5])
        for row in rows
    )
    cells = collect(found, rates)
    return [cells[key] for key in sorted(cells)]


def collect(rows: Iterable[tuple[Any, ...]], rates: Rates | None = None) -> dict[tuple[str, ...], Cell]:
    """Add up rows of (key, month, currency, exact amount, line count) by key."""
    rates = rates or Rates.load()
    cells: dict[tuple[str, ...], Cell] = {}
    for key, month, currency, amount, lines in rows:
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = Cell(tuple(str(part) for part in key))
        cell.amounts[currency] = EXACT.add(cell.amounts.get(currency, NOTHING), amount)
        rates.add(cell.yen, amount, currency, month, lines)
    return cells
