"""Large files are examined by a worker."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.lake.errors import LakeError
from yui.kernel.policy import Verb
from yui.kernel.tasks.errors import JobFailed
from yui.kernel.tasks.registry import job
from yui.kernel.tasks.run import JobRun
from yui.transition.costs.kept_checks import kept_check
from yui.transition.costs.queries.focus_check import check_focus_file

CHECK_FOCUS = "costs.check_focus"


@job(CHECK_FOCUS, title=gettext_lazy("FOCUSの検査"), verb=Verb.IMPORT)
def check_focus(run: JobRun, *, key: str) -> dict[str, Any]:
    """Examine a kept file; doing it twice gives the same report."""
    kept = kept_check(key)
    if kept is None or (kept.report is None and not kept.upload.is_file()):
        raise JobFailed(_("検査するファイルが見つかりません。もう一度選んでください。"))
    report = kept.report
    if report is None:

        def on_step(done: int, total: int) -> None:
            run.progress(done, total, _("規則を数えています"))
            run.check_cancelled()

        run.progress(0, None, _("ファイルを読んでいます"))
        try:
            report = check_focus_file(
                kept.upload,
                file_name=kept.file_name,
                version=kept.version,
                criteria=kept.criteria,
                on_step=on_step,
            )
        except (FileRefused, LakeError) as error:
            raise JobFailed(str(error)) from error
        kept.keep_report(report)
    return report.summary
