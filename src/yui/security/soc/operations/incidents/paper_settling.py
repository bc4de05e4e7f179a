"""Reads a paper with its incident locked."""

from django.utils.translation import get_language

from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.models import Duty, DutyState, Incident
from yui.security.soc.operations.incidents.errors import AlreadySettled
from yui.security.soc.operations.incidents.locking import locked_incident
from yui.security.soc.queries.incidents.moments import WHY


def title_of(duty: Duty) -> str:
    """Return what the paper is called, in the reader's language."""
    return TITLES[DutyCode(duty.code)].in_language(get_language() or "ja")


def paper_of(actor: Actor, duty: Duty, *states: DutyState) -> tuple[Incident, Duty]:
    """Return the incident, locked, and its paper, which must be in one of the states.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when it is in another state.
    """
    incident = locked_incident(actor, duty.incident)
    stored: Duty = Duty.objects.unscoped(WHY).get(pk=duty.pk, incident=incident)
    if stored.state not in states:
        raise AlreadySettled(title_of(stored), stored.get_state_display())
    return incident, stored
