"""Large files are read and applied by a worker."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.operations import apply_run, preview_run
from yui.kernel.exchange.reading import Progress
from yui.kernel.policy import Verb
from yui.kernel.tasks.errors import JobFailed
from yui.kernel.tasks.registry import job
from yui.kernel.tasks.run import JobRun


@job("exchange.preview", title=_("取り込むファイルの確認"), verb=Verb.IMPORT)
def preview(run: JobRun, *, import_run: int) -> dict[str, Any]:
    """Read a large file and keep the findings."""
    read = preview_run(run.actor, import_run, _reporter(run))
    return {"read": read.rows_read, "rejected": read.rows_rejected}


@job("exchange.apply", title=_("ファイルの取り込み"), verb=Verb.IMPORT)
def apply(run: JobRun, *, import_run: int, skip_errors: bool = False) -> dict[str, Any]:
    """Apply a large file."""
    try:
        applied = apply_run(run.actor, import_run, _reporter(run), skip_errors=skip_errors)
    except ExchangeError as error:
        raise JobFailed(str(error)) from error
    return _counts(applied)


def _reporter(run: JobRun) -> Progress:
    """Return a progress function that also stops the work when somebody cancels the job."""

    def report(done: int, total: int) -> None:
        run.progress(done, total or None)
        run.check_cancelled()

    return report


def _counts(run: ImportRun) -> dict[str, Any]:
    """Return what became of the rows."""
    return {
        "read": run.rows_read,
        "accepted": run.rows_accepted,
        "unchanged": run.rows_unchanged,
        "rejected": run.rows_rejected,
    }
