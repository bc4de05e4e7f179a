"""The page 運用コスト: systems by month, and 経費区分 by month, in whole yen."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.calendar_jp import Month
from yui.kernel.money import whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import systems_by_code
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.monthly import Cell, costs_visible_to, summarise
from yui.transition.costs.queries.rates import YenSum

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Figure:
    """An amount in whole yen, unknown while a rate is missing; ``None`` stands for no bill at all."""

    yen: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class SystemRow:
    """One system of one ward: its months and their sum."""

    ward: Organisation
    system_code: str
    system_name: str
    system_url: str
    months: tuple[Figure | None, ...]
    total: Figure


@dataclass(frozen=True)
class Overview:
    """What the page shows."""

    months: tuple[Month, ...]
    rows: tuple[SystemRow, ...]
    by_month: tuple[Figure | None, ...]
    by_category: tuple[tuple[CostCategory, tuple[int | None, ...]], ...]
    total: Figure
    missing_rates: tuple[str, ...]


def span_for(actor: Actor, first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    """Return the months to show: those asked for, else the last twelve with bills; ``None`` without bills."""
    latest = costs_visible_to(actor).order_by("-month").values_list("month", flat=True).first()
    if latest is None and (first is None or last is None):
        return None
    end = last or Month.parse(latest or str(first))
    start = first or end.shift(1 - MONTHS_SHOWN)
    return (start, end) if start <= end else (end, start)


def overview_for(
    actor: Actor, first: Month, last: Month, *, ward: str = "", metric: str = "billed"
) -> Overview:
    """Return systems by month for what ``actor`` may see."""
    months = tuple(Month.between(first, last))
    costs = costs_visible_to(
        actor,
        organisations=[ward] if ward else None,
        first_month=str(first),
        last_month=str(last),
        metric=metric,
    )
    cells = summarise(costs, ("ward", "system", "month"), metric)
    categories = summarise(costs, ("category", "month"), metric)
    total = YenSum()
    for cell in cells:
        total.add(cell.yen)
    return Overview(
        months=months,
        rows=_system_rows(actor, cells, months),
        by_month=_by_month(cells, months),
        by_category=_by_category(categories, months),
        total=figure_of(total),
        missing_rates=figure_of(total).missing,
    )


def figure_of(total: YenSum) -> Figure:
    """Return a sum in whole yen (halves away from zero)."""
    missing = tuple(f"{currency} {month}" for currency, month in sorted(total.missing))
    return Figure(None if total.yen is None else whole_yen(total.yen), missing)


def _system_rows(actor: Actor, cells: Sequence[Cell], months: Sequence[Month]) -> tuple[SystemRow, ...]:
    wards = {organisation.code: organisation for organisation in Organisation.objects.all()}
    grouped: dict[tuple[str, str], dict[str, Cell]] = {}
    for cell in cells:
        ward, system, month = cell.key
        grouped.setdefault((ward, system), {})[month] = cell
    names = {code: systems_by_code(actor, wards[code]) for code in {ward for ward, _system in grouped}}
    rows = []
    for (code, system), by_month in grouped.items():
        total = YenSum()
        for cell in by_month.values():
            total.add(cell.yen)
        known = names[code].get(system)
        found = (by_month.get(str(month)) for month in months)
        figures = tuple(figure_of(cell.yen) if cell else None for cell in found)
        name, url = (known.name, known.url) if known else (system, "")
        rows.append(SystemRow(wards[code], system, name, url, figures, figure_of(total)))
    rows.sort(key=lambda row: (row.ward.sort_order, not row.system_code, -(row.total.yen or 0)))
    return tuple(rows)


def _by_month(cells: Sequence[Cell], months: Sequence[Month]) -> tuple[Figure | None, ...]:
    sums: dict[str, YenSum] = {}
    for cell in cells:
        sums.setdefault(cell.key[2], YenSum()).add(cell.yen)
    return tuple(figure_of(sums[str(month)]) if str(month) in sums else None for month in months)


def _by_category(
    cells: Sequence[Cell], months: Sequence[Month]
) -> tuple[tuple[CostCategory, tuple[int | None, ...]], ...]:
    yen: dict[tuple[str, ...], Decimal | None] = {cell.key: cell.yen.yen for cell in cells}
    rows = []
    for category in CostCategory:
        found = [yen.get((category.value, str(month))) for month in months]
        if any(amount is not None for amount in found):
            rows.append((category, tuple(None if a is None else whole_yen(a) for a in found)))
    return tuple(rows)
