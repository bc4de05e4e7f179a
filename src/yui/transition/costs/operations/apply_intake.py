"""Importing a kept file: all of its good rows or none, once."""

import errno

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from yui.kernel.exchange.errors import DatabaseUnavailable, ExchangeError, FileRefused, StorageFull
from yui.kernel.lake.errors import LakeError
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.engine.progress import Progress, no_progress
from yui.transition.costs.kept_files import let_go, path_of
from yui.transition.costs.models import FileIntake, IntakeState
from yui.transition.costs.models.file_intake import CAN_BE_APPLIED
from yui.transition.costs.operations.intakes import (
    RESULT,
    KeptFileGone,
    locked,
    refuse_unless,
    take_outcome,
    take_refusal,
)
from yui.transition.costs.operations.take_in_file import Outcome, take_in_file

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def apply_intake(actor: Actor, pk: int, progress: Progress = no_progress) -> FileIntake:
    """Import the intake's file.

    The bill, its lake files, the roll-up and the ledger entry appear in one transaction. After ``kill -9`` at
    any moment the intake can be applied again: what was not committed has left nothing visible, and what was
    is found by its hash and not imported twice.

    Args:
        progress: what it raises ends the work, and nothing is imported.

    Raises:
        FileIntake.DoesNotExist: for an intake that the actor may not see.
        PermissionRefused: when the actor may not import for its organisation.
        WrongState: for one that was given up or never read.
        ExchangeError, LakeError: saying what to do; nothing was imported, and the intake keeps the reason.
    """
    intake = FileIntake.objects.visible_to(actor).select_related("organisation").get(pk=pk)
    require(actor, Verb.IMPORT, intake.organisation)
    if intake.state == IntakeState.APPLIED:
        return intake
    refuse_unless(intake, CAN_BE_APPLIED)
    begun = _begin(actor, intake=intake)
    try:
        applied = _end(actor, intake=begun, outcome=_imported(actor, begun, progress))
    except (ExchangeError, LakeError, DatabaseError, InterfaceError) as error:
        reason = _reason_of(error)
        _fail_if_possible(actor, begun, reason)
        if reason is error:
            raise
        raise reason from error
    let_go(applied.kept_as)
    return applied


def _imported(actor: Actor, intake: FileIntake, progress: Progress) -> Outcome:
    path = path_of(intake.kept_as)
    if not path.is_file():
        raise KeptFileGone
    return take_in_file(
        actor,
        organisation=intake.organisation,
        path=path,
        file_name=intake.file_name,
        kind=intake.kind,
        sha256=intake.sha256,
        progress=progress,
    )


def _reason_of(error: Exception) -> ExchangeError | LakeError:
    """Return what to tell people about a fault."""
    if isinstance(error, ExchangeError | LakeError):
        return error
    if "disk is full" in str(error) or "No space left" in str(error):
        return StorageFull()
    if isinstance(error, OperationalError | InterfaceError):
        return DatabaseUnavailable()
    raise error


@operation("costs.intake.begin")
def _begin(actor: Actor, *, intake: FileIntake) -> FileIntake:
    """Mark the intake as being applied; a second beginning keeps the time of the first."""
    intake = locked(actor, intake)
    refuse_unless(intake, CAN_BE_APPLIED)
    if intake.state == IntakeState.APPLYING and intake.started_at:
        record_nothing("an earlier attempt was broken off")
        return intake
    intake.state, intake.failure, intake.started_at = IntakeState.APPLYING, "", timezone.now()
    intake.save(update_fields=["state", "failure", "started_at", "updated_at"])
    record(
        intake.organisation,
        subject=urn("costs.intake", intake.pk),
        summary=f"「{intake.file_name}」の取り込みを始めました",
    )
    return intake


@operation("costs.intake.end")
def _end(actor: Actor, *, intake: FileIntake, outcome: Outcome) -> FileIntake:
    """Write down what became of the rows."""
    intake = locked(actor, intake)
    if intake.state == IntakeState.APPLIED:
        record_nothing("another process ended the intake")
        return intake
    take_outcome(intake, outcome)
    if outcome.bill is not None and intake.started_at is not None:
        # An attempt that was killed after its commit has imported the bill already.
        intake.is_new = outcome.is_new or outcome.bill.created_at >= intake.started_at
    intake.state, intake.finished_at = IntakeState.APPLIED, timezone.now()
    intake.save(update_fields=RESULT)
    record(
        intake.organisation,
        subject=urn("costs.intake", intake.pk),
        summary=f"「{intake.file_name}」の取り込みを終えました({intake.rows_accepted:,}行)",
        data={"bill": intake.bill_id, "rows": intake.rows_accepted, "rejected": intake.rows_rejected},
    )
    return intake


def _fail_if_possible(actor: Actor, intake: FileIntake, error: Exception) -> None:
    """Write the reason down where the database still answers; the intake can be applied again either way."""
    if not connection.in_atomic_block and not connection.is_usable():
        connection.close()
    try:
        _fail(actor, intake=intake, error=error)
    except (DatabaseError, InterfaceError):
        return


@operation("costs.intake.fail")
def _fail(actor: Actor, *, intake: FileIntake, error: Exception) -> None:
    """Write down why nothing was imported."""
    intake = locked(actor, intake)
    if intake.state == IntakeState.APPLIED:
        record_nothing("another process applied the intake")
        return
    take_refusal(intake, error)
    intake.state, intake.finished_at = IntakeState.FAILED, timezone.now()
    intake.save(update_fields=RESULT)
    record(
        intake.organisation,
        subject=urn("costs.intake", intake.pk),
        summary=f"「{intake.file_name}」を取り込めませんでした",
        data={"refused": isinstance(error, FileRefused)},
    )
