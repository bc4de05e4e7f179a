"""移行前と後: what systems cost before and after their migration, by ward and for all wards together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import BusinessArea, business_areas, migration_states, system_codes_by_area
from yui.transition.costs.engine.multiplier import (
    FEWEST_IN_A_SUMMARY,
    MONTHS_EACH_SIDE,
    Distribution,
    Range,
    around,
    disclosed,
    distribution,
    ranges,
)
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.queries.definition import Definition, definition_in_force
from yui.transition.costs.queries.rates import Rates, YenSum

REASON = "a figure of all wards together, shown without single wards to those who may not see them"
READER = Actor.system("multipliers")
TOO_SHORT, NO_COST, NO_RATE = "too_short", "no_cost", "no_rate"


@dataclass
class Side:
    """Twelve months of running costs: exact yen by 経費区分 and by currency, and units of each currency."""

    yen: dict[str, YenSum] = field(default_factory=dict)
    by_currency: dict[str, YenSum] = field(default_factory=dict)
    units: dict[str, Decimal] = field(default_factory=dict)

    def add_row(self, row: "CostRow") -> None:
        """Add one row of the roll-up."""
        for sums, key in ((self.yen, row.category), (self.by_currency, row.currency)):
            total = sums.setdefault(key, YenSum())
            row.rates.add(total, row.amount, row.currency, row.month, row.lines)
        self.units[row.currency] = EXACT.add(self.units.get(row.currency, Decimal(0)), row.amount)

    def add(self, other: "Side") -> None:
        """Add another area's or ward's months."""
        for mine, theirs in ((self.yen, other.yen), (self.by_currency, other.by_currency)):
            for key, total in theirs.items():
                mine.setdefault(key, YenSum()).add(total)
        for currency, amount in other.units.items():
            self.units[currency] = EXACT.add(self.units.get(currency, Decimal(0)), amount)

    @property
    def total(self) -> Decimal | None:
        """The yen of all categories; ``None`` while a rate is missing."""
        whole = YenSum()
        for each in self.yen.values():
            whole.add(each)
        return whole.yen

    @property
    def rows(self) -> int:
        """Bill lines added up."""
        return sum(each.rows for each in self.yen.values())

    def monthly(self, category: str | None = None) -> Decimal | None:
        """Return the mean of a month in yen, of one category or of all."""
        total = self.total if category is None else self.yen.get(category, YenSum()).yen
        return None if total is None else total / MONTHS_EACH_SIDE


@dataclass(frozen=True)
class CostRow:
    """One row of the roll-up with the rates by which it becomes yen."""

    month: str
    category: str
    currency: str
    amount: Decimal
    lines: int
    rates: Rates


@dataclass
class Change:
    """Costs before and after, of one area, one ward, or all wards together."""

    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    areas: int = 0

    def add(self, other: "Change") -> None:
        """Add another change."""
        self.before.add(other.before)
        self.after.add(other.after)
        self.areas += other.areas

    @property
    def multiplier(self) -> Decimal | None:
        """After over before; ``None`` where either is unknown or nothing was paid before."""
        before, after = self.before.total, self.after.total
        return after / before if before and after is not None and before > 0 else None


@dataclass(frozen=True)
class AreaChange:
    """One migrated business area of one ward; ``lack`` says why there is no multiplier."""

    area: BusinessArea
    migrated_on: date
    change: Change
    lack: str

    @property
    def months(self) -> tuple[list[Month], list[Month]]:
        """The months before and after."""
        return around(Month.of(self.migrated_on))


@dataclass(frozen=True)
class WardChange:
    """One ward: its areas, and the change over those that have complete data."""

    ward: Organisation
    areas: tuple[AreaChange, ...]
    change: Change

    @property
    def multiplier(self) -> Decimal | None:
        """The ward's multiplier over its complete areas."""
        return self.change.multiplier


@dataclass(frozen=True)
class MultiplierReport:
    """What a reader may see of the change.

    ``wards`` are the wards whose costs the reader may see, each with what is known; the rest stands only in
    ``joint``, ``spread`` and ``ranges``. With ``is_suppressed`` the ranges are joined so that none holds
    fewer than three wards, and the largest value is not told.
    """

    until: Month
    definition: Definition
    is_constant: bool
    wards: tuple[WardChange, ...]
    joint: Change | None
    spread: Distribution | None
    ranges: tuple[Range, ...]
    is_suppressed: bool
    counted: int
    without_data: int


def multiplier_report(
    actor: Actor,
    until: Month,
    *,
    is_constant: bool = False,
    definition: Definition | None = None,
    only: frozenset[int] | None = None,
) -> MultiplierReport:
    """Return what ``actor`` may see of the change, from bills up to the month ``until``.

    Args:
        definition: the one to work by; the one in force where none is given.
        only: the organisations that may be told one by one, where they are fewer than the actor may see.
        is_constant: whether foreign amounts count at the base rates of the definition instead of those of
            their months.
    """
    definition = definition or definition_in_force()
    changes = ward_changes(until, definition, is_constant=is_constant)
    known = [each for each in changes if each.multiplier is not None]
    visible = _fully_visible(actor)
    if only is not None:
        visible &= only
    sees_all = all(each.ward.pk in visible for each in known)
    enough = sees_all or len(known) >= FEWEST_IN_A_SUMMARY
    joint = Change()
    for each in known:
        joint.add(each.change)
    values = [each.multiplier for each in known if each.multiplier is not None]
    spread = ranges(values)
    return MultiplierReport(
        until=until,
        definition=definition,
        is_constant=is_constant,
        wards=tuple(each for each in changes if each.ward.pk in visible),
        joint=joint if known and enough else None,
        spread=distribution(values) if enough else None,
        ranges=spread if sees_all else disclosed(spread) if enough else (),
        is_suppressed=not sees_all,
        counted=len(known),
        without_data=len(changes) - len(known),
    )


def ward_changes(until: Month, definition: Definition, *, is_constant: bool) -> list[WardChange]:
    """Return the change of every ward, in official order, whoever asks: callers decide what is shown."""
    migrated: dict[str, list[tuple[str, date]]] = {}
    for each in migration_states(READER, until.last_day):
        if each.is_migrated and each.since is not None:
            migrated.setdefault(each.organisation_code, []).append((each.area_code, each.since))
    areas = {area.code: area for area in business_areas()}
    systems = system_codes_by_area(READER)
    costs, loaded = _costs(until, definition, is_constant=is_constant)
    changes = []
    for ward in Organisation.objects.wards():
        months = loaded.get(ward.pk, set())
        found = [
            _area_change(
                areas[code],
                day,
                [
                    row
                    for system in systems.get((ward.code, code), ())
                    for row in costs.get((ward.pk, system), ())
                ],
                months,
            )
            for code, day in migrated.get(ward.code, [])
        ]
        changes.append(_ward_change(ward, found))
    return changes


Costs = dict[tuple[int, str], list[CostRow]]


def _costs(until: Month, definition: Definition, *, is_constant: bool) -> tuple[Costs, dict[int, set[str]]]:
    """Return the running costs by organisation and system, and the months in which each has bills."""
    rows = list(
        MonthlyCost.objects.unscoped(REASON)
        .filter(month__lte=str(until))
        .order_by()
        .values_list("organisation_id", "system_code", "month", "cost_category", "currency", "billed", "rows")
    )
    months = {row[2] for row in rows}
    rates = Rates.constant(definition.base_rates, months) if is_constant else Rates.load(months)
    costs: Costs = {}
    loaded: dict[int, set[str]] = {}
    for pk, system, month, category, currency, billed, count in rows:
        loaded.setdefault(pk, set()).add(month)
        if category in definition.running:
            costs.setdefault((pk, system), []).append(
                CostRow(month, category, currency, Decimal(billed), count, rates)
            )
    return costs, loaded


def _ward_change(ward: Organisation, areas: Sequence[AreaChange]) -> WardChange:
    """Return a ward's change over its areas that have complete data."""
    whole = Change()
    for each in areas:
        if not each.lack:
            whole.add(each.change)
    return WardChange(ward, tuple(areas), whole)


def _area_change(area: BusinessArea, day: date, rows: Iterable[CostRow], loaded: set[str]) -> AreaChange:
    before, after = ({str(month) for month in side} for side in around(Month.of(day)))
    change = Change(areas=1)
    for row in rows:
        side = change.before if row.month in before else change.after if row.month in after else None
        if side is not None:
            side.add_row(row)
    lack = ""
    if not before | after <= loaded:
        lack = TOO_SHORT
    elif change.before.total is None or change.after.total is None:
        lack = NO_RATE
    elif change.before.total <= 0:
        lack = NO_COST
    return AreaChange(area, day, change, lack)


def _fully_visible(actor: Actor) -> set[int]:
    """Return the organisations all of whose costs the actor may see."""
    if actor.is_system:
        return set(Organisation.objects.values_list("pk", flat=True))
    everything = MonthlyCost.objects.unscoped(REASON).order_by()
    whole = dict(everything.values_list("organisation_id").annotate(Count("pk")))
    seen = MonthlyCost.objects.visible_to(actor).order_by()
    found = dict(seen.values_list("organisation_id").annotate(Count("pk")))
    own = set(actor.organisation_ids)
    return own | {pk for pk, count in found.items() if whole.get(pk) == count}
