"""Leaves a large file to a worker."""

from typing import Any

from yui.kernel.exchange.errors import WrongState
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.models.import_run import CAN_BE_APPLIED
from yui.kernel.exchange.operations.runs import locked
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.operations import enqueue

FOREGROUND_ROWS = 5_000
FOREGROUND_BYTES = 2 * 2**20


@operation("exchange.run.hand_over")
def hand_over(actor: Actor, *, run: ImportRun, kind: str, skip_errors: bool = False) -> Job:
    """Ask for the job ``exchange.preview`` or ``exchange.apply`` for the run, and show that it waits.

    Raises:
        PermissionRefused: where the actor may not import for the run's organisation.
        WrongState: for a run that is applied or given up.
    """
    current = locked(actor, run)
    if current.state not in CAN_BE_APPLIED:
        raise WrongState(current.get_state_display())
    options: dict[str, Any] = {"import_run": current.pk}
    if kind == "exchange.apply":
        options["skip_errors"] = skip_errors
        current.state = RunState.APPLYING
    job = enqueue(actor, current.organisation, kind, job_title=current.original_name, **options)
    current.job_id = job.pk
    current.save(update_fields=["state", "job_id", "updated_at"])
    record(
        current.organisation,
        subject=current.urn,
        summary=f"「{current.original_name}」を処理係に渡しました",
        data={"kind": kind, "job": job.pk},
    )
    return job
