"""1人あたり・1件あたり: what a resident and a case of a business area cost, beside the peers' median."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import business_areas
from yui.transition.costs.models import UsageQuantity
from yui.transition.costs.queries.after_allocation import area_order, borne_by, summarise_borne
from yui.transition.costs.queries.borne_book import BorneBook, open_borne_book
from yui.transition.costs.queries.business import area_names
from yui.transition.costs.queries.monthly import Cell

FEWEST_PEERS = 3
"""A median of fewer wards would show a single ward's figure."""


@dataclass(frozen=True)
class WardUnit:
    """One ward: yen per resident over the months counted; ``None`` is no data."""

    ward: Organisation
    yen: Decimal | None
    residents: int | None
    as_of: date | None
    per_resident: Decimal | None
    months: int


@dataclass(frozen=True)
class AreaUnit:
    """One business area of one ward.

    Attributes:
        cases: cases in the months for which they are known; ``per_case`` counts the costs of the same months.
        peers_median: median yen per resident over the wards that have the area; ``None`` for too few of them.
    """

    area: str
    name: str
    yen: Decimal | None
    per_resident: Decimal | None
    peers_median: Decimal | None
    peers: int
    cases: Decimal | None
    per_case: Decimal | None


def ward_units(months: Sequence[Month]) -> tuple[WardUnit, ...]:
    """Return every ward's figure. Like the indicators, it is worked out over all wards and shown to all."""
    book = open_borne_book(months)
    return tuple(_ward_unit(book, ward, months) for ward in Organisation.objects.wards())


def median_of(units: Sequence[WardUnit]) -> Decimal | None:
    """Return the median of the wards with a figure, ``None`` for too few of them."""
    return _median([unit.per_resident for unit in units if unit.per_resident is not None])


def area_units(actor: Actor, ward: Organisation, months: Sequence[Month]) -> tuple[AreaUnit, ...]:
    """Return the areas of one ward as far as ``actor`` may see its costs, with the median of all wards."""
    span = {"first_month": str(months[0]), "last_month": str(months[-1])}
    own = borne_by(actor, organisations=[ward.code], **span)
    if not own:
        return ()
    book = open_borne_book(months)
    peers = _by_area(borne_everywhere(span), book, months)
    residents = book.of(ward.code, months).residents
    cases = _cases(actor, ward, months)
    names, order = area_names(), area_order()
    by_month: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in summarise_borne(own, ("business", "month")):
        by_month[cell.key[0]][cell.key[1]] = cell
    found = []
    for cell in summarise_borne(own, ("business",)):
        area, yen = cell.key[0], cell.yen.yen
        counted = {month: count for month, count in cases.get(area, {}).items() if month in by_month[area]}
        total = sum(counted.values(), Decimal(0))
        spent = [by_month[area][month].yen.yen for month in counted]
        known = [amount for amount in spent if amount is not None]
        found.append(
            AreaUnit(
                area,
                names.get(area, area),
                yen,
                yen / residents if yen is not None and residents else None,
                _median(peers.get(area, [])),
                len(peers.get(area, [])),
                total if counted else None,
                sum(known, Decimal(0)) / total if total and len(known) == len(spent) else None,
            )
        )
    return tuple(sorted(found, key=lambda unit: order.get(unit.area, len(order))))


def borne_everywhere(span: dict[str, str]) -> list[Cell]:
    """Return what all wards bear by ward and area, for medians only: no single figure of it is shown."""
    rows = borne_by(Actor.system("medians over all wards"), **span)
    return summarise_borne(rows, ("ward", "business"))


def _ward_unit(book: BorneBook, ward: Organisation, months: Sequence[Month]) -> WardUnit:
    found = book.of(ward.code, months)
    return WardUnit(
        ward,
        found.cost.yen if found.months else None,
        found.residents or None,
        max(found.as_of, default=None),
        found.value,
        len(found.months),
    )


def _by_area(cells: Sequence[Cell], book: BorneBook, months: Sequence[Month]) -> dict[str, list[Decimal]]:
    """Return the yen per resident of every ward by area."""
    wards = set(Organisation.objects.wards().values_list("code", flat=True))
    found: dict[str, list[Decimal]] = defaultdict(list)
    for cell in cells:
        ward, area = cell.key
        residents = book.of(ward, months).residents if ward in wards else 0
        if residents and cell.yen.yen is not None:
            found[area].append(cell.yen.yen / residents)
    return dict(found)


def _cases(actor: Actor, ward: Organisation, months: Sequence[Month]) -> dict[str, dict[str, Decimal]]:
    """Return the cases that the ward itself counted, by area and month: quantities named like an area."""
    codes = {area.name_ja: area.code for area in business_areas()}
    rows = UsageQuantity.objects.visible_to(actor).filter(
        organisation=ward,
        receiver=ward,
        driver__in=sorted(codes),
        month__gte=str(months[0]),
        month__lte=str(months[-1]),
    )
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for driver, month, quantity in rows.values_list("driver", "month", "quantity"):
        found[codes[driver]][month] = Decimal(quantity)
    return dict(found)


def _median(values: Sequence[Decimal]) -> Decimal | None:
    return median(values) if len(values) >= FEWEST_PEERS else None
