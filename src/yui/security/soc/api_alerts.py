"""Endpoints of alerts: the queue by pages, one group with its events, taking and closing; sightings.

Every alert carries the author and the licence of its rule, as the Detection Rule License 1.1 asks.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from yui.kernel.tables.api_pages import Page, asking
from yui.security.soc.models import Alert, AlertGroup, CloseReason, DetectionRule, Sighting
from yui.security.soc.operations.alerts import close_alerts, take_alerts
from yui.security.soc.policies import readable_wards
from yui.security.soc.queries.alerts.conditions import QueueConditions
from yui.security.soc.queries.alerts.detail import MOST_EVENTS, groups_in_full
from yui.security.soc.queries.alerts.joint import sightings_for
from yui.security.soc.queries.alerts.queue import queue_page

router = Router()
LARGEST_PAGE = 200


class RuleOut(Schema):
    """The rule behind an alert, with whoever wrote it."""

    rule_id: str
    title: str
    author: str
    licence: str
    techniques: list[str]

    @staticmethod
    def resolve_licence(rule: DetectionRule) -> str:
        """Return the rule's own licence, or that of the pack it came with."""
        return rule.licence or rule.pack.licence


class AlertOut(Schema):
    """A group of alike alerts; ``level`` is 0 (informational) to 4 (critical).

    ``count`` is all matches; ``held`` of them were beyond the rule's hourly limit and have no event here.
    """

    id: int
    organisation_code: str
    title: str
    level: int
    confidentiality: int | None
    host: str
    user: str
    count: int
    held: int
    state: str
    first_event_at: datetime
    last_event_at: datetime
    detected_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None
    close_reason: str
    incident_id: int | None
    url: str

    @staticmethod
    def resolve_organisation_code(group: AlertGroup) -> str:
        """Return the code of the group's ward."""
        return group.organisation.code

    @staticmethod
    def resolve_url(group: AlertGroup) -> str:
        """Return the address of the group's page."""
        return group.get_absolute_url()


class AlertList(Schema):
    """A page of the queue, the most urgent first; ``after`` asks for the next one, empty on the last."""

    items: list[AlertOut]
    after: str


class MatchOut(Schema):
    """One alert of a group: the event's excerpt, and what matched in it."""

    id: int
    event_id: str
    event_at: datetime
    detected_at: datetime
    event: dict[str, Any]
    matched: list[dict[str, Any]]


class AlertInFull(Schema):
    """A group with its rule and its latest alerts."""

    alert: AlertOut
    rule: RuleOut
    events: list[MatchOut]


class Closing(Schema):
    """Why a group is closed."""

    reason: CloseReason
    note: str = ""


class Refusal(Schema):
    """Why a step was not taken."""

    messages: list[str]


class SightingOut(Schema):
    """What several wards saw: never who; ``ward_count`` is null where the number is not told."""

    id: int
    key_kind: str
    key_value: str
    level: int
    first_seen: datetime
    last_seen: datetime
    count: int
    ward_count: int | None
    advice: str


class SightingList(Schema):
    """A page of sightings and how many there are."""

    count: int
    items: list[SightingOut]


class Asked(Schema):
    """Which alerts; ``state`` is ``open``, ``new``, ``working`` or ``closed``."""

    state: str = "open"
    level: int | None = None
    ward: str = ""
    rule: int | None = None
    technique: str = ""
    q: str = ""
    after: str = ""
    limit: int = Field(50, ge=1, le=LARGEST_PAGE)


@router.get("/alerts", response=AlertList, summary="Queue of alerts")
def list_alerts(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the groups that the asking person may see, the most urgent first."""
    actor = asking(request)
    conditions = QueueConditions.of(
        {name: value for name, value in asked.dict().items() if value is not None}
    )
    page = queue_page(actor, conditions, readable_wards(actor), after=asked.after, size=asked.limit)
    return {"items": list(page.rows), "after": page.after}


@router.get("/alerts/{alert_id}", response=AlertInFull, summary="One group of alerts")
def get_alert(request: HttpRequest, alert_id: int) -> Any:
    """Return one group with its latest events; one that the asking person may not see does not exist."""
    actor = asking(request)
    group = get_object_or_404(groups_in_full(actor), pk=alert_id)
    events = list(Alert.objects.visible_to(actor).filter(group=group)[:MOST_EVENTS])
    return {"alert": group, "rule": group.rule, "events": events}


@router.post("/alerts/{alert_id}/take", response={200: AlertOut, 409: Refusal}, summary="Take alerts")
def take_alert(request: HttpRequest, alert_id: int) -> Any:
    """Acknowledge the group and become its assignee."""
    return _step(request, alert_id, lambda: take_alerts(asking(request), groups=[alert_id]))


@router.post("/alerts/{alert_id}/close", response={200: AlertOut, 409: Refusal}, summary="Close alerts")
def close_alert(request: HttpRequest, alert_id: int, closing: Closing) -> Any:
    """Close the group with a reason."""

    def close() -> int:
        return close_alerts(asking(request), groups=[alert_id], reason=closing.reason, note=closing.note)

    return _step(request, alert_id, close)


@router.get("/sightings", response=SightingList, summary="Sightings")
def list_sightings(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """Return what several wards saw, the latest first."""
    found = sightings_for(asking(request))
    return {"count": found.count(), "items": list(found[page.offset : page.offset + page.limit])}


@router.get("/sightings/{sighting_id}", response=SightingOut, summary="One sighting")
def get_sighting(request: HttpRequest, sighting_id: int) -> Sighting:
    """Return one sighting."""
    found: Sighting = get_object_or_404(sightings_for(asking(request)), pk=sighting_id)
    return found


def _step(request: HttpRequest, key: int, run: Callable[[], object]) -> Status[Any]:
    """Take a step with a group that the asking person sees; what was refused answers 409, with the reason."""
    groups = groups_in_full(asking(request))
    if not groups.filter(pk=key).exists():
        raise HttpError(404, "Not Found")
    try:
        run()
    except ValidationError as error:
        return Status(409, {"messages": error.messages})
    return Status(200, get_object_or_404(groups, pk=key))
