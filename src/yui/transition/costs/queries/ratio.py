"""運用経費対歳出比率: IT running costs over total expenditure.

A figure counts the months of its period for which an organisation has bills. Its numerator is the billed cost
of those months in yen (foreign bills at the rate of their month); its denominator is a twelfth of the fiscal
year's 歳出総額 for each of the same months. Over a whole fiscal year with bills in every month this is the
year's costs over the year's total. The settled total (決算) counts where there is one, else the budget.

Shared costs count with those who bear them: what an approved rule allocates is added to the receiver and
taken from the owner, in the months for which they have bills of their own. Costs of a joint body count
through its receivers alone.

There is no figure when a month lacks an exchange rate or its fiscal year a total: nothing is estimated. The
joint figure adds up numerators and denominators of the wards that have both.

A ``Basis`` says what is counted: which 経費区分, at which exchange rates (those of the months, or base rates
that do not move), and whether only settled totals may stand below.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.transition.costs.models import AllocatedCost, ExpenditureKind, MonthlyCost, TotalExpenditure
from yui.transition.costs.queries.definition import Definition
from yui.transition.costs.queries.rates import Rates, YenSum

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Basis:
    """What a ratio counts. ``categories`` None is all; ``base_rates`` None is the rate of each month."""

    categories: frozenset[str] | None = None
    base_rates: tuple[tuple[str, Decimal], ...] | None = None
    settled_only: bool = False


AS_BILLED = Basis()

REASON = "figures of the indicator tree are worked out over all organisations"


@dataclass
class Ratio:
    """Costs and expenditure of one scope and period, with the codes and months that they come from."""

    cost: YenSum = field(default_factory=YenSum)
    twelfths: Decimal = Decimal(0)
    codes: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    lacks_total: bool = False

    @property
    def expenditure(self) -> Decimal:
        """The denominator in yen."""
        return self.twelfths / MONTHS_OF_A_YEAR

    @property
    def is_known(self) -> bool:
        """Whether there is a cost and an expenditure, with nothing missing."""
        return bool(self.months) and self.cost.yen is not None and not self.lacks_total

    def add(self, other: "Ratio") -> None:
        """Add another organisation's figures."""
        self.cost.add(other.cost)
        self.twelfths += other.twelfths
        self.codes |= other.codes
        self.months |= other.months


@dataclass(frozen=True)
class Share:
    """One allocated amount: who bears it, whose cost it was, and in which month."""

    receiver: str
    owner: str
    month: str


@dataclass(frozen=True)
class CostBook:
    """What ratios are worked out from: costs by organisation and month, totals by organisation and year."""

    costs: dict[str, dict[str, YenSum]]
    totals: dict[tuple[str, int], int]
    total_rows: Counter[tuple[str, int]]
    wards: frozenset[str]
    shares: tuple[Share, ...] = ()

    def totals_behind(self, ratio: Ratio, period: Period) -> int:
        """Return how many records of expenditure lie behind a ratio, settled ones and budgets."""
        years = {month.fiscal_year.year for month in period.months}
        return sum(self.total_rows[code, year] for code in ratio.codes for year in years)

    def shares_behind(self, ratio: Ratio) -> int:
        """Return how many allocated amounts lie behind a ratio, those borne and those given away."""
        return sum(
            share.month in ratio.months and (share.receiver in ratio.codes or share.owner in ratio.codes)
            for share in self.shares
        )

    def of_organisation(self, code: str, months: Iterable[Month]) -> Ratio:
        """Return the figures of one organisation."""
        ratio, costs = Ratio(), self.costs.get(code, {})
        for month in months:
            cost = costs.get(str(month))
            if cost is None:
                continue
            ratio.cost.add(cost)
            ratio.codes.add(code)
            ratio.months.add(str(month))
            total = self.totals.get((code, month.fiscal_year.year))
            ratio.lacks_total = ratio.lacks_total or total is None
            ratio.twelfths += total or 0
        return ratio

    def of(self, scope: MeasureScope, period: Period, *, needs_total: bool = True) -> Ratio:
        """Return the figures of a scope and period; the joint one of the wards whose figures are known."""
        if scope.organisation is not None:
            return self.of_organisation(scope.organisation.code, period.months)
        joint = Ratio()
        for code in sorted(self.wards):
            one = self.of_organisation(code, period.months)
            if one.is_known or (not needs_total and one.months and one.cost.yen is not None):
                joint.add(one)
        return joint


def fx_neutral(definition: Definition) -> Basis:
    """Return the basis of the ratio at constant exchange rates."""
    return Basis(definition.categories, definition.base_rates)


def without_one_off(definition: Definition) -> Basis:
    """Return the basis of the ratio at constant exchange rates without one-off costs."""
    return Basis(definition.running, definition.base_rates)


def open_book(
    scopes: Sequence[MeasureScope], periods: Sequence[Period], basis: Basis = AS_BILLED
) -> CostBook:
    """Read what the scopes and periods need: a fixed number of queries, however many there are."""
    months = sorted({str(month) for period in periods for month in period.months})
    wanted = {scope.organisation.pk for scope in scopes if scope.organisation is not None}
    everybody = any(scope.is_joint for scope in scopes)
    costs = MonthlyCost.objects.unscoped(REASON).filter(month__in=months)
    totals = TotalExpenditure.objects.unscoped(REASON)
    if not everybody:
        costs, totals = costs.filter(organisation__in=wanted), totals.filter(organisation__in=wanted)
    if basis.categories is not None:
        costs = costs.filter(cost_category__in=sorted(basis.categories))
    if basis.settled_only:
        totals = totals.filter(kind=ExpenditureKind.SETTLED)
    organisations = list(Organisation.objects.values_list("pk", "code", "kind"))
    codes = {pk: code for pk, code, _kind in organisations}
    wards = frozenset(code for _pk, code, kind in organisations if kind == OrganisationKind.WARD)
    fixed = basis.base_rates
    rates = Rates.load(months) if fixed is None else Rates.constant(fixed, months)
    by_code = defaultdict[str, dict[str, YenSum]](dict)
    fields = ("organisation_id", "month", "currency", "billed", "rows")
    for pk, month, currency, billed, rows in costs.order_by().values_list(*fields).iterator(chunk_size=5000):
        by_month = by_code[codes[pk]]
        total = by_month.get(month)
        if total is None:
            total = by_month[month] = YenSum()
        rates.add(total, Decimal(billed), currency, month, rows)
    shares = list(_add_shares(by_code, months, None if everybody else wanted, basis, codes, rates))
    rows_of_totals = list(totals)
    counted = Counter((codes[total.organisation_id], total.fiscal_year) for total in rows_of_totals)
    return CostBook(dict(by_code), _totals(rows_of_totals, codes), counted, wards, tuple(shares))


def _add_shares(
    costs: Mapping[str, dict[str, YenSum]],
    months: Sequence[str],
    wanted: Collection[int] | None,
    basis: Basis,
    codes: Mapping[int, str],
    rates: Rates,
) -> Iterator[Share]:
    """Add what is allocated to whom bears it and take it from its owner; yield each allocated amount."""
    found = AllocatedCost.objects.unscoped(REASON).filter(month__in=months)
    if wanted is not None:
        found = found.filter(Q(organisation__in=wanted) | Q(owner__in=wanted))
    if basis.categories is not None:
        found = found.filter(cost_category__in=sorted(basis.categories))
    fields = ("organisation_id", "owner_id", "month", "currency", "billed")
    for receiver, owner, month, currency, billed in found.order_by().values_list(*fields):
        for pk, amount in ((receiver, Decimal(billed)), (owner, -Decimal(billed))):
            of_month = costs.get(codes[pk], {}).get(month)
            if of_month is not None:
                rates.add(of_month, amount, currency, month)
        yield Share(codes[receiver], codes[owner], month)


def _totals(totals: Iterable[TotalExpenditure], codes: dict[int, str]) -> dict[tuple[str, int], int]:
    """Return the totals by code and fiscal year, the settled one before the budget."""
    found: dict[tuple[str, int], int] = {}
    for total in sorted(totals, key=lambda each: each.kind == ExpenditureKind.SETTLED):
        found[(codes[total.organisation_id], total.fiscal_year)] = total.amount_yen
    return found
