"""Large files are read and imported by a worker."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import Verb
from yui.kernel.tasks.errors import JobFailed
from yui.kernel.tasks.registry import job
from yui.kernel.tasks.run import JobRun
from yui.transition.costs.engine.progress import Progress, Step
from yui.transition.costs.operations.apply_intake import apply_intake
from yui.transition.costs.operations.preview_intake import preview_intake


@job("costs.preview", title=gettext_lazy("コストのファイルの確認"), verb=Verb.IMPORT)
def preview(run: JobRun, *, intake: int) -> dict[str, Any]:
    """Read a large file and keep what it holds."""
    read = preview_intake(run.actor, intake, _reporter(run))
    return {"read": read.rows_read, "rejected": read.rows_rejected}


@job("costs.apply", title=gettext_lazy("コストのファイルの取り込み"), verb=Verb.IMPORT)
def apply(run: JobRun, *, intake: int) -> dict[str, Any]:
    """Import a large file."""
    try:
        applied = apply_intake(run.actor, intake, _reporter(run))
    except (ExchangeError, LakeError) as error:
        raise JobFailed(str(error)) from error
    return {
        "read": applied.rows_read,
        "accepted": applied.rows_accepted,
        "rejected": applied.rows_rejected,
        "outside": applied.rows_outside,
    }


def _reporter(run: JobRun) -> Progress:
    """Return a progress function that also stops the work when somebody cancels the job."""

    def report(step: Step, percent: int) -> None:
        text = {
            Step.READING: _("行を読んで確かめています"),
            Step.STORING: _("保存先に書いています"),
            Step.RECORDING: _("記録しています"),
        }[step]
        # Reading is nearly all of the work, so the bar is its bar.
        run.progress(percent if step is Step.READING else 100, 100, text)
        run.check_cancelled()

    return report
