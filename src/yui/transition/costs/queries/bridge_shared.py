"""Shared costs in the bridge: what each organisation bears of them, and by which share.

A sum of the roll-up that any version divides in either span is looked at as one item for every organisation
that bears a part of it: the whole sum, the rate, and the part that the organisation bears. A change of the
part is a change of the allocation. The lines of such sums are left out of the items that come from the lake,
so every yen counts once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from yui.kernel.policy import Actor
from yui.transition.costs.engine.bridge import Item, ItemKey, Nature, Side
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.models import AllocatedCost, MonthlyCost
from yui.transition.costs.queries.monthly import costs_visible_to

SHARED = "shared"
"""What stands in the place of a unit in the key of a shared item."""

Group = tuple[str, str, str, str, str]
"""Owner, bill part, system, 経費区分 and currency: what a rule divides."""
Amounts = dict[str, Decimal]
"""Exact amounts by month."""
REASON = "a shared sum counts with those who bear it; who bears a part of it knows the whole by his ratio"
GROUP_FIELDS = ("part__key", "system_code", "cost_category", "currency")
NOTHING = Decimal(0)


@dataclass
class SharedSums:
    """Shared sums of one span.

    Attributes:
        whole: the sums by group.
        shared: what versions give away of them.
        borne: what organisations that the reader may see bear, by group and code.
        rows: bill lines by group.
    """

    whole: dict[Group, Amounts] = field(default_factory=dict)
    shared: dict[Group, Amounts] = field(default_factory=dict)
    borne: dict[tuple[Group, str], Amounts] = field(default_factory=dict)
    rows: dict[Group, int] = field(default_factory=dict)


def shared_groups(months: Iterable[str]) -> frozenset[Group]:
    """Return what is shared in any of these months, whoever reads."""
    shares = AllocatedCost.objects.unscoped(REASON).filter(month__in=sorted(set(months)))
    found = shares.order_by().values_list("owner__code", *GROUP_FIELDS).distinct()
    return frozenset(found.iterator(chunk_size=5000))


def shared_sums(actor: Actor, groups: frozenset[Group], months: list[str], metric: str) -> SharedSums:
    """Return the sums of ``groups`` in one span, and who bears them as far as ``actor`` may see."""
    found = SharedSums()
    costs = MonthlyCost.objects.unscoped(REASON).filter(
        month__in=months, organisation__code__in={group[0] for group in groups}
    )
    rows_of = costs.order_by().values_list("organisation__code", *GROUP_FIELDS, "month", metric, "rows")
    for owner, part, system, category, currency, month, text, rows in rows_of.iterator(chunk_size=5000):
        group: Group = (owner, part, system, category, currency)
        if group in groups:
            _add(found.whole.setdefault(group, {}), month, text)
            found.rows[group] = found.rows.get(group, 0) + rows
    every = AllocatedCost.objects.unscoped(REASON).filter(month__in=months)
    given = every.order_by().values_list("owner__code", *GROUP_FIELDS, "month", metric)
    for owner, part, system, category, currency, month, text in given.iterator(chunk_size=5000):
        _add(found.shared.setdefault((owner, part, system, category, currency), {}), month, text)
    seen = AllocatedCost.objects.visible_to(actor).filter(month__in=months)
    borne = seen.order_by().values_list("owner__code", *GROUP_FIELDS, "organisation__code", "month", metric)
    for owner, part, system, category, currency, bearer, month, text in borne.iterator(chunk_size=5000):
        key = ((owner, part, system, category, currency), bearer)
        _add(found.borne.setdefault(key, {}), month, text)
    _add_owners(actor, found, months)
    return found


def _add_owners(actor: Actor, found: SharedSums, months: list[str]) -> None:
    """Let owners whose costs the reader may see bear what no version gives away."""
    costs = costs_visible_to(actor).filter(month__in=months).order_by()
    owners = set(costs.values_list("organisation__code", flat=True).distinct())
    for group, whole in found.whole.items():
        if group[0] not in owners:
            continue
        given = found.shared.get(group, {})
        for month, amount in whole.items():
            rest = EXACT.subtract(amount, given.get(month, NOTHING))
            if rest:
                _add(found.borne.setdefault((group, group[0]), {}), month, rest)


def _add(amounts: Amounts, month: str, amount: Decimal | str) -> None:
    amounts[month] = EXACT.add(amounts.get(month, NOTHING), Decimal(amount))


def shared_items(
    before: SharedSums, after: SharedSums, rates: dict[tuple[str, str], Decimal]
) -> tuple[list[Item], set[tuple[str, str]]]:
    """Return an item for each organisation that bears a part, and the (currency, month) without a rate."""
    items, missing = [], set[tuple[str, str]]()
    for group, bearer in sorted({*before.borne, *after.borne}):
        sides = [_side(sums, group, bearer, rates, missing) for sums in (before, after)]
        owner, part, system, category, currency = group
        key = ItemKey(bearer, system, category, owner, part, "", SHARED, "", currency, Nature.REGULAR)
        items.append(Item(key, sides[0], sides[1], part))
    return items, missing


def _side(
    sums: SharedSums,
    group: Group,
    bearer: str,
    rates: dict[tuple[str, str], Decimal],
    missing: set[tuple[str, str]],
) -> Side | None:
    """Return one span of one item; ``None`` where the sum itself does not stand in the span."""
    whole = sums.whole.get(group)
    if whole is None:
        return None
    borne, currency = sums.borne.get((group, bearer), {}), group[4]
    yen, weight, weighted = NOTHING, Fraction(0), Fraction(0)
    for month, amount in whole.items():
        rate = Decimal(1) if currency == "JPY" else rates.get((currency, month))
        if rate is None:
            missing.add((currency, month))
            continue
        yen = EXACT.fma(borne.get(month, NOTHING), rate, yen)
        weight += abs(Fraction(amount))
        weighted += abs(Fraction(amount)) * Fraction(rate)
    total = sum(whole.values(), NOTHING)
    part = Fraction(sum(borne.values(), NOTHING)) / Fraction(total) if total else Fraction(0)
    mean = weighted / weight if weight else Fraction(1)
    return Side(yen, total, mean, None, len(whole), part, sums.rows.get(group, 0))
