"""対歳出比率 over 36 months: three curves, the verdict, the audited years, and where to look."""

from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.money import percent
from yui.kernel.scope.models import Organisation
from yui.kernel.statistics.stability import (
    ANNUAL_POINTS_NEEDED,
    POINTS_NEEDED,
    Confirmation,
    GatedVerdict,
    confirm_on_annual,
    judge_stability_and_level,
)
from yui.transition.costs.engine.signals import Signals, look_here
from yui.transition.costs.models import MonthlyCost
from yui.transition.costs.queries.definition import Definition, definition_in_force
from yui.transition.costs.queries.ratio import (
    REASON,
    Basis,
    CostBook,
    Ratio,
    fx_neutral,
    open_book,
    without_one_off,
)


@dataclass(frozen=True)
class MonthOfRatio:
    """One month: the ratio as billed, at constant exchange rates, and without one-off costs, in percent."""

    month: Month
    as_billed: Decimal | None
    fx_neutral: Decimal | None
    without_one_off: Decimal | None
    cost: Decimal | None
    expenditure: Decimal | None
    wards: int


@dataclass(frozen=True)
class RatioReport:
    """Everything that the page 対歳出比率 shows of one scope.

    ``gated`` judges the ratio at constant exchange rates, ``gated_without`` the one without one-off costs.
    ``annual`` are the audited years; a year whose accounts are not settled has no figure.
    """

    scope: MeasureScope
    definition: Definition
    months: tuple[MonthOfRatio, ...]
    gated: GatedVerdict
    gated_without: GatedVerdict
    annual: tuple[tuple[FiscalYear, Decimal | None], ...]
    confirmation: Confirmation
    signals: Signals | None

    @property
    def last_month(self) -> Month:
        """The last month of the window."""
        return self.months[-1].month

    @property
    def months_before_completion(self) -> int:
        """How many months of the window lie before T0; all of them where T0 is not known."""
        completed = self.definition.completed_on
        if completed is None:
            return len(self.months)
        return sum(each.month < Month.of(completed) for each in self.months)


def latest_month() -> Month | None:
    """Return the last month for which anybody has bills."""
    newest = MonthlyCost.objects.unscoped(REASON).order_by("-month").values_list("month", flat=True).first()
    return Month.parse(newest) if newest else None


def ratio_report(
    last: Month, ward: Organisation | None = None, definition: Definition | None = None
) -> RatioReport:
    """Return the report of the 36 months that end with ``last``, of one ward or of all together.

    It works by ``definition``, or by the one in force where none is given.
    """
    scope, definition = MeasureScope(ward), definition or definition_in_force()
    months = Month.between(last.shift(1 - POINTS_NEEDED), last)
    periods = [Period.of_month(month) for month in months]
    books = [
        open_book([scope], periods, basis)
        for basis in (
            Basis(definition.categories),
            fx_neutral(definition),
            without_one_off(definition),
        )
    ]
    rows = tuple(_month(books, scope, period, month) for period, month in zip(periods, months, strict=True))
    level = _number(definition.agreed_level) if scope.is_joint else None
    annual = _annual(scope, definition, last)
    neutral = [_number(row.fx_neutral) for row in rows]
    return RatioReport(
        scope=scope,
        definition=definition,
        months=rows,
        gated=judge_stability_and_level(neutral, level, needs_level=scope.is_joint),
        gated_without=judge_stability_and_level(
            [_number(row.without_one_off) for row in rows], level, needs_level=scope.is_joint
        ),
        annual=annual,
        confirmation=confirm_on_annual([_number(value) for _year, value in annual]),
        signals=look_here(neutral),
    )


def _month(books: list[CostBook], scope: MeasureScope, period: Period, month: Month) -> MonthOfRatio:
    billed, neutral, running = (book.of(scope, period) for book in books)
    return MonthOfRatio(
        month,
        _percent(billed),
        _percent(neutral),
        _percent(running),
        neutral.cost.known if neutral.is_known else None,
        neutral.expenditure if neutral.is_known else None,
        len(neutral.codes) if neutral.is_known else 0,
    )


def _percent(ratio: Ratio) -> Decimal | None:
    return percent(ratio.cost.known, ratio.expenditure) if ratio.is_known else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _annual(
    scope: MeasureScope, definition: Definition, last: Month
) -> tuple[tuple[FiscalYear, Decimal | None], ...]:
    """Return the last audited years at constant exchange rates: settled totals and whole years of bills."""
    newest = last.fiscal_year if last == last.fiscal_year.months[-1] else last.fiscal_year.shift(-1)
    years = [newest.shift(-back) for back in range(ANNUAL_POINTS_NEEDED - 1, -1, -1)]
    periods = [Period.of_fiscal_year(year) for year in years]
    basis = Basis(definition.categories, definition.base_rates, settled_only=True)
    book = open_book([scope], periods, basis)
    codes = sorted(book.wards) if scope.organisation is None else [scope.organisation.code]
    return tuple(
        (year, _whole_year(book, codes, period)) for year, period in zip(years, periods, strict=True)
    )


def _whole_year(book: CostBook, codes: list[str], period: Period) -> Decimal | None:
    """Return the ratio of a year over the organisations that have all its months and a settled total."""
    joint = Ratio()
    for code in codes:
        one = book.of_organisation(code, period.months)
        if one.is_known and len(one.months) == len(period.months):
            joint.add(one)
    return _percent(joint)
