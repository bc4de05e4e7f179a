"""How new a record may have to be."""

from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO, FiscalYear
from yui.kernel.search.engine.schema import EARLIEST, LATEST


class Recency(TextChoices):
    """A span up to today, by which results can be narrowed; the year is the fiscal year."""

    WEEK = "week", _("今週")
    MONTH = "month", _("今月")
    YEAR = "year", _("今年度")

    def first_day(self, today: date) -> date:
        """Return the day with which the span begins; a week begins on Monday."""
        if self is Recency.WEEK:
            return today - timedelta(days=today.weekday())
        if self is Recency.MONTH:
            return today.replace(day=1)
        return FiscalYear.of(today).start


def midnight(day: date) -> datetime:
    """Return the moment with which a day begins in Tokyo, within what the index can date."""
    return datetime.combine(min(max(day, EARLIEST), LATEST), time.min, TOKYO)
