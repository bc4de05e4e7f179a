"""Current values of a series, by area and period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yui.governance.statistics.areas import NATION, WARD_CODES
from yui.governance.statistics.engine.comparison import Comparison, Value, compare_lines
from yui.governance.statistics.models import Observation, Series
from yui.governance.statistics.periods import period_label
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedQuerySet

REVISIONS_SHOWN = 50


@dataclass(frozen=True)
class WardLines:
    """The lines of a series: first days and names of the periods, the wards by code, and the nation."""

    days: tuple[date, ...]
    periods: tuple[str, ...]
    wards: dict[str, list[Value]]
    nation: list[Value]

    def beside(self, ward_code: str | None) -> Comparison:
        """Set one ward beside the others."""
        return compare_lines(self.periods, self.wards, ward_code, self.nation)

    @property
    def latest(self) -> int | None:
        """The index of the last period in which a ward has a value."""
        known = (at for line in self.wards.values() for at, value in enumerate(line) if value is not None)
        return max(known, default=None)


def current_values(actor: Actor, series: Series, areas: Iterable[str] | None = None) -> ScopedQuerySet:
    """Return the current observations of a series, oldest period first; of all areas, or of those named."""
    found = Observation.objects.visible_to(actor).filter(series=series, superseded_by__isnull=True)
    found = found if areas is None else found.filter(area_code__in=list(areas))
    return found.order_by("starts_on", "area_code")


def ward_lines(actor: Actor, series: Series, since: date | None = None) -> WardLines:
    """Return the lines of the wards and the nation, from a day on where one is given.

    Periods are those in which a ward or the nation has an observation, be it a missing one.
    """
    found = current_values(actor, series, (*WARD_CODES, NATION))
    found = found if since is None else found.filter(starts_on__gte=since)
    rows = found.values_list("starts_on", "area_code", "value")
    by_area: dict[str, dict[date, Decimal | None]] = {}
    for starts_on, area_code, value in rows:
        by_area.setdefault(area_code, {})[starts_on] = value
    days = sorted({day for line in by_area.values() for day in line})
    nation = by_area.pop(NATION, {})
    return WardLines(
        days=tuple(days),
        periods=tuple(period_label(day, series.frequency) for day in days),
        wards={code: [line.get(day) for day in days] for code, line in by_area.items()},
        nation=[nation.get(day) for day in days],
    )


def revisions_of(actor: Actor, series: Series) -> list[Observation]:
    """Return the figures that are no longer current, each with the one that took its place, newest first."""
    found = Observation.objects.visible_to(actor).filter(series=series, superseded_by__isnull=False)
    return list(found.select_related("superseded_by").order_by("-superseded_by_id", "-pk")[:REVISIONS_SHOWN])
