"""Write a line into the timeline of an incident."""

from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor
from yui.security.soc.models import Incident, IncidentNote, Tlp
from yui.security.soc.operations.alerts.locking import bounded
from yui.security.soc.operations.incidents.locking import locked_incident, tell


@operation("soc.incident.add_note")
def add_note(
    actor: Actor, *, incident: Incident, text: str, tlp: str = Tlp.AMBER.value, for_wards: bool = False
) -> IncidentNote:
    """Write down what was found or done; ``for_wards`` lets the other wards read it (TLP:CLEAR or GREEN).

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ValidationError: for an empty text, or one for other wards whose TLP forbids that.
    """
    stored = locked_incident(actor, incident)
    note = IncidentNote(
        incident=stored,
        text=bounded(text, 8000),
        tlp=tlp,
        for_wards=for_wards,
        written_by_id=actor.user_id,
    )
    save_checked(note)
    tell(actor, stored, "soc.incident.add_note", "に記録を加えました。", data={"note": note.pk, "tlp": tlp})
    return note
