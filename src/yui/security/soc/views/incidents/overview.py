"""概要: one incident with its clock, what to record next, and what is known."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.security.soc.engine.incidents import Kind, Moment
from yui.security.soc.models import IncidentTask, MomentKind
from yui.security.soc.operations.incidents.record_moment import RECORDABLE
from yui.security.soc.queries.incidents.clock import next_paper
from yui.security.soc.queries.incidents.moments import WHY, Standing, standing_of
from yui.security.soc.queries.incidents.papers import title_of
from yui.security.soc.views.incidents.access import visible_incident
from yui.security.soc.views.incidents.forms import PersonForm
from yui.security.soc.views.incidents.page import incident_page

NEXT = (
    Kind.ACKNOWLEDGED,
    Kind.TRIAGED,
    Kind.ESCALATED,
    Kind.CONTAINMENT_STARTED,
    Kind.CONTAINED,
    Kind.ERADICATION_STARTED,
    Kind.ERADICATED,
    Kind.RECOVERY_STARTED,
    Kind.RECOVERED,
    Kind.REVIEWED,
)
"""The order in which the command bar offers what to record."""

OFFERED = 3


@dataclass(frozen=True)
class Step:
    """One time of the present round: recorded, or still to come."""

    kind: MomentKind
    moment: Moment | None


AWAITED = frozenset({MomentKind.CONTAINED, MomentKind.RECOVERED, MomentKind.CLOSED})
"""The kinds that show as open until they come."""


def steps_of(standing: Standing, round_number: int) -> list[Step]:
    """Return the times that the present round has, and those awaited, in the order of their usual coming."""
    shown = [kind for kind in MomentKind if (round_number, Kind(kind.value)) in standing or kind in AWAITED]
    return [Step(kind, standing.get((round_number, Kind(kind.value)))) for kind in shown]


@login_required
@require_safe
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the incident."""
    found = visible_incident(request, pk)
    standing = standing_of(found)
    present = {kind for number, kind in standing if number == found.round}
    last = max((NEXT.index(kind) for kind in present if kind in NEXT), default=-1)
    offered = [kind for kind in NEXT[last + 1 :] if kind not in present][:OFFERED]
    tasks = IncidentTask.objects.unscoped(WHY).filter(incident=found, done_at__isnull=True, skipped_reason="")
    paper = next_paper(found)
    context = {
        "steps": steps_of(standing, found.round),
        "offered": [MomentKind(kind.value) for kind in offered],
        "recordable": RECORDABLE,
        "is_declared": Kind.DECLARED in present,
        "paper": paper,
        "paper_title": title_of(paper.code) if paper else "",
        "paper_is_late": bool(paper and paper.due_at and paper.due_at <= now()),
        "tasks": list(tasks.order_by("due_at", "position")[:5]),
        "open_tasks": tasks.count(),
        "now": now(),
        "commander_form": PersonForm(ward=found.organisation, initial={"person": found.commander_id}),
    }
    return incident_page(request, found, "overview.html", context, standing=standing)
