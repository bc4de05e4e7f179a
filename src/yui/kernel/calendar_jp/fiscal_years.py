"""The closing of a fiscal year's accounts (出納整理期間, Local Autonomy Act article 235-5).

A ward's receipts and payments of one fiscal year may still be booked until 31 May after its end; figures of
that year are therefore provisional until the accounts close.
"""

import datetime

from yui.kernel.calendar_jp.months import FiscalYear
from yui.kernel.calendar_jp.periods import Period


def accounts_close_on(fiscal_year: FiscalYear) -> datetime.date:
    """Return the last day on which the fiscal year's accounts are open: 31 May after its end."""
    return datetime.date(fiscal_year.year + 1, 5, 31)


def settlement_period(fiscal_year: FiscalYear) -> Period:
    """Return the 出納整理期間: 1 April to 31 May after the fiscal year's end."""
    return Period(datetime.date(fiscal_year.year + 1, 4, 1), datetime.date(fiscal_year.year + 1, 6, 1))


def accounts_are_closed(fiscal_year: FiscalYear, on: datetime.date) -> bool:
    """Tell whether the fiscal year's figures can no longer change on the given day."""
    return on > accounts_close_on(fiscal_year)


def last_closed_fiscal_year(on: datetime.date) -> FiscalYear:
    """Return the newest fiscal year whose accounts are closed on the given day."""
    newest = FiscalYear.of(on).previous()
    return newest if accounts_are_closed(newest, on) else newest.previous()
