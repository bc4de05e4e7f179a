"""All that the record of a group shows: the event that matched and why, what is near, what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from yui.kernel.policy import Actor
from yui.security.soc.engine.triage.highlight import ShownField, shown_fields
from yui.security.soc.engine.triage.incidents import Clue, Suggestion, processes_of, suggest_incidents
from yui.security.soc.models import Alert, AlertGroup, AlertNote, Incident

MOST_EVENTS = 20
MOST_NEIGHBOURS = 10
MOST_CLUES = 100
NEAR = timedelta(minutes=30)
SAME_ATTACK = timedelta(hours=4)


@dataclass(frozen=True)
class AlertDetail:
    """A group with what its page shows.

    Attributes:
        group: read with its rule, ward, people, system and incident.
        events: its latest alerts.
        shown: the alert whose event is shown; None for a group whose alerts are gone.
        fields: that event's fields, with what matched marked.
        neighbours: other groups of the same host within half an hour.
        notes: comments, the oldest first.
        candidate: groups that may be one incident with this one; None where there is none.
        companions: these groups.
        incidents: open incidents of the ward, to which it can be added.
    """

    group: AlertGroup
    events: tuple[Alert, ...]
    shown: Alert | None
    fields: tuple[ShownField, ...]
    neighbours: tuple[AlertGroup, ...]
    notes: tuple[AlertNote, ...]
    candidate: Suggestion | None
    companions: tuple[AlertGroup, ...]
    incidents: QuerySet[Incident]


def groups_in_full(actor: Actor) -> QuerySet[AlertGroup]:
    """Return the groups that ``actor`` may see, with what a record shows."""
    related = ("organisation", "rule__pack", "assignee", "closed_by", "system", "incident")
    groups: QuerySet[AlertGroup] = AlertGroup.objects.visible_to(actor).select_related(*related)
    return groups


def alert_detail(actor: Actor, group: AlertGroup, event_key: int | None = None) -> AlertDetail:
    """Return what the page of ``group`` shows.

    Args:
        actor: who reads; the group was read through ``groups_in_full``.
        event_key: key of the alert whose event is to be shown; the latest without it.
    """
    alerts = Alert.objects.visible_to(actor).filter(group=group)
    events = tuple(alerts[:MOST_EVENTS])
    shown = next((alert for alert in events if alert.pk == event_key), None)
    if shown is None and event_key is not None:
        shown = alerts.filter(pk=event_key).first()
    shown = shown or (events[0] if events else None)
    near = _same_ward(actor, group)
    candidate, companions = _candidate(actor, group, near)
    open_incidents = Incident.objects.visible_to(actor).open().filter(organisation=group.organisation_id)
    return AlertDetail(
        group=group,
        events=events,
        shown=shown,
        fields=tuple(shown_fields(shown.event, shown.matched)) if shown else (),
        neighbours=_neighbours(group, near),
        notes=tuple(AlertNote.objects.visible_to(actor).filter(group=group).select_related("written_by")),
        candidate=candidate,
        companions=companions,
        incidents=open_incidents,
    )


def _same_ward(actor: Actor, group: AlertGroup) -> Sequence[AlertGroup]:
    """Return other groups of the ward that share host or account within hours, closest in time first."""
    groups = AlertGroup.objects.visible_to(actor).filter(
        organisation=group.organisation_id,
        last_event_at__gte=group.first_event_at - SAME_ATTACK,
        first_event_at__lte=group.last_event_at + SAME_ATTACK,
    )
    found: dict[int, AlertGroup] = {}
    for name in ("host", "user"):
        if value := getattr(group, name):
            some = groups.filter(**{name: value}).exclude(pk=group.pk)
            some = some.select_related("organisation", "rule", "assignee")
            found |= {each.pk: each for each in some.order_by("-last_event_at")[:MOST_CLUES]}
    return list(found.values())


def _neighbours(group: AlertGroup, near: Sequence[AlertGroup]) -> tuple[AlertGroup, ...]:
    """Return the groups of the same host around the time of this one, in the order of time."""
    if not group.host:
        return ()
    beside = [
        other
        for other in near
        if other.host == group.host
        and other.last_event_at >= group.first_event_at - NEAR
        and other.first_event_at <= group.last_event_at + NEAR
    ]
    return tuple(sorted(beside, key=lambda other: other.first_event_at)[:MOST_NEIGHBOURS])


def _candidate(
    actor: Actor, group: AlertGroup, near: Sequence[AlertGroup]
) -> tuple[Suggestion | None, tuple[AlertGroup, ...]]:
    """Return the suggestion that holds this group, and the other groups in it that belong to no incident."""
    free = {other.pk: other for other in near if other.incident_id is None and other.closed_at is None}
    if group.incident_id is not None or not free:
        return None, ()
    processes: dict[int, set[str]] = {}
    alerts = Alert.objects.visible_to(actor).filter(group__in=[group.pk, *free]).order_by("-event_at")
    for key, event in alerts.values_list("group_id", "event")[: 3 * MOST_CLUES]:
        processes.setdefault(key, set()).update(processes_of(event))
    clues = [clue_of(each, frozenset(processes.get(each.pk, ()))) for each in (group, *free.values())]
    for suggestion in suggest_incidents(clues):
        if group.pk in suggestion.groups:
            return suggestion, tuple(free[key] for key in suggestion.groups if key != group.pk)
    return None, ()


def clue_of(group: AlertGroup, processes: frozenset[str] = frozenset()) -> Clue:
    """Return what the suggestion of incidents wants to know of a group read with its rule."""
    return Clue(
        group=group.pk,
        ward=str(group.organisation_id),
        first=group.first_event_at,
        last=group.last_event_at,
        rule=group.rule.rule_id,
        level=group.level,
        host=group.host,
        user=group.user,
        tactics=frozenset(str(tactic) for tactic in group.rule.tactics),
        processes=processes,
    )
