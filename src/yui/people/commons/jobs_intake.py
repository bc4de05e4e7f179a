"""Exports that were uploaded are taken in by a worker."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.exchange.errors import StorageLost
from yui.kernel.exchange.storage import verified_path
from yui.kernel.policy import Verb
from yui.kernel.scope.models import Visibility
from yui.kernel.tasks.errors import JobFailed
from yui.kernel.tasks.registry import job
from yui.kernel.tasks.run import JobRun
from yui.people.commons.formats.export_files import ExportUnusable
from yui.people.commons.models import IntakeFormat
from yui.people.commons.operations.intake.take_in import IntakeChoices, take_in

INTAKE = "commons.intake"


@job(INTAKE, title=gettext_lazy("投稿の取り込み"), verb=Verb.IMPORT)
def take_in_export(
    run: JobRun,
    *,
    sha256: str,
    name: str,
    source: str,
    visibility: str,
    solved_reactions: Sequence[str],
    all_messages: bool,
) -> dict[str, Any]:
    """Take a kept file in; doing it again finds everything known."""

    def told(done: int) -> None:
        run.progress(done, None, _("スレッドを取り込んでいます"))
        run.check_cancelled()

    choices = IntakeChoices(
        IntakeFormat(source), Visibility(visibility), tuple(solved_reactions), all_messages
    )
    try:
        intake = take_in(
            run.actor,
            organisation=run.organisation,
            path=verified_path(sha256),
            file_name=name,
            choices=choices,
            progress=told,
        )
    except (ExportUnusable, StorageLost) as error:
        raise JobFailed(str(error)) from error
    return {
        "intake": intake.pk,
        "questions": intake.questions,
        "answers": intake.answers,
        "skipped": intake.skipped_count,
    }
