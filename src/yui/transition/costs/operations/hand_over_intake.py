"""Leaving a large file to a worker."""

from django.utils import timezone

from yui.kernel.exchange.errors import WrongState
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.operations import enqueue
from yui.transition.costs.models import FileIntake, IntakeState
from yui.transition.costs.models.file_intake import CAN_BE_APPLIED
from yui.transition.costs.operations.intakes import locked, open_job_of, refuse_unless
from yui.transition.costs.operations.preview_intake import CAN_BE_READ

FOREGROUND_BYTES = 2 * 2**20
PREVIEW, APPLY = "costs.preview", "costs.apply"


@operation("costs.intake.hand_over")
def hand_over_intake(actor: Actor, *, intake: FileIntake, kind: str) -> Job:
    """Ask for the job ``kind`` (``PREVIEW`` or ``APPLY``) for the intake, and show that it waits.

    Raises:
        PermissionRefused: when the actor may not import for the intake's organisation.
        WrongState: when the intake cannot be read or applied, or a worker has it already.
    """
    intake = locked(actor, intake)
    refuse_unless(intake, CAN_BE_APPLIED if kind == APPLY else CAN_BE_READ)
    if open_job_of(intake) is not None:
        raise WrongState(intake.get_state_display())
    if kind == APPLY and intake.state != IntakeState.APPLYING:
        intake.state, intake.started_at, intake.failure = IntakeState.APPLYING, timezone.now(), ""
    job = enqueue(actor, intake.organisation, kind, job_title=intake.file_name, intake=intake.pk)
    intake.job_id = job.pk
    intake.save(update_fields=["state", "started_at", "failure", "job_id", "updated_at"])
    record(
        intake.organisation,
        subject=urn("costs.intake", intake.pk),
        summary=f"「{intake.file_name}」を処理係に渡しました",
        data={"kind": kind, "job": job.pk},
    )
    return job
