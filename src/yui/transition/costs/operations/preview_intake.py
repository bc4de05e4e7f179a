"""Reading a kept file, without importing anything."""

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.lake.errors import LakeError
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.engine.progress import Progress, no_progress
from yui.transition.costs.kept_files import path_of
from yui.transition.costs.models import FileIntake, IntakeState
from yui.transition.costs.operations.intakes import (
    RESULT,
    KeptFileGone,
    locked,
    refuse_unless,
    take_outcome,
    take_refusal,
)
from yui.transition.costs.operations.take_in_file import Outcome, preview_file

CAN_BE_READ = (IntakeState.KEPT, IntakeState.PREVIEWED, IntakeState.FAILED)


def preview_intake(actor: Actor, pk: int, progress: Progress = no_progress) -> FileIntake:
    """Read the intake's file and keep what it holds; one that cannot be taken ends as 失敗 with the reason.

    Reading happens outside any transaction, so that a large file holds no lock.

    Raises:
        FileIntake.DoesNotExist: for an intake that the actor may not see.
        PermissionRefused: when the actor may not import for its organisation.
        WrongState: for one that is imported or given up.
    """
    intake = FileIntake.objects.visible_to(actor).select_related("organisation").get(pk=pk)
    require(actor, Verb.IMPORT, intake.organisation)
    refuse_unless(intake, CAN_BE_READ)
    found: Outcome | Exception
    try:
        path = path_of(intake.kept_as)
        if not path.is_file():
            raise KeptFileGone
        found = preview_file(
            actor,
            organisation=intake.organisation,
            path=path,
            file_name=intake.file_name,
            kind=intake.kind,
            sha256=intake.sha256,
            progress=progress,
        )
    except (FileRefused, KeptFileGone, LakeError) as error:
        found = error
    return _keep_findings(actor, intake=intake, found=found)


@operation("costs.intake.preview")
def _keep_findings(actor: Actor, *, intake: FileIntake, found: Outcome | Exception) -> FileIntake:
    """Write what was found into the intake."""
    intake = locked(actor, intake)
    refuse_unless(intake, CAN_BE_READ)
    if isinstance(found, Outcome):
        intake.state = IntakeState.PREVIEWED
        take_outcome(intake, found)
    else:
        intake.state = IntakeState.FAILED
        take_refusal(intake, found)
    intake.save(update_fields=RESULT)
    record(
        intake.organisation,
        subject=urn("costs.intake", intake.pk),
        summary=(
            f"コストのファイル「{intake.file_name}」を確かめました"
            f"({intake.rows_read:,}行、誤り {intake.rows_rejected:,}行)"
        ),
        data={"read": intake.rows_read, "rejected": intake.rows_rejected, "refused": bool(intake.failure)},
    )
    return intake
