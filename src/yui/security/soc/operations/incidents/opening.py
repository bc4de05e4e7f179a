"""How an incident comes into being: its number, its first moments, its playbook."""

from datetime import datetime

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import Incident, MomentKind, MomentSource
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.facts import CaseFacts
from yui.security.soc.operations.incidents.moment_writing import write_moment
from yui.security.soc.operations.incidents.playbook_tasks import add_playbook
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.playbooks import playbook_for

LONGEST_SUMMARY = 4000


def next_number(ward: Organisation, at: datetime) -> str:
    """Return the ward's next number of the calendar year (Tokyo), such as ``131032-2026-001``.

    Each ward counts for itself, so that no number tells how many incidents others have. The ward's row is
    locked: two people who open one at the same moment get two numbers.
    """
    Organisation.objects.select_for_update().get(pk=ward.pk)
    stem = f"{ward.code}-{at.astimezone(TOKYO).year}-"
    numbers = Incident.objects.owned_by(ward).filter(number__startswith=stem).order_by()
    taken = [int(number.removeprefix(stem)) for number in numbers.values_list("number", flat=True)]
    return f"{stem}{max(taken, default=0) + 1:03d}"


def begin(actor: Actor, ward: Organisation, facts: CaseFacts, *, recorded_at: datetime) -> Incident:
    """Save the incident itself, without any moment yet.

    Raises:
        ValidationError: naming each field that is wrong.
    """
    values = facts.values() | {
        "title": bounded(facts.title, 160),
        "summary": bounded(facts.summary, LONGEST_SUMMARY),
    }
    incident = Incident(
        organisation=ward,
        number=next_number(ward, recorded_at),
        reported_by_id=actor.user_id,
        **values,
    )
    save_checked(incident)
    return incident


def first_moments(
    actor: Actor,
    incident: Incident,
    *,
    recorded_at: datetime,
    detected_at: datetime,
    source: MomentSource,
    acknowledged_at: datetime | None = None,
    occurred_at: datetime | None = None,
    occurred_until: datetime | None = None,
) -> list[str]:
    """Write when it was detected and what else is known, apply its playbook, and settle state and papers.

    Raises:
        MomentsContradict: when the times do not agree with each other.
    """
    write_moment(actor, incident, MomentKind.DETECTED, detected_at, recorded_at=recorded_at, source=source)
    if occurred_at is not None:
        write_moment(
            actor,
            incident,
            MomentKind.OCCURRED,
            occurred_at,
            recorded_at=recorded_at,
            source=source,
            until=occurred_until,
        )
    if acknowledged_at is not None:
        write_moment(
            actor, incident, MomentKind.ACKNOWLEDGED, acknowledged_at, recorded_at=recorded_at, source=source
        )
    add_playbook(incident, playbook_for(incident.category))
    return settle(incident)
