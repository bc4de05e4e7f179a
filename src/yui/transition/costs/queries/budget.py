"""予算と実績: a ward's budget of one fiscal year beside what was spent of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.money import percent, round_half_up, whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.public import systems_by_code
from yui.transition.costs.engine.spending import Pace, pace_of
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import BudgetKind, BudgetLine
from yui.transition.costs.queries.rates import YenSum
from yui.transition.costs.queries.spending import Spent, covered_months, spent_by_system

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class BudgetRow:
    """One 経費区分 of one system.

    Attributes:
        spent: whole yen; ``None`` while a rate is missing.
        settled_late: the part of it paid in the 出納整理期間.
        has_budget, has_lines: whether the row leads down to a budget or to bill lines.
    """

    category: str
    category_name: str
    system: str
    system_name: str
    initial: int
    supplementary: int
    spent: int | None
    settled_late: int | None
    pace: Pace
    has_budget: bool
    has_lines: bool

    @property
    def budget(self) -> int:
        """The initial budget with every supplementary one."""
        return self.initial + self.supplementary

    @property
    def left(self) -> int | None:
        """What is left of the budget; negative where more was spent."""
        return None if self.spent is None else self.budget - self.spent

    @property
    def share(self) -> Decimal | None:
        """The percent spent; ``None`` without budget or figure."""
        share = None if self.spent is None else percent(self.spent, self.budget)
        return None if share is None else round_half_up(share, 1)


@dataclass(frozen=True)
class BudgetReport:
    """What the page shows. ``covered`` counts the months of the year that the bills cover."""

    year: FiscalYear
    rows: tuple[BudgetRow, ...]
    categories: tuple[BudgetRow, ...]
    total: BudgetRow
    covered: int
    missing: tuple[str, ...]

    @property
    def elapsed_percent(self) -> Decimal:
        """The part of the year that the bills cover, in percent."""
        return round_half_up(Decimal(self.covered * 100) / MONTHS_OF_A_YEAR, 1)


def budget_report(actor: Actor, ward: Organisation, year: FiscalYear) -> BudgetReport:
    """Return the budget of ``ward`` beside its spending, as far as ``actor`` may see both."""
    spent, newest = spent_by_system(actor, ward, year)
    covered = covered_months(year, newest)
    budgets: dict[tuple[str, str], list[BudgetLine]] = {}
    lines = BudgetLine.objects.visible_to(actor).filter(organisation=ward, fiscal_year=year.year)
    for line in lines:
        budgets.setdefault((line.system_code, line.cost_category), []).append(line)
    names = {code: system.name for code, system in systems_by_code(actor, ward).items()}
    elapsed = Fraction(covered, MONTHS_OF_A_YEAR)
    keys = sorted({*budgets, *((system, category) for system, category in spent)}, key=_in_order)
    rows = tuple(
        _row(key, budgets.get(key, []), [spent[key]] if key in spent else [], elapsed, names) for key in keys
    )
    categories = tuple(
        _row(
            ("", category.value),
            [line for key, found in budgets.items() if key[1] == category for line in found],
            [found for key, found in spent.items() if key[1] == category],
            elapsed,
            names,
        )
        for category in CostCategory
        if any(key[1] == category for key in keys)
    )
    every_line = [line for found in budgets.values() for line in found]
    total = _row(("", CostCategory.OTHER.value), every_line, spent.values(), elapsed, names)
    missing = sorted({pair for found in spent.values() for pair in found.whole.missing})
    return BudgetReport(
        year, rows, categories, total, covered, tuple(f"{currency} {month}" for currency, month in missing)
    )


def _in_order(key: tuple[str, str]) -> tuple[int, str]:
    system, category = key
    return (CostCategory.values.index(category) if category in CostCategory.values else 99, system)


def _row(
    key: tuple[str, str],
    lines: list[BudgetLine],
    spent: Iterable[Spent],
    elapsed: Fraction,
    names: dict[str, str],
) -> BudgetRow:
    """Return one row over budget lines and spending."""
    system, category = key
    whole, late, listed = YenSum(), YenSum(), list(spent)
    for found in listed:
        whole.add(found.whole)
        late.add(found.settled_late)
    initial = sum(line.amount_yen for line in lines if line.kind == BudgetKind.INITIAL)
    supplementary = sum(line.amount_yen for line in lines if line.kind == BudgetKind.SUPPLEMENTARY)
    paid = None if whole.yen is None else whole_yen(whole.yen)
    return BudgetRow(
        category,
        str(CostCategory(category).label),
        system,
        names.get(system, system),
        initial,
        supplementary,
        paid,
        None if late.yen is None else whole_yen(late.yen),
        pace_of(initial + supplementary, paid, elapsed),
        bool(lines),
        bool(listed),
    )


def voted(actor: Actor, wards: Iterable[Organisation], year: FiscalYear) -> dict[str, int]:
    """Return the year's budget in yen, supplementary ones in it, by the code of each ward that has one."""
    lines = BudgetLine.objects.visible_to(actor).filter(organisation__in=list(wards), fiscal_year=year.year)
    sums = lines.order_by().values("organisation__code").annotate(yen=Sum("amount_yen"))
    return {row["organisation__code"]: int(row["yen"]) for row in sums}


def years_with_figures(actor: Actor, ward: Organisation, newest: FiscalYear | None) -> list[FiscalYear]:
    """Return the fiscal years to choose from, newest first: those with a budget, and the last three."""
    lines = BudgetLine.objects.visible_to(actor).filter(organisation=ward)
    years = {FiscalYear(year) for year in lines.order_by().values_list("fiscal_year", flat=True).distinct()}
    if newest is not None:
        years |= {newest.shift(-step) for step in range(3)}
    return sorted(years, reverse=True)
