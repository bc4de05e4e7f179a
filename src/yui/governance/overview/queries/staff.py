"""How many people work for each ward, year by year, as far as the reader may see it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from yui.governance.overview.queries.beside import Beside
from yui.governance.overview.queries.question import Question
from yui.governance.statistics.public import compare_lines
from yui.kernel.calendar_jp import FiscalYear
from yui.organisations.public import StaffCount

MOST_SOURCES = 3


@dataclass(frozen=True)
class Staff:
    """Staff by ward and fiscal year; ``total`` adds up the wards that recorded the last year."""

    beside: Beside
    total: Decimal
    year: FiscalYear
    sources: tuple[str, ...]


def staff_beside(question: Question) -> Staff | None:
    """Set the ward's staff beside the others'; None where the reader sees no record of a ward. One query."""
    codes = [ward.code for ward in question.wards]
    rows = list(
        StaffCount.objects.visible_to(question.actor)
        .filter(organisation__code__in=codes, fiscal_year__lte=question.month.fiscal_year.year)
        .order_by()
        .values_list("organisation__code", "fiscal_year", "people", "source")
    )
    if not rows:
        return None
    years = sorted({year for _code, year, _people, _source in rows})
    lines: dict[str, list[Decimal | None]] = defaultdict(lambda: [None] * len(years))
    for code, year, people, _source in rows:
        lines[code][years.index(year)] = Decimal(people)
    names = [FiscalYear(year).short_label for year in years]
    compared = compare_lines(names, lines, question.ward_code, [None] * len(years))
    sources = sorted({source for _code, year, _people, source in rows if year == years[-1]})
    return Staff(
        Beside(tuple(names), compared),
        sum((line[-1] for line in lines.values() if line[-1] is not None), Decimal()),
        FiscalYear(years[-1]),
        tuple(sources[:MOST_SOURCES]),
    )
