"""The months along the bottom of a chart, with a mark where each fiscal year begins."""

from collections.abc import Callable

from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.charts.engine.lettering import width_of
from yui.kernel.charts.engine.markup import Markup, joined, label, line

MONTHS_SHOWN_SINGLY = 14
MONTHS_SHOWN_BY_QUARTER = 45


def month_axis(
    first: Month, last: Month, place: Callable[[Month], float], *, top: float, bottom: float
) -> Markup:
    """Return month numbers and fiscal-year marks from first to last.

    ``place`` gives the position of a month's mark; numbers stand under ``bottom``, year names below them, and
    a hairline rises to ``top`` where a fiscal year begins.
    """
    months = Month.between(first, last)
    step = place(first.next()) - place(first)
    edge = place(first) - step / 2
    end = place(last) + step / 2
    marks = [
        line(place(month) - step / 2, top, place(month) - step / 2, bottom + 34, "year-mark")
        for month in months
        if month.month == 4 and month != first
    ]
    numbers = [
        label(month.month, place(month), bottom + 15, "quiet", "middle")
        for month in months
        if _is_numbered(month, len(months))
    ]
    years = [
        _year_name(
            year,
            max(edge, place(year.months[0]) - step / 2),
            min(end, place(year.months[-1]) + step / 2),
            bottom,
        )
        for year in dict.fromkeys(month.fiscal_year for month in months)
    ]
    return joined(*marks, *numbers, *years)


def _is_numbered(month: Month, count: int) -> bool:
    """Tell whether a month has its number written: all, quarters, or none, by how many there are."""
    if count <= MONTHS_SHOWN_SINGLY:
        return True
    return count <= MONTHS_SHOWN_BY_QUARTER and month.month % 3 == 1


def _year_name(year: FiscalYear, left: float, right: float, bottom: float) -> Markup:
    """Write a fiscal year's name in the middle of its span, shorter or not at all where it is narrow."""
    for name in (year.label, year.short_label, str(year)):
        if width_of(name, 11.5) <= right - left - 6:
            return label(name, (left + right) / 2, bottom + 32, "quiet", "middle")
    return joined()
