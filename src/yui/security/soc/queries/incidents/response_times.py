"""Times to respond of many wards, from one read of all moments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from yui.kernel.calendar_jp import TOKYO, Period
from yui.security.soc.engine.incidents import Kind, containment_intervals
from yui.security.soc.engine.response_times import Interval, PeriodSpans, spans_within
from yui.security.soc.models import ENDED_STATES, AffectedSystem, Incident, IncidentState
from yui.security.soc.queries.incidents.moments import WHY, Standing, standing_by_incident


class Clock(StrEnum):
    """The three times to respond."""

    DETECT = "detect"
    ACKNOWLEDGE = "acknowledge"
    CONTAIN = "contain"


@dataclass(frozen=True)
class WardIntervals:
    """The intervals of one ward's incidents by clock; the key is the incident's primary key."""

    by_clock: Mapping[Clock, list[Interval]] = field(default_factory=lambda: defaultdict(list))


def still_spreading(incidents: Iterable[int]) -> set[tuple[int, int]]:
    """Return incident and round of those in which an affected system is not contained."""
    rows = AffectedSystem.objects.unscoped(WHY).filter(
        incident_id__in=list(incidents), contained_at__isnull=True
    )
    return set(rows.order_by().values_list("incident_id", "round"))


def intervals_by_ward(
    wards: Iterable[int] | None = None, since: datetime | None = None
) -> dict[int, WardIntervals]:
    """Return the intervals of every ward (primary keys), or of those named, from three queries.

    Exercises, false alarms and incidents merged into others are left out. A round counts as running while
    one of its affected systems is not contained, even where containment was recorded before that system
    was found.

    Args:
        since: leaves out what had ended, and was touched last, before this moment; no time in it is later.
    """
    incidents = Incident.objects.unscoped(WHY).filter(is_exercise=False).order_by()
    incidents = incidents.exclude(state__in=[IncidentState.FALSE_POSITIVE, IncidentState.MERGED], round=1)
    if since is not None:
        incidents = incidents.exclude(state__in=ENDED_STATES, updated_at__lt=since)
    if wards is not None:
        incidents = incidents.filter(organisation_id__in=list(wards))
    owner = dict(incidents.values_list("pk", "organisation_id"))
    standing = standing_by_incident(owner)
    spreading = still_spreading(owner)
    found: dict[int, WardIntervals] = {ward: WardIntervals() for ward in set(owner.values())}
    for key, ward in owner.items():
        _add(found[ward].by_clock, key, standing[key], spreading)
    return found


def _add(
    by_clock: Mapping[Clock, list[Interval]],
    key: int,
    standing: Standing,
    spreading: set[tuple[int, int]],
) -> None:
    """Add the intervals of one incident."""
    for interval in containment_intervals(standing):
        number, detected = interval.round, interval.detected_at
        contained = None if (key, number) in spreading else interval.contained_at
        by_clock[Clock.CONTAIN].append(Interval(key, detected, contained))
        # Whoever reopens an incident, or contains it, has taken it up.
        taken = standing.get((number, Kind.ACKNOWLEDGED)) or standing.get((number, Kind.REOPENED))
        taken_at = taken.at if taken else contained
        by_clock[Clock.ACKNOWLEDGE].append(Interval(key, detected, taken_at))
        occurred = standing.get((number, Kind.OCCURRED))
        if occurred is not None:
            by_clock[Clock.DETECT].append(Interval(key, occurred.at, detected))


def within(
    intervals: Mapping[int, WardIntervals],
    wards: Iterable[int],
    clock: Clock,
    period: Period,
    as_of: datetime,
) -> PeriodSpans:
    """Return the spans of these wards in a period of Tokyo's calendar."""
    start = datetime.combine(period.start, time(0), TOKYO)
    end = datetime.combine(period.end, time(0), TOKYO)
    chosen = [
        interval
        for ward in wards
        if ward in intervals
        for interval in intervals[ward].by_clock.get(clock, [])
    ]
    return spans_within(chosen, start, end, as_of)
