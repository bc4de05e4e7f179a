"""The clock of an incident: how long since detection, how much of 24 hours is left, which paper is next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import Duty, DutyState, Incident
from yui.security.soc.queries.incidents.duty_case import affected_of
from yui.security.soc.queries.incidents.moments import WHY, Standing

TARGET = timedelta(hours=24)
"""KPI: 検知してから封じ込めるまで 24 時間以内."""


@dataclass(frozen=True)
class ContainmentClock:
    """The present round's way to containment.

    Attributes:
        contained_at: None while it runs, also where a system found later is not contained yet.
        elapsed: from detection to containment, or to now.
        share: percent of the target used up, at most 100.
    """

    detected_at: datetime
    contained_at: datetime | None
    elapsed: timedelta
    is_over: bool
    share: int
    remaining: timedelta
    uncontained: tuple[str, ...]

    @property
    def hours(self) -> float:
        """The elapsed time in hours."""
        return self.elapsed / timedelta(hours=1)

    @property
    def hours_left(self) -> float:
        """The hours that are left of the target; negative when it is over."""
        return self.remaining / timedelta(hours=1)


def clock_of(incident: Incident, standing: Standing, at: datetime) -> ContainmentClock:
    """Return the clock of the incident's present round."""
    detected = standing[incident.round, Kind.DETECTED].at
    waiting = tuple(
        each.system.name for each in affected_of(incident, present_round=True) if each.contained_at is None
    )
    contained = standing.get((incident.round, Kind.CONTAINED))
    contained_at = contained.at if contained and not waiting else None
    elapsed = (contained_at or at) - detected
    return ContainmentClock(
        detected,
        contained_at,
        elapsed,
        elapsed > TARGET,
        min(100, int(elapsed * 100 / TARGET)),
        TARGET - elapsed,
        waiting,
    )


def next_paper(incident: Incident) -> Duty | None:
    """Return the open paper that is due first; those without a date come after those with one."""
    waiting = Duty.objects.unscoped(WHY).filter(
        incident=incident, state__in=[DutyState.PENDING, DutyState.DRAFTED]
    )
    dated: Duty | None = waiting.filter(due_at__isnull=False).order_by("due_at", "id").first()
    return dated or waiting.order_by("id").first()
