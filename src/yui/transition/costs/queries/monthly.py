"""Ward × system × month: exact amounts from the monthly roll-up, within what the reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yui.kernel.policy import Actor
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.queries.rates import Rates, YenSum

NOTHING = Decimal(0)
METRICS = ("billed", "effective")
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
) -> ScopedQuerySet:
    """Return the roll-up rows that ``actor`` may see, limited to codes and months (both ends included)."""
    costs = MonthlyCost.objects.visible_to(actor)
    if organisations is not None:
        costs = costs.filter(organisation__code__in=list(organisations))
    if first_month:
        costs = costs.filter(month__gte=first_month)
    if last_month:
        costs = costs.filter(month__lte=last_month)
    return costs


def summarise(costs: ScopedQuerySet, by: Sequence[str], metric: str = "billed") -> list[Cell]:
    """Add up ``costs`` by the groups ``by`` (of ``GROUPS``), in the order of their values.

    Raises:
        KeyError: for an unknown group.
        ValueError: for an unknown metric.
    """
    if metric not in METRICS:
        raise ValueError(f"unknown metric {metric!r}: one of {', '.join(METRICS)}")
    fields = [FIELDS[group] for group in by]
    # Without an order of its own the database needs not sort what is added up here anyway.
    rows = costs.order_by().values_list(*fields, "month", "currency", metric, "rows")
    cells = collect((row[: len(fields)], *row[len(fields) :]) for row in rows.iterator(chunk_size=5000))
    return [cells[key] for key in sorted(cells)]


def collect(rows: Iterable[tuple[Any, ...]], rates: Rates | None = None) -> dict[tuple[str, ...], Cell]:
    """Add up rows of (key, month, currency, amount as text, line count) by key."""
    rates = rates or Rates.load()
    cells: dict[tuple[str, ...], Cell] = {}
    for key, month, currency, text, lines in rows:
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = Cell(tuple(str(part) for part in key))
        amount = Decimal(text)
        cell.amounts[currency] = EXACT.add(cell.amounts.get(currency, NOTHING), amount)
        rates.add(cell.yen, amount, currency, month, lines)
    return cells
