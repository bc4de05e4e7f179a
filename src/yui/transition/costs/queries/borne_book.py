"""What each organisation bears month by month, over all organisations: the ground of figures per resident."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from yui.kernel.calendar_jp import Month
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import ScopedQuerySet
from yui.transition.costs.models import AllocatedCost, MonthlyCost, ResidentCount
from yui.transition.costs.queries.after_allocation import allocated_away
from yui.transition.costs.queries.rates import Rates, YenSum

REASON = "figures of the indicator tree are worked out over all organisations"


@dataclass
class PerResident:
    """Costs and residents of one or several organisations.

    Attributes:
        codes, months: whose costs of which months are counted.
        as_of: the days of the counts of residents.
    """

    cost: YenSum = field(default_factory=YenSum)
    residents: int = 0
    codes: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    as_of: set[date] = field(default_factory=set)

    @property
    def value(self) -> Decimal | None:
        """Yen per resident, ``None`` without costs, without residents or without a rate."""
        yen = self.cost.yen
        if not self.months or not self.residents or yen is None:
            return None
        return yen / self.residents

    def add(self, other: "PerResident") -> None:
        """Add another organisation's costs and residents."""
        self.cost.add(other.cost)
        self.residents += other.residents
        self.codes |= other.codes
        self.months |= other.months
        self.as_of |= other.as_of


@dataclass(frozen=True)
class BorneBook:
    """Costs after allocation by organisation and month, residents by organisation (oldest first)."""

    costs: dict[str, dict[str, YenSum]]
    counts: dict[str, list[tuple[date, int]]]

    def of(self, code: str, months: Sequence[Month]) -> PerResident:
        """Return the figures of one organisation over the months that have costs.

        The residents are those of the newest count up to the end of the last month asked for.
        """
        found, costs = PerResident(), self.costs.get(code, {})
        for month in map(str, months):
            if month in costs:
                found.cost.add(costs[month])
                found.codes.add(code)
                found.months.add(month)
        end = months[-1].last_day
        known = [(day, residents) for day, residents in self.counts.get(code, ()) if day <= end]
        if known:
            day, found.residents = known[-1]
            found.as_of.add(day)
        return found

    def together(self, codes: Iterable[str], months: Sequence[Month]) -> PerResident:
        """Return the joint figures of those organisations that have both costs and residents."""
        joint = PerResident()
        for code in codes:
            one = self.of(code, months)
            if one.value is not None:
                joint.add(one)
        return joint


def open_borne_book(months: Iterable[Month], organisations: Iterable[str] | None = None) -> BorneBook:
    """Read the costs after allocation of ``months``, of all organisations or of these codes.

    Five queries, however many months and organisations there are.
    """
    texts = sorted({str(month) for month in months})
    own = MonthlyCost.objects.unscoped(REASON).filter(month__in=texts)
    shares = AllocatedCost.objects.unscoped(REASON).filter(month__in=texts)
    counts = ResidentCount.objects.unscoped(REASON)
    if organisations is not None:
        codes = sorted(organisations)
        own, shares = own.filter(organisation__code__in=codes), shares.filter(organisation__code__in=codes)
        counts = counts.filter(organisation__code__in=codes)
    away = allocated_away(texts[0], texts[-1]) if texts else frozenset()
    rates, found = Rates.load(texts), defaultdict[str, dict[str, YenSum]](dict)
    names = dict(Organisation.objects.values_list("pk", "code"))
    key = ("part_id", "system_code", "cost_category", "currency")
    rest = ("organisation_id", "month", "billed", "rows")
    for part, system, category, currency, pk, month, text, rows in _read(own, *key, *rest):
        if (part, system, category, currency) not in away:
            total = found[names[pk]].setdefault(month, YenSum())
            rates.add(total, Decimal(text), currency, month, rows)
    for pk, month, text, rows, currency in _read(shares, *rest, "currency"):
        total = found[names[pk]].setdefault(month, YenSum())
        rates.add(total, Decimal(text), currency, month, rows)
    people = defaultdict[str, list[tuple[date, int]]](list)
    for pk, day, residents in counts.order_by("as_of").values_list("organisation_id", "as_of", "residents"):
        people[names[pk]].append((day, residents))
    return BorneBook(dict(found), dict(people))


def _read(queryset: ScopedQuerySet, *fields: str) -> Iterator[tuple[Any, ...]]:
    return queryset.order_by().values_list(*fields).iterator(chunk_size=5000)
