"""Spreading a payment over the months that it pays for."""

from datetime import date
from decimal import Decimal

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.money.splitting import split_largest_remainder


def spread_over_months(amount: Decimal, period: Period) -> dict[str, Decimal]:
    """Return the share of each month (``YYYY-MM``) in a payment for the days of ``period``.

    Shares are in proportion to days and in whole yen by the largest remainder, so they add up to the amount
    exactly; a fraction of a yen, which a payment in yen does not have, stays with the first month.
    """
    months = period.months
    if len(months) == 1:
        return {str(months[0]): amount}
    whole = int(amount)
    shares = split_largest_remainder(whole, [_days_within(period, month) for month in months])
    spread = {str(month): Decimal(share) for month, share in zip(months, shares, strict=True)}
    spread[str(months[0])] += amount - whole
    return spread


def _days_within(period: Period, month: Month) -> int:
    """Return how many days of ``month`` belong to ``period``."""
    of_month = Period.of_month(month)
    first: date = max(period.start, of_month.start)
    return (min(period.end, of_month.end) - first).days
