"""What each organisation bears: its own costs without what is shared, and its share of shared costs.

Every sum of the roll-up counts once: with its owner while no version divides it, else with its receivers,
whose shares add up to it exactly. So the total over all organisations is the total of the bills.

An actor counts his own organisations' costs and their shares of others' costs; the staff of an owner also see
what each receiver bears of it. A row is in 共同利用方式 where it was shared, or where its account is said to
be used so (``AccountUse``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.registry.public import SystemSummary, business_areas, systems_of
from yui.transition.costs.engine.rows import EXACT
from yui.transition.costs.models import AccountUse, AllocatedCost, UseForm
from yui.transition.costs.queries.monthly import Cell, collect, costs_visible_to

OTHER_SYSTEMS = "other"
NO_SYSTEM = "none"
Key = tuple[int, str, str, str]
GROUPS = ("ward", "business", "system", "month", "category", "use", "provider", "owner")


@dataclass(frozen=True)
class Borne:
    """One sum that an organisation bears.

    Attributes:
        ward: code of the organisation that bears it.
        owner: code of the organisation whose bill it is.
        business: code of the standard business area, ``other`` for a system outside the twenty or unknown
            to the register, ``none`` where the lines belong to no system.
        allocated: key of the ``AllocatedCost``, ``None`` for own costs.
        amount: in the metric asked for.
    """

    ward: str
    owner: str
    system: str
    system_name: str
    business: str
    month: str
    category: str
    provider: str
    use: str
    currency: str
    amount: Decimal
    rows: int
    allocated: int | None = None

    def value(self, group: str) -> str:
        """Return what the row belongs to in a group of ``GROUPS``."""
        return str(getattr(self, group))


def borne_by(
    actor: Actor,
    *,
    organisations: Sequence[str] | None = None,
    first_month: str = "",
    last_month: str = "",
    metric: str = "billed",
) -> list[Borne]:
    """Return what organisations bear after allocation, as far as ``actor`` may see it.

    Args:
        organisations: codes of those that bear, ``None`` for all.
    """
    own = costs_visible_to(actor, organisations=organisations, first_month=first_month, last_month=last_month)
    shares = AllocatedCost.objects.visible_to(actor)
    if organisations is not None:
        shares = shares.filter(organisation__code__in=list(organisations))
    if first_month:
        shares = shares.filter(month__gte=first_month)
    if last_month:
        shares = shares.filter(month__lte=last_month)
    away = allocated_away(first_month, last_month)
    # An approved rule lets receivers see what their share is for: the owner's systems by name and area.
    register = Actor.system("names of systems for those who bear their costs")
    return [*_own_rows(own, away, metric, _Names(actor)), *_shared_rows(shares, metric, _Names(register))]


def allocated_away(first_month: str = "", last_month: str = "") -> frozenset[Key]:
    """Return the sums of the roll-up that are shared: part, system, 経費区分 and currency."""
    shares = AllocatedCost.objects.unscoped("a shared sum is not counted with its owner, whoever reads")
    if first_month:
        shares = shares.filter(month__gte=first_month)
    if last_month:
        shares = shares.filter(month__lte=last_month)
    keys = shares.order_by().values_list("part_id", "system_code", "cost_category", "currency").distinct()
    return frozenset(keys.iterator(chunk_size=5000))


def summarise_borne(rows: Iterable[Borne], by: Sequence[str]) -> list[Cell]:
    """Add up what is borne by the groups ``by`` (of ``GROUPS``), in the order of their values.

    Raises:
        KeyError: for an unknown group.
    """
    for group in by:
        if group not in GROUPS:
            raise KeyError(group)
    cells = collect(
        (tuple(row.value(group) for group in by), row.month, row.currency, row.amount, row.rows)
        for row in rows
    )
    return [cells[key] for key in sorted(cells)]


def totals_of(rows: Iterable[Borne]) -> dict[str, Decimal]:
    """Return the exact sums by currency."""
    found: dict[str, Decimal] = {}
    for row in rows:
        found[row.currency] = EXACT.add(found.get(row.currency, Decimal(0)), row.amount)
    return found


class _Names:
    """Names and business areas of systems, read once for all organisations."""

    def __init__(self, reader: Actor) -> None:
        self._reader = reader

    @cached_property
    def _systems(self) -> dict[str, dict[str, SystemSummary]]:
        return systems_of(self._reader, Organisation.objects.values_list("code", flat=True))

    def of(self, owner: str, system: str) -> tuple[str, str]:
        """Return the system's name and the code of its area."""
        known = self._systems[owner].get(system)
        if known is None:
            return system, OTHER_SYSTEMS if system else NO_SYSTEM
        return known.name, known.business_area_code or OTHER_SYSTEMS


def _own_rows(costs: ScopedQuerySet, away: frozenset[Key], metric: str, names: _Names) -> Iterator[Borne]:
    """Yield own costs that no version shares."""
    fields = ("part_id", "system_code", "cost_category", "currency", "organisation__code", "month", metric)
    uses = _uses()
    rows = costs.order_by().values_list(*fields, "rows", "part__provider", "part__account")
    for part, system, category, currency, code, month, text, lines, provider, account in rows.iterator(
        chunk_size=5000
    ):
        if (part, system, category, currency) in away:
            continue
        use = uses.get((code, provider, account), UseForm.SINGLE.value)
        place = (code, code, system, *names.of(code, system), month, category, provider, use)
        yield Borne(*place, currency, Decimal(text), lines)


def _shared_rows(shares: ScopedQuerySet, metric: str, names: _Names) -> Iterator[Borne]:
    """Yield shares of shared costs."""
    fields = ("pk", "organisation__code", "owner__code", "system_code", "month", "cost_category")
    area_of_rule = "version__rule__business_area"
    rows = shares.order_by().values_list(*fields, "part__provider", "currency", metric, "rows", area_of_rule)
    joint = UseForm.JOINT.value
    for key, code, owner, system, month, category, provider, currency, text, lines, area in rows.iterator(
        chunk_size=5000
    ):
        name, business = names.of(owner, system)
        if area and business in {OTHER_SYSTEMS, NO_SYSTEM}:
            business = area
        place = (code, owner, system, name, business, month, category, provider, joint)
        yield Borne(*place, currency, Decimal(text), lines, key)


def _uses() -> dict[tuple[str, str, str], str]:
    """Return what organisations say of their accounts; it is only looked up for costs that were read."""
    uses = AccountUse.objects.unscoped("looked up for costs that the actor has read")
    return {
        (code, provider, account): use
        for code, provider, account, use in uses.values_list(
            "organisation__code", "provider", "account", "use_form"
        )
    }


def area_order() -> dict[str, int]:
    """Return the place of each business area, the others after the twenty."""
    codes = [area.code for area in business_areas()]
    return {code: place for place, code in enumerate([*codes, OTHER_SYSTEMS, NO_SYSTEM])}
