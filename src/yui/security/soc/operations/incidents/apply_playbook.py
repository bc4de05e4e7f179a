"""Add a playbook's steps to an incident."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents.errors import UnknownPlaybook
from yui.security.soc.operations.incidents.locking import open_incident_of, tell
from yui.security.soc.operations.incidents.playbook_tasks import add_playbook
from yui.security.soc.playbooks import playbooks


@operation("soc.incident.apply_playbook")
def apply_playbook(actor: Actor, *, incident: Incident, code: str) -> int:
    """Add the steps of a playbook that the incident does not have yet; return how many.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        IncidentEnded: when it has ended.
        UnknownPlaybook: when there is no such playbook.
    """
    stored = open_incident_of(actor, incident)
    playbook = playbooks().get(code)
    if playbook is None:
        raise UnknownPlaybook(code)
    added = add_playbook(stored, playbook)
    if not added:
        record_nothing("the incident has every step already")
        return 0
    tell(
        actor,
        stored,
        "soc.incident.apply_playbook",
        f"に手順書「{playbook.ja}」の{added}件を加えました。",
        data={"playbook": code, "steps": added},
    )
    return added
