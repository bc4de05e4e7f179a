"""Intakes that wait for a decision."""

from yui.governance.statistics.errors import NotWaiting
from yui.governance.statistics.models import Intake, IntakeState


def waiting_intake(intake: Intake) -> Intake:
    """Return an intake, locked, with its source.

    Raises:
        NotWaiting: when the file has been loaded or given up.
    """
    found = Intake.objects.owned_by(intake.source.organisation).select_for_update()
    stored: Intake = found.get(pk=intake.pk)
    if stored.state != IntakeState.WAITING:
        raise NotWaiting
    stored.source = intake.source
    return stored
