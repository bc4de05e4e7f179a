"""Incidents with the times that lists show, in one query."""

from django.db.models import DateTimeField, F, OuterRef, Subquery

from yui.kernel.policy import Actor
from yui.security.soc.models import Duty, DutyState, IncidentMoment, MomentKind
from yui.security.soc.models.incident import IncidentQuerySet
from yui.security.soc.queries.incidents.incidents import incidents_for
from yui.security.soc.queries.incidents.moments import WHY


def incidents_with_times(actor: Actor) -> IncidentQuerySet:
    """Return the incidents that the actor may see, newest detection first.

    Each has ``detected_at`` and ``contained_at`` of its present round, and ``next_due_at``, the date of the
    open paper that is due first.
    """
    listed: IncidentQuerySet = (
        incidents_for(actor)
        .annotate(
            detected_at=_standing(MomentKind.DETECTED),
            contained_at=_standing(MomentKind.CONTAINED),
            next_due_at=Subquery(_papers().values("due_at")[:1], output_field=DateTimeField()),
        )
        .order_by(F("detected_at").desc(nulls_last=True), "-pk")
    )
    return listed


def _standing(kind: MomentKind) -> Subquery:
    """Return the standing time of a kind: revisions come later, so that the newest row is the one."""
    rows = IncidentMoment.objects.unscoped(WHY).filter(
        incident=OuterRef("pk"), round=OuterRef("round"), kind=kind
    )
    return Subquery(rows.order_by("-id").values("at")[:1], output_field=DateTimeField())


def _papers() -> "IncidentQuerySet":
    """Return the open papers of the outer incident that have a date, the nearest first."""
    rows: IncidentQuerySet = Duty.objects.unscoped(WHY).filter(
        incident=OuterRef("pk"),
        state__in=[DutyState.PENDING, DutyState.DRAFTED],
        due_at__isnull=False,
    )
    return rows.order_by("due_at", "id")
