"""Giving a kept file up."""

from django.utils import timezone

from yui.kernel.exchange.errors import WrongState
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.transition.costs.kept_files import let_go
from yui.transition.costs.models import FileIntake, IntakeState
from yui.transition.costs.models.file_intake import OPEN_STATES
from yui.transition.costs.operations.intakes import locked, open_job_of, refuse_unless

CAN_BE_CANCELLED = (*OPEN_STATES, IntakeState.FAILED)


@operation("costs.intake.cancel")
def cancel_intake(actor: Actor, *, intake: FileIntake) -> FileIntake:
    """Give the intake up; its file is removed and nothing of it is ever imported.

    Raises:
        PermissionRefused: when the actor may not import for the intake's organisation.
        WrongState: for one that a worker has, that is imported or given up.
    """
    intake = locked(actor, intake)
    refuse_unless(intake, CAN_BE_CANCELLED)
    if open_job_of(intake) is not None:
        raise WrongState(intake.get_state_display())
    intake.state, intake.finished_at = IntakeState.CANCELLED, timezone.now()
    intake.save(update_fields=["state", "finished_at", "updated_at"])
    let_go(intake.kept_as)
    record(
        intake.organisation,
        subject=urn("costs.intake", intake.pk),
        summary=f"「{intake.file_name}」の取り込みをやめました",
    )
    return intake
