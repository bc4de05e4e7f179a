"""Note that an incident touches a system of the registry."""

from datetime import datetime

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.registry.public import systems_by_code
from yui.security.soc.models import AffectedSystem, Incident
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.errors import OtherWard
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.operations.incidents.settling import settle
from yui.security.soc.operations.incidents.stated_times import require_plausible


@operation("soc.incident.affect_system")
def affect_system(
    actor: Actor,
    *,
    incident: Incident,
    system_code: str,
    effect: str = "",
    stopped_at: datetime | None = None,
) -> AffectedSystem:
    """Add a system (its code in the ward's registry) to the incident's present round.

    Until it is contained, the incident counts as not contained, even where that was recorded before.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        OtherWard: when the ward has no such system.
        TimeWrong: when it stopped in the future, or too long ago.
        ValidationError: when it is there already.
    """
    stored = open_incident_of(actor, incident)
    require_plausible(stopped_at, now())
    # The joint body works for the ward without seeing its registry: the permission was checked above.
    system = systems_by_code(Actor.system("incident"), stored.organisation).get(system_code)
    if system is None:
        raise OtherWard(system_code)
    affected = AffectedSystem(
        incident=stored,
        system_id=system.id,
        round=stored.round,
        effect=bounded(effect, 300),
        stopped_at=stopped_at,
    )
    save_checked(affected)
    papers = settle(stored)
    tell(
        actor,
        stored,
        "soc.incident.affect_system",
        f"の影響を受けたシステムに「{system.code}」を加えました。",
        data={"system": system.code, "papers": papers},
    )
    return affected
