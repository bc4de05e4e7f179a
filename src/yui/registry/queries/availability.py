"""Availability of many systems over many months, from two reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from yui.kernel.calendar_jp import TOKYO, Month
from yui.kernel.scope.models import ScopedQuerySet
from yui.registry.engine.availability import NOTHING, Availability, Interval, availability
from yui.registry.models import MaintenanceWindow, Outage, SystemStatus
from yui.registry.models.outage import COUNTED_AS_DOWN

ByMonth = dict[tuple[int, Month], Availability]

_FOLLOWS = "parts of systems that were scoped themselves"


def availability_by_month(systems: ScopedQuerySet, months: Sequence[Month], at: datetime) -> ByMonth:
    """Return the availability of each system in each month, by system key and month.

    A system is promised from the day on which it was taken into use to the day on which it was retired, and
    nothing is promised after ``at``. Months in which nothing was promised are left out.
    """
    if not months:
        return {}
    at = at.astimezone(UTC)
    span = _instant(months[0].first_day), _instant(months[-1].next().first_day)
    down, planned = _intervals(systems, span, at)
    found: ByMonth = {}
    spans = {month: (_instant(month.first_day), _instant(month.next().first_day)) for month in months}
    whole = {month: Availability(end - start, timedelta(0)) for month, (start, end) in spans.items()}
    in_life = systems.exclude(status=SystemStatus.PREPARING).order_by()
    for key, started_on, retired_on in in_life.values_list("pk", "started_on", "retired_on"):
        first = _instant(started_on) if started_on else span[0]
        last = min(_instant(retired_on), at) if retired_on else at
        is_quiet = key not in down and key not in planned
        for month, (start, end) in spans.items():
            if is_quiet and first <= start and end <= last:
                found[key, month] = whole[month]
                continue
            result = _one(max(start, first), min(end, last), down.get(key, []), planned.get(key, []))
            if result.service:
                found[key, month] = result
    return found


def _one(start: datetime, end: datetime, down: list[Interval], planned: list[Interval]) -> Availability:
    """Return the availability of one system in one span; most have nothing to take away."""
    if start >= end:
        return NOTHING
    inside_down = [interval for interval in down if interval[0] < end and interval[1] > start]
    inside_planned = [interval for interval in planned if interval[0] < end and interval[1] > start]
    if not inside_down and not inside_planned:
        return Availability(end - start, timedelta(0))
    return availability((start, end), inside_down, inside_planned)


def _intervals(
    systems: ScopedQuerySet, span: Interval, at: datetime
) -> tuple[dict[int, list[Interval]], dict[int, list[Interval]]]:
    """Return downtime and planned stops within the span, by system."""
    down: dict[int, list[Interval]] = defaultdict(list)
    planned: dict[int, list[Interval]] = defaultdict(list)
    inside = systems.order_by().values("pk")
    outages = Outage.objects.unscoped(_FOLLOWS).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=span[0]), system__in=inside, started_at__lt=span[1]
    )
    outages = outages.filter(Q(severity__in=COUNTED_AS_DOWN) | Q(is_planned=True)).order_by()
    for key, start, end, is_planned in outages.values_list(
        "system_id", "started_at", "ended_at", "is_planned"
    ):
        last = end or at
        if start < last:
            (planned if is_planned else down)[key].append((start, last))
    windows = MaintenanceWindow.objects.unscoped(_FOLLOWS).filter(
        system__in=inside, starts_at__lt=span[1], ends_at__gt=span[0]
    )
    for key, start, end in windows.order_by().values_list("system_id", "starts_at", "ends_at"):
        planned[key].append((start, end))
    return down, planned


def add_up(found: Iterable[Availability]) -> Availability:
    """Return service time and downtime of several systems together, weighted by their running time."""
    service = downtime = timedelta(0)
    for each in found:
        service += each.service
        downtime += each.downtime
    return Availability(service, downtime)


def midnight(day: date) -> datetime:
    """Return the beginning of a day in Tokyo."""
    return datetime.combine(day, time(0), TOKYO)


def _instant(day: date) -> datetime:
    """Return the beginning of a day in Tokyo, in UTC like the database: like zones compare fast."""
    return midnight(day).astimezone(UTC)
