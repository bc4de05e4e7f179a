"""Gives a file up before it is applied."""

from django.utils import timezone

from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.models.import_run import CAN_BE_CANCELLED
from yui.kernel.exchange.operations.runs import locked, refuse_unless
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor


@operation("exchange.run.cancel")
def cancel_run(actor: Actor, *, run: ImportRun) -> ImportRun:
    """Give the run up; the file stays kept, its rows are never applied.

    Raises:
        PermissionRefused: where the actor may not import for the run's organisation.
        WrongState: for a run that is applied or given up already.
    """
    current = locked(actor, run)
    refuse_unless(current, CAN_BE_CANCELLED)
    current.state, current.finished_at = RunState.CANCELLED, timezone.now()
    current.save(update_fields=["state", "finished_at", "updated_at"])
    record(run.organisation, subject=run.urn, summary=f"「{run.original_name}」の取り込みをやめました")
    return current
