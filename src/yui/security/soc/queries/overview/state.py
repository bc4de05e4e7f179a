"""The state of the watch at a moment: what waits, what burns, who is there, who is silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.engine.triage.grouping import PRIORITIES_PER_LEVEL, priorities_of
from yui.security.soc.models import (
    AlertGroup,
    AlertState,
    Duty,
    DutyState,
    Incident,
    JointAlert,
    Level,
    LogSender,
    Shift,
)
from yui.security.soc.policies import joint_body, readable_wards
from yui.security.soc.queries.alerts.joint import joint_alerts_for
from yui.security.soc.queries.alerts.queue import capped_count, within
from yui.security.soc.queries.incidents.incidents import incidents_for
from yui.security.soc.queries.incidents.moments import standing_by_incident

SILENT = timedelta(minutes=60)
"""A sender that was heard before and then not for so long counts as silent."""
GOAL = timedelta(hours=24)
"""MTTC (detected to contained): the article's goal."""
MOST_SHOWN = 8


@dataclass(frozen=True)
class IncidentClock:
    """An open incident with its clock.

    Attributes:
        since: when it was detected; when it was recorded where that is not known.
        contained: whether the clock of containment has stopped.
        taken: from ``since`` to now, or to containment.
        next_duty: the paper that is due first, None where none is.
    """

    incident: Incident
    since: datetime
    contained: bool
    taken: timedelta
    next_duty: Duty | None

    @property
    def is_late(self) -> bool:
        """Whether the goal has passed without containment."""
        return not self.contained and self.taken > GOAL


@dataclass(frozen=True)
class WardState:
    """One ward: its open groups, those of high level and up, and the heaviest level among them."""

    ward: Organisation
    open: int
    grave: int
    heaviest: Level | None


@dataclass(frozen=True)
class WatchState:
    """All that overview and wall show, as of ``at``; counts beyond 1,000 stand as 1,001."""

    at: datetime
    wards: tuple[WardState, ...]
    open_by_level: tuple[tuple[Level, int], ...]
    waiting: int
    oldest: AlertGroup | None
    clocks: tuple[IncidentClock, ...]
    duties: tuple[Duty, ...]
    joint: tuple[JointAlert, ...]
    silent: tuple[LogSender, ...]
    silent_count: int
    on_duty: tuple[Shift, ...]

    @property
    def open(self) -> int:
        """How many groups nobody closed."""
        return sum(count for _level, count in self.open_by_level)

    @property
    def grave(self) -> int:
        """How many of them are of high level and up."""
        return sum(count for level, count in self.open_by_level if level >= Level.HIGH)

    @property
    def uncontained(self) -> int:
        """How many open incidents are not contained."""
        return sum(not clock.contained for clock in self.clocks)


def watch_state(actor: Actor, at: datetime) -> WatchState:
    """Return the state of the watch over the wards that ``actor`` may read."""
    wards = [ward for ward in readable_wards(actor) if ward.is_ward]
    visible = within(AlertGroup.objects.visible_to(actor), wards)
    groups = visible.exclude(state=AlertState.CLOSED)
    waiting = visible.filter(state=AlertState.NEW)
    silent = _silent(actor, at)
    return WatchState(
        at=at,
        wards=_by_ward(wards),
        open_by_level=tuple(
            (level, capped_count(groups.filter(priority__range=priorities_of(level))))
            for level in sorted(Level, reverse=True)
        ),
        waiting=capped_count(waiting),
        oldest=waiting.select_related("organisation", "assignee").order_by("detected_at", "pk").first(),
        clocks=_clocks(actor, at),
        duties=_duties(actor),
        joint=tuple(joint_alerts_for(actor).exclude(state=AlertState.CLOSED)[:MOST_SHOWN]),
        silent=tuple(silent[:MOST_SHOWN]),
        silent_count=len(silent),
        on_duty=_on_duty(actor, at),
    )


def _by_ward(wards: Sequence[Organisation]) -> tuple[WardState, ...]:
    """Return the state of wards that the reader may read; asked by ward alone, an index answers it."""
    grave = priorities_of(Level.HIGH)[0]
    groups = AlertGroup.objects.unscoped("counts of the wards that the reader may read").open()
    counted = groups.filter(organisation__in=wards).order_by().values("organisation_id")
    rows = {
        row["organisation_id"]: row
        for row in counted.annotate(
            open=Count("pk"), grave=Count("pk", filter=Q(priority__gte=grave)), heaviest=Max("priority")
        )
    }
    return tuple(
        WardState(
            ward,
            rows[ward.pk]["open"] if ward.pk in rows else 0,
            rows[ward.pk]["grave"] if ward.pk in rows else 0,
            Level(rows[ward.pk]["heaviest"] // PRIORITIES_PER_LEVEL) if ward.pk in rows else None,
        )
        for ward in wards
    )


def _clocks(actor: Actor, at: datetime) -> tuple[IncidentClock, ...]:
    """Return the open incidents, those not contained first, then by how long they last."""
    incidents = list(incidents_for(actor).open().filter(is_exercise=False)[:200])
    standing = standing_by_incident(incident.pk for incident in incidents)
    due = _next_duties(actor, incidents)
    clocks = []
    for incident in incidents:
        moments = standing[incident.pk]
        begun = moments.get((incident.round, Kind.REOPENED)) or moments.get((incident.round, Kind.DETECTED))
        since = begun.at if begun else incident.created_at
        contained = moments.get((incident.round, Kind.CONTAINED))
        taken = (contained.at if contained else at) - since
        clocks.append(IncidentClock(incident, since, contained is not None, taken, due.get(incident.pk)))
    return tuple(sorted(clocks, key=lambda clock: (clock.contained, clock.since, clock.incident.pk)))


def _open_duties(actor: Actor) -> QuerySet[Duty]:
    duties: QuerySet[Duty] = Duty.objects.visible_to(actor).filter(
        state__in=[DutyState.PENDING, DutyState.DRAFTED], due_at__isnull=False, incident__is_exercise=False
    )
    return duties


def _next_duties(actor: Actor, incidents: Sequence[Incident]) -> dict[int, Duty]:
    found: dict[int, Duty] = {}
    for duty in _open_duties(actor).filter(incident__in=incidents).order_by("due_at", "pk"):
        found.setdefault(duty.incident_id, duty)
    return found


def _duties(actor: Actor) -> tuple[Duty, ...]:
    """Return the papers that are due first."""
    duties = _open_duties(actor).select_related("incident__organisation").order_by("due_at", "pk")
    return tuple(duties[:MOST_SHOWN])


def _silent(actor: Actor, at: datetime) -> list[LogSender]:
    """Return the senders that were heard before and fell silent, the longest silent first."""
    senders = LogSender.objects.visible_to(actor).active_at(at).filter(last_seen_at__lt=at - SILENT)
    return list(senders.select_related("organisation").order_by("last_seen_at")[:200])


def _on_duty(actor: Actor, at: datetime) -> tuple[Shift, ...]:
    shifts = Shift.objects.visible_to(actor).filter(
        organisation=joint_body(), starts_at__lte=at, ends_at__gt=at
    )
    return tuple(shifts.select_related("person").order_by("kind", "-is_lead", "starts_at"))
