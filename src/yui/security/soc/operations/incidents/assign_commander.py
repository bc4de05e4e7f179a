"""Name who commands an incident."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.security.soc.models import Incident
from yui.security.soc.operations.incidents.errors import CannotCommand
from yui.security.soc.operations.incidents.locking import locked_incident, tell
from yui.security.soc.queries.alerts.people import people_for


@operation("soc.incident.assign_commander")
def assign_commander(actor: Actor, *, incident: Incident, person: User | None) -> bool:
    """Let a person command the incident, or nobody; tell whether anything changed.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        CannotCommand: when the person may not work the ward's incidents.
    """
    stored = locked_incident(actor, incident)
    if person is not None and not people_for([stored.organisation]).filter(pk=person.pk).exists():
        raise CannotCommand(person.name)
    if stored.commander_id == (person.pk if person else None):
        record_nothing("the same person commands already")
        return False
    before, stored.commander = stored.commander, person
    stored.save()
    tell(
        actor,
        stored,
        "soc.incident.assign_commander",
        "の指揮を決めました。",
        changes={"commander": [str(before) if before else None, str(person) if person else None]},
    )
    return True
