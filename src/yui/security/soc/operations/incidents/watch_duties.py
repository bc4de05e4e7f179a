"""The clock over the papers: reminds before they are due and tells when one is late."""

from datetime import datetime, timedelta

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.engine.duties import TITLES, DutyCode, duties_of
from yui.security.soc.models import ENDED_STATES, Duty, Incident
from yui.security.soc.operations.incidents.duty_keeping import OPEN_STATES
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.queries.incidents.duty_case import duty_case
from yui.security.soc.queries.incidents.moments import WHY, standing_of

EARLIEST_REMINDER = timedelta(days=8)
"""Longer than any paper is reminded of before it is due (``engine/duties``)."""


def watch_duties(actor: Actor, at: datetime) -> int:
    """Look at every open paper and tell, once each, which one is to be written soon and which one is late.

    The ward and the body that watches it get the event, and so the bell of whoever may see the incident.

    Args:
        actor: the installation itself.
        at: the present moment.

    Returns:
        How many reminders went out.
    """
    near = at + EARLIEST_REMINDER
    waiting = Duty.objects.unscoped(WHY).filter(
        state__in=OPEN_STATES, due_at__lte=near, overdue_told_at__isnull=True
    )
    told = 0
    for key in list(waiting.order_by("incident_id").values_list("incident_id", flat=True).distinct()):
        told += remind_of_papers(actor, key=key, at=at)
    return told


@operation("soc.incident.remind_of_papers")
def remind_of_papers(actor: Actor, *, key: int, at: datetime) -> int:
    """Tell of one incident's papers (by its primary key); return of how many.

    Raises:
        PermissionRefused: when the actor may not edit for the ward; the system may.
    """
    incident: Incident = (
        Incident.objects.unscoped(WHY)
        .select_related("organisation")
        .select_for_update(of=("self",))
        .get(pk=key)
    )
    require(actor, Verb.EDIT, incident.organisation)
    late, soon = _to_tell(incident, at)
    for duty in late:
        duty.overdue_told_at = at
        duty.save(update_fields=["overdue_told_at"])
    for duty in soon:
        duty.warned_at = at
        duty.save(update_fields=["warned_at"])
    for kind, duties, words in (
        ("soc.incident.paper_late", late, "が期限を過ぎました"),
        ("soc.incident.paper_due", soon, "の期限が近づいています"),
    ):
        for duty in duties:
            tell(
                actor,
                incident,
                kind,
                f"の「{TITLES[DutyCode(duty.code)].ja}」{words}。",
                data={"paper": duty.code, "round": duty.round, "due_at": duty.due_at},
            )
    if not late and not soon:
        record_nothing("no paper is due soon or late")
    return len(late) + len(soon)


def _to_tell(incident: Incident, at: datetime) -> tuple[list[Duty], list[Duty]]:
    """Return the papers that are late and untold, and those to be reminded of."""
    open_duties = list(
        Duty.objects.unscoped(WHY).filter(incident=incident, state__in=OPEN_STATES, due_at__isnull=False)
    )
    late = [duty for duty in open_duties if duty.due_at and duty.due_at <= at and not duty.overdue_told_at]
    warn_at = {fact.code: fact.warn_at for fact in duties_of(duty_case(incident, standing_of(incident)))}
    soon = [
        duty
        for duty in open_duties
        if duty.due_at
        and duty.due_at > at
        and duty.warned_at is None
        and duty.round == incident.round
        and incident.state not in ENDED_STATES
        and (warn := warn_at.get(DutyCode(duty.code))) is not None
        and warn <= at
    ]
    return late, soon
