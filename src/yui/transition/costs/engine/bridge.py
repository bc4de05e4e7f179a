"""The bridge between two periods: which reason changed the cost by how many yen, with nothing left over.

Every item (one service of one system, or one contract) costs quantity × unit price × exchange rate × share.
Its change is shared out over these factors by their Shapley values (``shapley``). Items that stand in one
period only are added or retired; one-off costs, credits, taxes and corrections are told apart and not
decomposed. Amounts are counted in whole units of 10⁻²⁴ yen, in which a bill's 18 decimals times a rate's six
are exact, so effects add up to the difference for each item, each group and the whole.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction

from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.engine.shapley import settled, shapley

UNITS_PER_YEN = 10**24
ONE = Fraction(1)


class Effect(StrEnum):
    """A reason why a cost changed, in the order in which they are shown."""

    SYSTEMS = "systems"
    SERVICES = "services"
    VOLUME = "volume"
    PRICE = "price"
    EXCHANGE = "exchange"
    ALLOCATION = "allocation"
    ONE_OFF = "one_off"
    CREDIT = "credit"
    TAX = "tax"
    CORRECTION = "correction"


class Nature(StrEnum):
    """What kind of charge an item is; all but regular ones are an effect of their own."""

    REGULAR = "regular"
    ONE_OFF = "one_off"
    CREDIT = "credit"
    TAX = "tax"
    CORRECTION = "correction"


FACTORS = (Effect.VOLUME, Effect.PRICE, Effect.EXCHANGE, Effect.ALLOCATION)


@dataclass(frozen=True)
class Side:
    """An item in one period.

    Attributes:
        yen: what it cost, exact; where amounts of several months cancel each other, it may differ from
            ``amount × rate × share``, and that difference belongs to the exchange rate.
        amount: the same in the currency of the bill, before it was shared out.
        rate: yen for one unit of the currency, the mean of the months weighted by their amounts.
        quantity: in the unit of the price; ``None`` where the bill tells none.
        months: months with a charge: what is counted where there is no quantity.
        share: the part of the amount that the allocation gives to the item's system.
        rows: bill lines.
    """

    yen: Decimal
    amount: Decimal
    rate: Fraction = ONE
    quantity: Decimal | None = None
    months: int = 1
    share: Fraction = ONE
    rows: int = 0

    @property
    def units(self) -> int:
        """The cost in 10⁻²⁴ yen."""
        scaled = EXACT.multiply(self.yen, Decimal(UNITS_PER_YEN))
        return int(scaled.to_integral_value(rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True)
class ItemKey:
    """What makes lines of two periods the same item. Ledger lines of one contract are one item."""

    ward: str
    system: str
    category: str
    provider: str
    service: str
    sku: str
    unit: str
    contract: str
    currency: str
    nature: Nature

    @property
    def system_key(self) -> tuple[str, str]:
        """Ward and system."""
        return self.ward, self.system


@dataclass(frozen=True)
class Item:
    """One item with what it was in each period; ``name`` is for people."""

    key: ItemKey
    before: Side | None
    after: Side | None
    name: str = ""

    @property
    def counts_quantity(self) -> bool:
        """Whether both periods tell a quantity; else the months with a charge are the quantity."""
        sides = (self.before, self.after)
        return all(side is not None and side.quantity is not None and side.quantity > 0 for side in sides)

    def quantity(self, side: Side) -> Decimal:
        """Return the quantity of one side on the basis that both sides have."""
        if self.counts_quantity and side.quantity is not None:
            return side.quantity
        return Decimal(side.months)

    def unit_price(self, side: Side) -> Fraction:
        """Return the price of one unit in the currency of the bill."""
        return Fraction(side.amount) / Fraction(self.quantity(side))


@dataclass(frozen=True)
class Contribution:
    """What one item contributed, in 10⁻²⁴ yen."""

    item: Item
    before: int
    after: int
    effects: dict[Effect, int]


@dataclass(frozen=True)
class Row:
    """A group of items in whole yen: ``before`` plus every effect is ``after``."""

    key: tuple[str, ...]
    before: int
    after: int
    effects: dict[Effect, int] = field(default_factory=dict)

    @property
    def change(self) -> int:
        """The difference between the periods."""
        return self.after - self.before


@dataclass(frozen=True)
class Bridge:
    """Two periods and every reason between them."""

    contributions: tuple[Contribution, ...]

    def total(self) -> Row:
        """Return both totals (halves away from zero) and the effects between them, in whole yen."""
        before, after, effects = _added(self.contributions)
        first, last = _whole(before), _whole(after)
        parts = settled([effects[effect] for effect in Effect], UNITS_PER_YEN, last - first)
        return Row((), first, last, dict(zip(Effect, parts, strict=True)))

    def by(self, key_of: Callable[[ItemKey], tuple[str, ...]]) -> list[Row]:
        """Return one row per group, in the order of the keys.

        The cells of each effect add up to the effect of the whole, the first totals to the first total, and
        each row's effects to its change; fractions of a yen are moved between groups for that.
        """
        groups: dict[tuple[str, ...], list[Contribution]] = {}
        for each in self.contributions:
            groups.setdefault(key_of(each.item.key), []).append(each)
        keys, whole = sorted(groups), self.total()
        sums = [_added(groups[key]) for key in keys]
        firsts = settled([before for before, _after, _effects in sums], UNITS_PER_YEN, whole.before)
        columns = {
            effect: settled([effects[effect] for _b, _a, effects in sums], UNITS_PER_YEN, amount)
            for effect, amount in whole.effects.items()
        }
        rows = []
        for place, key in enumerate(keys):
            effects = {effect: columns[effect][place] for effect in Effect}
            rows.append(Row(key, firsts[place], firsts[place] + sum(effects.values()), effects))
        return rows

    def items_of(self, effect: Effect) -> list[Contribution]:
        """Return the items that contributed to ``effect``, the largest contribution first."""
        found = [each for each in self.contributions if each.effects.get(effect)]
        return sorted(found, key=lambda each: (-abs(each.effects[effect]), _order(each.item.key)))


def bridge(items: Iterable[Item]) -> Bridge:
    """Return what every item contributed to the change between the two periods."""
    listed = tuple(items)
    before = {item.key.system_key for item in listed if item.before is not None}
    after = {item.key.system_key for item in listed if item.after is not None}
    in_both = before & after
    return Bridge(tuple(_contribution(item, item.key.system_key in in_both) for item in listed))


def _contribution(item: Item, is_in_both: bool) -> Contribution:
    """Return what one item contributed; ``is_in_both`` tells whether its system stands in both periods."""
    before = item.before.units if item.before else 0
    after = item.after.units if item.after else 0
    change = after - before
    if item.key.nature is not Nature.REGULAR:
        return Contribution(item, before, after, {Effect(item.key.nature.value): change})
    if item.before is None or item.after is None:
        effect = Effect.SERVICES if is_in_both else Effect.SYSTEMS
        return Contribution(item, before, after, {effect: change})
    return Contribution(item, before, after, _decomposed(item, item.before, item.after, change))


def _decomposed(item: Item, before: Side, after: Side, change: int) -> dict[Effect, int]:
    """Share out the change of an item that stands in both periods."""
    parts, denominator = shapley(_factors(item, before), _factors(item, after))
    explained = sum(parts)
    parts = [part * UNITS_PER_YEN for part in parts]
    # What cancelled between months of different rates, or was rounded when costs were shared out.
    rest = change * denominator - explained * UNITS_PER_YEN
    is_foreign = before.rate != 1 or after.rate != 1
    parts[FACTORS.index(Effect.EXCHANGE if is_foreign else Effect.ALLOCATION)] += rest
    units = settled(parts, denominator, change)
    return {effect: amount for effect, amount in zip(FACTORS, units, strict=True) if amount}


def _factors(item: Item, side: Side) -> Sequence[Fraction]:
    return (Fraction(item.quantity(side)), item.unit_price(side), side.rate, side.share)


def _added(contributions: Iterable[Contribution]) -> tuple[int, int, Counter[Effect]]:
    """Return both totals and the effects of several items, in 10⁻²⁴ yen."""
    before = after = 0
    effects: Counter[Effect] = Counter()
    for each in contributions:
        before, after = before + each.before, after + each.after
        for effect, amount in each.effects.items():
            effects[effect] += amount
    return before, after, effects


def _whole(units: int) -> int:
    """Round to whole yen, halves away from zero."""
    size = (2 * abs(units) + UNITS_PER_YEN) // (2 * UNITS_PER_YEN)
    return size if units >= 0 else -size


def _order(key: ItemKey) -> tuple[str, ...]:
    return (key.ward, key.system, key.category, key.provider, key.service, key.sku, key.contract)
