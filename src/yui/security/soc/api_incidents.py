"""Read endpoints of incidents."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yui.kernel.tables.api_pages import Page, asking, page_of
from yui.security.soc.models import ENDED_STATES
from yui.security.soc.queries.incidents.listing import incidents_with_times
from yui.security.soc.queries.incidents.summaries import summaries

router = Router()


class PaperOut(Schema):
    """An open paper; ``due_at`` is null where the rule says only "without delay"."""

    code: str
    round: int
    due_at: datetime | None
    state: str


class RoundOut(Schema):
    """One round's way from detection to containment; both are null while it runs."""

    round: int
    detected_at: datetime
    contained_at: datetime | None
    hours_to_contain: float | None


class IncidentOut(Schema):
    """An incident; ``times`` are the standing times of its present round, by kind."""

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
    rounds: list[RoundOut]
    hours_to_contain: float | None
    open_papers: list[PaperOut]
    url: str


class IncidentList(Schema):
    """A page of incidents and how many there are."""

    count: int
    items: list[IncidentOut]


@router.get("/incidents", response=IncidentList, summary="Incidents")
def list_incidents(request: HttpRequest, page: Query[Page], open: bool | None = None) -> dict[str, Any]:
    """Return the incidents that the asking person may see, newest detection first."""
    records = incidents_with_times(asking(request))
    if open is not None:
        records = records.exclude(state__in=ENDED_STATES) if open else records.filter(state__in=ENDED_STATES)
    count, found = page_of(records, page)
    return {"count": count, "items": summaries(list(found))}


@router.get("/incidents/{incident_id}", response=IncidentOut, summary="One incident")
def get_incident(request: HttpRequest, incident_id: int) -> Any:
    """Return one incident; one that the asking person may not see does not exist."""
    incident = get_object_or_404(incidents_with_times(asking(request)), pk=incident_id)
    return summaries([incident])[0]
