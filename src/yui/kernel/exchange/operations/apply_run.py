"""Applies a file: all of its rows or none, once."""

from collections.abc import Iterator

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.exchange.checking import RowChecker
from yui.kernel.exchange.errors import (
    AlreadyApplied,
    DatabaseUnavailable,
    ExchangeError,
    RowsHaveErrors,
    StorageFull,
    WrongState,
)
from yui.kernel.exchange.importers import Importer, ImportRow, importer_named
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.models.import_run import CAN_BE_APPLIED, ERRORS_KEPT
from yui.kernel.exchange.operations.runs import locked, refuse_unless
from yui.kernel.exchange.reading import REPORT_EVERY, Progress, no_progress, open_checker
from yui.kernel.exchange.storage import NO_ROOM, verified_path
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, require
from yui.kernel.tasks.errors import JobCancelled, JobInterrupted, JobTaken


class ApplyBroken(ExchangeError):
    """Something unforeseen broke off the work, which was rolled back."""

    message = _("取り込みの途中で問題が起きたため、すべて元に戻しました。何も変わっていません。")
    remedy = _("もう一度お試しください。続くときは、管理者にこの画面のアドレスを伝えてください。")


def apply_run(
    actor: Actor, run_id: int, progress: Progress = no_progress, *, skip_errors: bool = False
) -> ImportRun:
    """Apply the run's file in one transaction.

    A run that is already applied is returned as it is, so that a job which is started again does no harm.
    After ``kill -9`` at any moment the run can be applied again, and nothing of the first attempt remains.

    Args:
        progress: called with rows read and rows in all (0 while unknown). What it raises ends the work, and
            everything is rolled back.
        skip_errors: leave out rows with errors instead of refusing the file.

    Raises:
        AlreadyApplied: where the same bytes were applied before for the same organisation.
        RowsHaveErrors: where rows have errors and ``skip_errors`` is not set.
        FileRefused, StorageLost, StorageFull, DatabaseUnavailable: saying what to do; nothing was changed.
        WrongState: for a run that was given up.
    """
    run = ImportRun.objects.visible_to(actor).select_related("organisation").get(pk=run_id)
    importer = importer_named(run.importer)
    require(actor, importer.verb, run.organisation)
    if run.state == RunState.APPLIED:
        return run
    _refuse_second_application(run)
    try:
        _mark_applying(actor, run=run)
        verified_path(run.sha256)
        return _apply(actor, run=run, importer=importer, progress=progress, skip_errors=skip_errors)
    except WrongState:
        raise
    except ExchangeError as error:
        _mark_failed_if_possible(actor, run, error)
        raise
    except (JobInterrupted, JobTaken):
        # Another attempt of the same job goes on with the run.
        raise
    except JobCancelled:
        _mark_waiting(actor, run=run)
        raise
    except (DatabaseError, InterfaceError, OSError) as error:
        refusal = _refusal_for(run, error)
        _mark_failed_if_possible(actor, run, refusal)
        raise refusal from error
    except Exception:
        _mark_failed_if_possible(actor, run, ApplyBroken())
        raise


@operation("exchange.run.start")
def _mark_applying(actor: Actor, *, run: ImportRun) -> None:
    """Show that the file is being applied."""
    current = locked(actor, run)
    refuse_unless(current, CAN_BE_APPLIED)
    current.state, current.started_at, current.failure = RunState.APPLYING, timezone.now(), {}
    current.save(update_fields=["state", "started_at", "failure", "updated_at"])
    record(run.organisation, subject=run.urn, summary=f"「{run.original_name}」の取り込みを始めました")


@operation("exchange.run.apply")
def _apply(
    actor: Actor, *, run: ImportRun, importer: Importer, progress: Progress, skip_errors: bool
) -> ImportRun:
    """Apply the rows and write down what became of them."""
    current = locked(actor, run)
    if current.state == RunState.APPLIED:
        record_nothing("another process applied the run while this one waited for it")
        return current
    refuse_unless(current, CAN_BE_APPLIED)
    _refuse_second_application(current)
    checker = open_checker(actor, current, importer)
    errors: list[dict] = []
    result = importer.apply(actor, _good_rows(checker, errors, progress, run.rows_read), checker.context)
    if checker.rejected and not skip_errors:
        raise RowsHaveErrors(checker.rejected)
    if result.accepted + result.unchanged != checker.read - checker.rejected:
        raise ApplyBroken
    current.state, current.finished_at = RunState.APPLIED, timezone.now()
    current.rows_read, current.rows_rejected, current.errors = checker.read, checker.rejected, errors
    current.rows_accepted, current.rows_unchanged = result.accepted, result.unchanged
    current.save()
    record(
        current.organisation,
        subject=current.urn,
        summary=(
            f"「{current.original_name}」を取り込みました"
            f"(新規 {result.created:,}行、更新 {result.updated:,}行、変更なし {result.unchanged:,}行、"
            f"除外 {checker.rejected:,}行)"
        ),
        data={
            "importer": current.importer,
            "sha256": current.sha256,
            "read": checker.read,
            "created": result.created,
            "updated": result.updated,
            "unchanged": result.unchanged,
            "rejected": checker.rejected,
        },
    )
    return current


def _good_rows(
    checker: RowChecker, errors: list[dict], progress: Progress, total: int
) -> Iterator[ImportRow]:
    """Yield the rows without errors, keeping the first errors of the others."""
    for checked in checker.rows():
        if checker.read % REPORT_EVERY == 0:
            progress(checker.read, total)
        if checked.row is not None:
            yield checked.row
        elif len(errors) < ERRORS_KEPT:
            errors += [error.as_json() for error in checked.errors]
    progress(checker.read, total or checker.read)


def _refuse_second_application(run: ImportRun) -> None:
    """Refuse bytes that the organisation has already taken in."""
    same = ImportRun.objects.owned_by(run.organisation).filter(
        importer=run.importer, sha256=run.sha256, state=RunState.APPLIED
    )
    earlier = same.exclude(pk=run.pk).first()
    if earlier is not None and earlier.finished_at is not None:
        raise AlreadyApplied(f"{earlier.finished_at.astimezone(TOKYO):%Y-%m-%d %H:%M}", earlier.pk)


def _refusal_for(run: ImportRun, error: Exception) -> ExchangeError:
    """Return what to tell people about a fault of the machine."""
    if isinstance(error, OSError):
        return StorageFull() if error.errno in NO_ROOM else ApplyBroken()
    if "disk is full" in str(error) or "No space left" in str(error):
        return StorageFull()
    if isinstance(error, IntegrityError) and "import_run" in str(error):
        return AlreadyApplied(f"{timezone.now().astimezone(TOKYO):%Y-%m-%d %H:%M}", run.pk)
    if isinstance(error, OperationalError | InterfaceError):
        return DatabaseUnavailable()
    return ApplyBroken()


def _mark_failed_if_possible(actor: Actor, run: ImportRun, error: ExchangeError) -> None:
    """Write the reason down where the database still answers; the run can be applied again either way."""
    if not connection.in_atomic_block and not connection.is_usable():
        connection.close()
    try:
        _mark_failed(actor, run=run, error=error)
    except (DatabaseError, InterfaceError):
        return


@operation("exchange.run.stop")
def _mark_waiting(actor: Actor, *, run: ImportRun) -> None:
    """Let a run whose job was cancelled wait for a decision again."""
    current = locked(actor, run)
    if current.state != RunState.APPLYING:
        record_nothing("another process ended the run")
        return
    current.state = RunState.PREVIEWED
    current.save(update_fields=["state", "updated_at"])
    record(run.organisation, subject=run.urn, summary=f"「{run.original_name}」の取り込みを止めました")


@operation("exchange.run.fail")
def _mark_failed(actor: Actor, *, run: ImportRun, error: ExchangeError) -> None:
    """Write down why nothing was applied."""
    current = locked(actor, run)
    if current.state == RunState.APPLIED:
        record_nothing("another process applied the run")
        return
    current.state, current.failure, current.finished_at = RunState.FAILED, error.as_json(), timezone.now()
    current.save(update_fields=["state", "failure", "finished_at", "updated_at"])
    record(run.organisation, subject=run.urn, summary=f"「{run.original_name}」を取り込めませんでした")
