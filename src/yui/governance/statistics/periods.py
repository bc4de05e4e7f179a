"""Periods of statistics: their first day, and how they are written."""

from datetime import date

from django.utils.translation import gettext as _

from yui.governance.statistics.models import Frequency
from yui.kernel.calendar_jp import FiscalYear, Month


def period_label(starts_on: date, frequency: str) -> str:
    """Write the period that begins on a day: ``2023年``, ``2023年度``, ``2023年4〜6月``, ``2023年4月``."""
    if frequency == Frequency.YEAR:
        return _("%(year)d年") % {"year": starts_on.year}
    if frequency == Frequency.FISCAL_YEAR:
        return FiscalYear(starts_on.year).short_label
    if frequency == Frequency.QUARTER:
        words = {"year": starts_on.year, "first": starts_on.month, "last": starts_on.month + 2}
        return _("%(year)d年%(first)d〜%(last)d月") % words
    if frequency == Frequency.MONTH:
        return Month.of(starts_on).label
    return starts_on.isoformat()


def begins_period(day: date, frequency: str) -> bool:
    """Tell whether a period of this frequency can begin on the day."""
    if frequency == Frequency.DAY:
        return True
    if frequency == Frequency.YEAR:
        return (day.month, day.day) == (1, 1)
    if frequency == Frequency.FISCAL_YEAR:
        return (day.month, day.day) == (4, 1)
    if frequency == Frequency.QUARTER:
        return day.day == 1 and day.month % 3 == 1
    return day.day == 1
