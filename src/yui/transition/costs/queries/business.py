"""業務別: what a business area costs, ward by ward and month by month, after allocation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import BusinessArea, business_areas
from yui.transition.costs.models import AllocatedCost, UseForm
from yui.transition.costs.queries.after_allocation import (
    NO_SYSTEM,
    OTHER_SYSTEMS,
    Borne,
    area_order,
    borne_by,
    summarise_borne,
)
from yui.transition.costs.queries.monthly import Cell
from yui.transition.costs.queries.overview import MONTHS_SHOWN, Figure, figure_of, span_for
from yui.transition.costs.queries.rates import YenSum


@dataclass(frozen=True)
class BusinessRow:
    """One business area of one ward: its months and their sum."""

    ward: Organisation
    area: str
    area_name: str
    cells: tuple[Figure | None, ...]
    total: Figure


@dataclass(frozen=True)
class BusinessTable:
    """What the page shows.

    Attributes:
        by_area: name of an area and its sum over all wards shown, in the areas' order.
        by_use: what each month costs in 単独利用 and in 共同利用.
    """

    months: tuple[Month, ...]
    rows: tuple[BusinessRow, ...]
    by_month: tuple[Figure | None, ...]
    by_area: tuple[tuple[str, str, Figure], ...]
    by_use: tuple[tuple[UseForm, tuple[int | None, ...]], ...]
    total: Figure


def span_borne(actor: Actor, first: Month | None, last: Month | None) -> tuple[Month, Month] | None:
    """Return the months to show: those asked for, else the last twelve with own or allocated costs."""
    span = span_for(actor, first, last)
    newest = (
        AllocatedCost.objects.visible_to(actor).order_by("-month").values_list("month", flat=True).first()
    )
    if newest is None or last is not None:
        return span
    end = Month.parse(newest) if span is None else max(span[1], Month.parse(newest))
    start = first or end.shift(1 - MONTHS_SHOWN)
    return (start, end) if start <= end else (end, start)


def area_names() -> dict[str, str]:
    """Return the names of the twenty areas and of what lies outside them, in the reader's language."""
    found = {area.code: _area_name(area) for area in business_areas()}
    return found | {OTHER_SYSTEMS: _("その他のシステム"), NO_SYSTEM: _("システム未対応")}


def _area_name(area: BusinessArea) -> str:
    return area.name_en if (get_language() or "").startswith("en") else area.name_ja


def business_rows(
    actor: Actor,
    span: tuple[Month, Month],
    *,
    ward: str = "",
    use: str = "",
    category: str = "",
    area: str = "",
    metric: str = "billed",
) -> list[Borne]:
    """Return what is borne in the months of ``span``, narrowed to what was asked for."""
    rows = borne_by(
        actor,
        organisations=[ward] if ward else None,
        first_month=str(span[0]),
        last_month=str(span[1]),
        metric=metric,
    )
    asked = {"use": use, "category": category, "business": area}
    wanted = {group: value for group, value in asked.items() if value}
    return [row for row in rows if all(row.value(group) == value for group, value in wanted.items())]


def business_table(rows: Sequence[Borne], span: tuple[Month, Month]) -> BusinessTable:
    """Arrange what is borne by ward, area and month."""
    months = tuple(Month.between(*span))
    names, order = area_names(), area_order()
    wards = {each.code: each for each in Organisation.objects.all()}
    grouped: dict[tuple[str, str], dict[str, Cell]] = {}
    for cell in summarise_borne(rows, ("ward", "business", "month")):
        ward, area, month = cell.key
        grouped.setdefault((ward, area), {})[month] = cell
    found = [
        BusinessRow(
            wards[ward],
            area,
            names.get(area, area),
            tuple(figure_of(cells[str(month)].yen) if str(month) in cells else None for month in months),
            _total(cells.values()),
        )
        for (ward, area), cells in grouped.items()
    ]
    found.sort(key=lambda row: (row.ward.sort_order, order.get(row.area, len(order))))
    by_month = {cell.key[0]: cell for cell in summarise_borne(rows, ("month",))}
    by_area = sorted(
        summarise_borne(rows, ("business",)), key=lambda cell: order.get(cell.key[0], len(order))
    )
    return BusinessTable(
        months,
        tuple(found),
        tuple(figure_of(by_month[str(month)].yen) if str(month) in by_month else None for month in months),
        tuple((cell.key[0], names.get(cell.key[0], cell.key[0]), figure_of(cell.yen)) for cell in by_area),
        _by_use(rows, months),
        _total(by_month.values()),
    )


def _total(cells: Iterable[Cell]) -> Figure:
    total = YenSum()
    for cell in cells:
        total.add(cell.yen)
    return figure_of(total)


def _by_use(
    rows: Sequence[Borne], months: Sequence[Month]
) -> tuple[tuple[UseForm, tuple[int | None, ...]], ...]:
    cells = {cell.key: figure_of(cell.yen).yen for cell in summarise_borne(rows, ("use", "month"))}
    found = []
    for use in UseForm:
        values = tuple(cells.get((use.value, str(month))) for month in months)
        if any(value is not None for value in values):
            found.append((use, values))
    return tuple(found)
