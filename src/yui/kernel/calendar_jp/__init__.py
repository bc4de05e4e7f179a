"""The Japanese official calendar: months, fiscal years, periods, eras, business days. Time is Tokyo's."""

from yui.kernel.calendar_jp.business_days import (
    CLOSES_AT,
    OPENS_AT,
    add_business_days,
    business_day_on_or_after,
    business_days_between,
    business_hours_between,
    holiday_name,
    is_business_day,
)
from yui.kernel.calendar_jp.dates import TOKYO, format_date, now, parse_date, today
from yui.kernel.calendar_jp.errors import DateNotUnderstood
from yui.kernel.calendar_jp.fiscal_years import (
    accounts_are_closed,
    accounts_close_on,
    last_closed_fiscal_year,
    settlement_period,
)
from yui.kernel.calendar_jp.months import FiscalYear, Month
from yui.kernel.calendar_jp.periods import Period
from yui.kernel.calendar_jp.wareki import ERAS, Era, era_of, wareki, wareki_year

__all__ = [
    "CLOSES_AT",
    "ERAS",
    "OPENS_AT",
    "TOKYO",
    "DateNotUnderstood",
    "Era",
    "FiscalYear",
    "Month",
    "Period",
    "accounts_are_closed",
    "accounts_close_on",
    "add_business_days",
    "business_day_on_or_after",
    "business_days_between",
    "business_hours_between",
    "era_of",
    "format_date",
    "holiday_name",
    "is_business_day",
    "last_closed_fiscal_year",
    "now",
    "parse_date",
    "settlement_period",
    "today",
    "wareki",
    "wareki_year",
]
