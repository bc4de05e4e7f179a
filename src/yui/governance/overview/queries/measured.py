"""Figures measured now, of every ward over several periods at once, by the code of their measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yui.governance.overview.queries.beside import Line
from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.registry import MeasureDefinition, UnknownMeasure, find_measure
from yui.kernel.measures.values import MeasureScope, Unit

JOINT = "joint"


@dataclass(frozen=True)
class Measured:
    """The lines of one measure by scope (a ward's code or ``joint``); ``None`` in a line means no data.

    ``lacking`` says what is missing for the joint figure of the last period where it has none.
    """

    code: str
    title: Any
    unit: Unit
    months: tuple[Month, ...]
    lines: dict[str, Line]
    lacking: tuple[str, ...] = ()

    @property
    def has_data(self) -> bool:
        """Whether any scope has a value in any period."""
        return any(value is not None for line in self.lines.values() for value in line)

    def line(self, scope_code: str) -> Line:
        """Return the values of a scope."""
        return self.lines.get(scope_code, (None,) * len(self.months))

    def wards(self) -> dict[str, Line]:
        """Return the lines of the wards by code."""
        return {code: line for code, line in self.lines.items() if code != JOINT}


def offered(code: str) -> MeasureDefinition | None:
    """Return a measure, None where no installed room offers it."""
    try:
        return find_measure(code)
    except UnknownMeasure:
        return None


def measured(
    code: str, scopes: Sequence[MeasureScope], months: Sequence[Month], periods: Sequence[Period]
) -> Measured | None:
    """Measure the periods that end with ``months`` in one call; None where no installed room offers it."""
    definition = offered(code)
    if definition is None:
        return None
    found = definition.many(scopes, periods)

    def value(scope: MeasureScope, period: Period) -> Decimal | None:
        figure = found.get((scope, period))
        return figure.value if figure else None

    lines = {scope.code: tuple(value(scope, period) for period in periods) for scope in scopes}
    known = any(each is not None for line in lines.values() for each in line)
    lacking = () if known else definition.what_lacks(MeasureScope(None), periods[-1])
    return Measured(code, definition.title, definition.unit, tuple(months), lines, lacking)


def months_alone(months: Sequence[Month]) -> list[Period]:
    """Return each month as its own period."""
    return [Period.of_month(month) for month in months]


def years_to(months: Sequence[Month]) -> list[Period]:
    """Return the twelve months that end with each month: figures that do not swing with the season."""
    return [Period.of_months(month.shift(-11), month) for month in months]


def years_begun(months: Sequence[Month]) -> list[Period]:
    """Return the fiscal year of each month from April up to that month, as the tree of indicators counts."""
    return [Period.of_months(month.fiscal_year.months[0], month) for month in months]
