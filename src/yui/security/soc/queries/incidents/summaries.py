"""Incidents as programs read them: the API and ``yui soc incidents``."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yui.security.soc.engine.incidents import Kind, containment_intervals
from yui.security.soc.models import Duty, DutyState, Incident
from yui.security.soc.queries.incidents.incidents import is_serious
from yui.security.soc.queries.incidents.moments import WHY, Standing, standing_by_incident
from yui.security.soc.queries.incidents.response_times import still_spreading

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PaperSummary:
    """One open paper."""

    code: str
    round: int
    due_at: datetime | None
    state: str


@dataclass(frozen=True)
class RoundSummary:
    """One round's way to containment; hours are None while it runs."""

    round: int
    detected_at: datetime
    contained_at: datetime | None
    hours_to_contain: float | None


@dataclass(frozen=True)
class IncidentSummary:
    """One incident; ``times`` are those of its present round, by kind."""

    id: int
    number: str
    organisation_code: str
    title: str
    category: str
    severity: int
    is_serious: bool
    state: str
    round: int
    is_exercise: bool
    tlp: str
    times: dict[str, datetime]
    rounds: tuple[RoundSummary, ...]
    hours_to_contain: float | None
    open_papers: tuple[PaperSummary, ...]
    url: str


def summaries(incidents: Sequence[Incident]) -> list[IncidentSummary]:
    """Return the summaries of incidents read with their organisation, in the same order; three queries."""
    keys = [incident.pk for incident in incidents]
    standing = standing_by_incident(keys)
    spreading = still_spreading(keys)
    waiting: dict[int, list[PaperSummary]] = defaultdict(list)
    open_papers = Duty.objects.unscoped(WHY).filter(
        incident_id__in=keys, state__in=[DutyState.PENDING, DutyState.DRAFTED]
    )
    for duty in open_papers.order_by("due_at", "id"):
        waiting[duty.incident_id].append(PaperSummary(duty.code, duty.round, duty.due_at, duty.state))
    return [_summary(each, standing[each.pk], spreading, tuple(waiting[each.pk])) for each in incidents]


def _summary(
    incident: Incident,
    standing: Standing,
    spreading: set[tuple[int, int]],
    papers: tuple[PaperSummary, ...],
) -> IncidentSummary:
    rounds = []
    for each in containment_intervals(standing):
        contained = None if (incident.pk, each.round) in spreading else each.contained_at
        hours = round((contained - each.detected_at) / HOUR, 4) if contained else None
        rounds.append(RoundSummary(each.round, each.detected_at, contained, hours))
    present = next((each for each in rounds if each.round == incident.round), None)
    return IncidentSummary(
        id=incident.pk,
        number=incident.number,
        organisation_code=incident.organisation.code,
        title=incident.title,
        category=incident.category,
        severity=incident.severity,
        is_serious=is_serious(incident),
        state=incident.state,
        round=incident.round,
        is_exercise=incident.is_exercise,
        tlp=incident.tlp,
        times={
            kind.value: standing[incident.round, kind].at
            for kind in Kind
            if (incident.round, kind) in standing
        },
        rounds=tuple(rounds),
        hours_to_contain=present.hours_to_contain if present else None,
        open_papers=papers,
        url=incident.get_absolute_url(),
    )
