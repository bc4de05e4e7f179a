"""Current values of a series, by area and period."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from yui.governance.statistics.areas import NATION, WARD_CODES
from yui.governance.statistics.engine.comparison import Comparison, compare_lines
from yui.governance.statistics.models import Observation, Series
from yui.governance.statistics.periods import period_label
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet


def current_values(actor: Actor, series: Series, areas: Iterable[str] | None = None) -> ScopedQuerySet:
    """Return the current observations of a series, oldest period first; of all areas, or of those named."""
    found = Observation.objects.visible_to(actor).filter(series=series, superseded_by__isnull=True)
    found = found if areas is None else found.filter(area_code__in=list(areas))
    return found.order_by("starts_on", "area_code")


def comparison_of(actor: Actor, series: Series, ward_code: str | None) -> tuple[list[date], Comparison]:
    """Set a ward beside the others: the first days of the periods, and the lines over them.

    Periods are those in which a ward or the nation has an observation, be it a missing one.
    """
    rows = current_values(actor, series, (*WARD_CODES, NATION)).values_list("starts_on", "area_code", "value")
    by_area: dict[str, dict[date, Decimal | None]] = {}
    for starts_on, area_code, value in rows:
        by_area.setdefault(area_code, {})[starts_on] = value
    days = sorted({day for line in by_area.values() for day in line})
    nation = by_area.pop(NATION, {})
    lines = {code: [line.get(day) for day in days] for code, line in by_area.items()}
    labels = [period_label(day, series.frequency) for day in days]
    return days, compare_lines(labels, lines, ward_code, [nation.get(day) for day in days])
