"""The room's figures of a fiscal year, all wards together and ward by ward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yui.kernel.calendar_jp import FiscalYear, Period, today
from yui.kernel.measures.registry import MeasureDefinition, find_measure
from yui.kernel.measures.values import Measure, MeasureScope, Unit
from yui.kernel.scope.models import Organisation

SOLVED = "solved_questions"
NAMES = (
    SOLVED,
    "questions",
    "solved_share",
    "first_answer_hours",
    "solved_per_100_staff",
    "spared_questions",
)
"""The figures in the order of the page; each is the measure ``commons.<name>``."""
TARGET = 100
"""Solved questions a year that the policy aims at (共創プラットフォーム, KPI)."""
YEARS = 5


@dataclass(frozen=True)
class Heading:
    """What a figure is called and counted in; a template would call the measure itself."""

    name: str
    title: str
    unit: str


@dataclass(frozen=True)
class Value:
    """A figure as text without its unit; ``None`` where there are no records."""

    name: str
    scope: str
    measure: Measure | None
    lacks: Sequence[str] = ()

    @property
    def text(self) -> str | None:
        """The value in the precision in which it is read."""
        return None if self.measure is None else value_text(self.name, self.measure.value)


@dataclass(frozen=True)
class WardFigures:
    """One body's figures, and how many questions were solved in each month."""

    organisation: Organisation
    values: Sequence[Value]
    months: Sequence[int | None]

    @property
    def solved(self) -> Value:
        """The number of solved questions."""
        return self.values[0]


@dataclass(frozen=True)
class YearFigures:
    """What the page shows."""

    year: FiscalYear
    headings: Sequence[Heading]
    together: Sequence[Value]
    bodies: Sequence[WardFigures]


def definition(name: str) -> MeasureDefinition:
    """Return the measure of a figure.

    Raises:
        UnknownMeasure: for a name that is none of ``NAMES``.
    """
    return find_measure(f"commons.{name}")


def heading(name: str) -> Heading:
    """Return title and unit of a figure in the reader's language."""
    found = definition(name)
    return Heading(name, str(found.title), str(found.unit.label))


def value_text(name: str, value: Decimal) -> str:
    """Return a value in the precision in which it is read."""
    unit = definition(name).unit
    if name == "solved_per_100_staff":
        return f"{value:,.2f}"
    return f"{value:,.1f}" if unit in {Unit.PERCENT, Unit.HOURS} else f"{value:,.0f}"


def year_figures(year: FiscalYear) -> YearFigures:
    """Return all figures of a fiscal year; joint bodies only where they asked something."""
    period = Period.of_fiscal_year(year)
    bodies = list(Organisation.objects.active())
    scopes = [MeasureScope(), *(MeasureScope(body) for body in bodies)]
    found = {name: definition(name).many(scopes, [period]) for name in NAMES}
    months = _months(scopes, year)
    rows = [
        WardFigures(body, [_value(name, scope, period, found[name]) for name in NAMES], months[scope])
        for body, scope in zip(bodies, scopes[1:], strict=True)
        if body.is_ward or any((scope, period) in found[name] for name in NAMES)
    ]
    return YearFigures(
        year=year,
        headings=[heading(name) for name in NAMES],
        together=[_value(name, scopes[0], period, found[name], explain=True) for name in NAMES],
        bodies=rows,
    )


def _value(
    name: str,
    scope: MeasureScope,
    period: Period,
    found: Mapping[tuple[MeasureScope, Period], Measure],
    *,
    explain: bool = False,
) -> Value:
    measured = found.get((scope, period))
    lacks = definition(name).what_lacks(scope, period) if explain and measured is None else ()
    return Value(name, scope.code, measured, lacks)


def _months(scopes: Sequence[MeasureScope], year: FiscalYear) -> dict[MeasureScope, list[int | None]]:
    """Return the solved questions of each month that has begun."""
    periods = [Period.of_month(month) for month in year.months if month.first_day <= today()]
    found = definition(SOLVED).many(scopes, periods) if periods else {}
    return {
        scope: [int(found[scope, period].value) if (scope, period) in found else None for period in periods]
        for scope in scopes
    }


def years_shown() -> list[FiscalYear]:
    """Return the fiscal years that can be chosen, the present one first."""
    present = FiscalYear.of(today())
    return [FiscalYear(present.year - number) for number in range(YEARS)]
