"""The periods that reports cover: closed months, and fiscal years that are over."""

from datetime import date

from yui.governance.reports.errors import PeriodNotOver, WrongPeriod
from yui.governance.reports.models import ReportKind
from yui.kernel.calendar_jp import FiscalYear, Month, Period, today

YEARS = range(1990, 2200)


def read_period(kind: str, text: str) -> Period:
    """Return the period that ``text`` names: 2026-10 for a month, 2025 for a fiscal year.

    Raises:
        WrongPeriod: when it names none.
        PeriodNotOver: when it has not ended.
    """
    try:
        found = FiscalYear.parse(text) if kind == ReportKind.ANNUAL else Month.parse(text)
    except ValueError:
        raise WrongPeriod(text[:20]) from None
    if found.year not in YEARS:
        raise WrongPeriod(text[:20])
    if isinstance(found, FiscalYear):
        return require_over(Period.of_fiscal_year(found))
    return require_over(Period.of_month(found))


def period_from(kind: str, first_day: date) -> Period:
    """Return the month or the fiscal year that holds the day."""
    if kind == ReportKind.ANNUAL:
        return Period.of_fiscal_year(FiscalYear.of(first_day))
    return Period.of_month(Month.of(first_day))


def require_over(period: Period) -> Period:
    """Return the period if it has ended.

    Raises:
        PeriodNotOver: when it has not.
    """
    if period.end > today():
        raise PeriodNotOver(period.label)
    return period


def last_period(kind: str) -> Period:
    """Return the newest period of a kind that is over."""
    if kind == ReportKind.ANNUAL:
        return Period.of_fiscal_year(FiscalYear.of(today()).previous())
    return Period.of_month(Month.of(today()).previous())


def choices_of(kind: str, count: int) -> list[tuple[str, str]]:
    """Return the newest periods for a choice: as ``read_period`` reads them, with their labels."""
    if kind == ReportKind.ANNUAL:
        year = FiscalYear.of(today())
        years = [year.shift(-back) for back in range(1, count + 1)]
        return [(str(each), each.label) for each in years]
    month = Month.of(today())
    return [(str(each), each.label) for each in (month.shift(-back) for back in range(1, count + 1))]
