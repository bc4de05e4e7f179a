"""The page 運用コスト: systems by month, and 経費区分 by month, in whole yen.

Working it out for all wards takes a fifth of a second, so the last answers are kept in the process, each
under everything that it depends on: the editions of the roll-ups, the exchange rates, the order of the
wards, who reads, and what was asked. A change of any of them is another key; nothing has to be thrown
away by hand.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.money import whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import systems_by_code
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models.roll_up_edition import editions
from yui.transition.costs.queries.monthly import Cell, costs_visible_to, summarise
from yui.transition.costs.queries.rates import Rates, YenSum

MONTHS_SHOWN = 12
ANSWERS_KEPT = 48
_kept: "OrderedDict[Any, Any]" = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Figure:
    """An amount in whole yen, unknown while a rate is missing; ``None`` stands for no bill at all."""

    yen: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class CostRow:
    """One system of one ward by its codes: its months and their sum."""

    ward_code: str
    system_code: str
    months: tuple[Figure | None, ...]
    total: Figure


@dataclass(frozen=True)
class SystemRow:
    """One system of one ward with its names: its months and their sum."""

    ward: Organisation
    system_code: str
    system_name: str
    system_url: str
    months: tuple[Figure | None, ...]
    total: Figure


@dataclass(frozen=True)
class Overview:
    """What the page shows. Rows lie in the order of wards, the costliest first; ``named`` names them."""

    months: tuple[Month, ...]
    rows: tuple[CostRow, ...]
    by_month: tuple[Figure | None, ...]
    by_category: tuple[tuple[CostCategory, tuple[int | None, ...]], ...]
    total: Figure
    missing_rates: tuple[str, ...]


def span_for(actor: Actor, first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    """Return the months to show: those asked for, else the last twelve with bills; ``None`` without bills."""
    if first is None or last is None:
        latest = _latest_month(actor)
        if latest is None:
            return None
        last = last or Month.parse(latest)
        first = first or last.shift(1 - MONTHS_SHOWN)
    return (first, last) if first <= last else (last, first)


def _latest_month(actor: Actor) -> str | None:
    """Return the newest month with a cost that ``actor`` may see; finding it looks at every sum."""
    found: str | None = _kept_or(
        ("latest", editions(), _reader(actor)),
        lambda: costs_visible_to(actor).order_by("-month").values_list("month", flat=True).first(),
    )
    return found


def overview_for(
    actor: Actor, first: Month, last: Month, *, ward: str = "", metric: str = "billed"
) -> Overview:
    """Return systems by month for what ``actor`` may see."""
    rates = Rates.load()
    order = tuple(Organisation.objects.values_list("code", "sort_order"))
    rates_key = frozenset(rates.by_currency_and_month.items())
    key = (editions(), rates_key, order, _reader(actor), first, last, ward, metric)
    found: Overview = _kept_or(key, lambda: _worked_out(actor, first, last, ward, metric, rates, dict(order)))
    return found


def _reader(actor: Actor) -> tuple[bool, bool, frozenset[int]]:
    """Return what tells apart readers who see different costs."""
    return actor.is_system, actor.is_member, frozenset(actor.organisation_ids)


def _kept_or(key: Any, work_out: Callable[[], Any]) -> Any:
    """Return the answer kept under ``key``, else work it out and keep it."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = work_out()
    with _lock:
        _kept[key] = found
        while len(_kept) > ANSWERS_KEPT:
            _kept.popitem(last=False)
    return found


def named(actor: Actor, rows: Iterable[CostRow]) -> list[SystemRow]:
    """Return the rows with the names of wards and systems, as far as ``actor`` may see the register."""
    rows = list(rows)
    codes = {row.ward_code for row in rows}
    wards = {organisation.code: organisation for organisation in Organisation.objects.filter(code__in=codes)}
    systems = {code: systems_by_code(actor, ward) for code, ward in wards.items()}
    found = []
    for row in rows:
        known = systems[row.ward_code].get(row.system_code)
        name, url = (known.name, known.url) if known else (row.system_code, "")
        found.append(SystemRow(wards[row.ward_code], row.system_code, name, url, row.months, row.total))
    return found


def _worked_out(
    actor: Actor, first: Month, last: Month, ward: str, metric: str, rates: Rates, order: dict[str, int]
) -> Overview:
    months = tuple(Month.between(first, last))
    costs = costs_visible_to(
        actor,
        organisations=[ward] if ward else None,
        first_month=str(first),
        last_month=str(last),
        metric=metric,
    )
    cells = summarise(costs, ("ward", "system", "month"), metric, rates)
    categories = summarise(costs, ("category", "month"), metric, rates)
    total = YenSum()
    for cell in cells:
        total.add(cell.yen)
    return Overview(
        months=months,
        rows=_rows(cells, months, order),
        by_month=_by_month(cells, months),
        by_category=_by_category(categories, months),
        total=figure_of(total),
        missing_rates=figure_of(total).missing,
    )


def figure_of(total: YenSum) -> Figure:
    """Return a sum in whole yen (halves away from zero)."""
    missing = tuple(f"{currency} {month}" for currency, month in sorted(total.missing))
    return Figure(None if total.yen is None else whole_yen(total.yen), missing)


def _rows(cells: Sequence[Cell], months: Sequence[Month], order: dict[str, int]) -> tuple[CostRow, ...]:
    grouped: dict[tuple[str, str], dict[str, Cell]] = {}
    for cell in cells:
        ward, system, month = cell.key
        grouped.setdefault((ward, system), {})[month] = cell
    names, rows = [str(month) for month in months], []
    for (code, system), by_month in grouped.items():
        total = YenSum()
        for cell in by_month.values():
            total.add(cell.yen)
        figures = tuple(figure_of(by_month[name].yen) if name in by_month else None for name in names)
        rows.append(CostRow(code, system, figures, figure_of(total)))
    rows.sort(key=lambda row: (order[row.ward_code], not row.system_code, -(row.total.yen or 0)))
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
