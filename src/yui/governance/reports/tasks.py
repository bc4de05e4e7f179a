"""The room's jobs: drafts by the timetable, a report made again, the files of an edition."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.governance.reports.models import Edition, ReportPlan
from yui.governance.reports.operations import keep_files, make_report
from yui.governance.reports.operations.keep_files import JOB
from yui.governance.reports.queries.due import plans_due
from yui.governance.reports.queries.periods import period_from
from yui.kernel.calendar_jp import parse_date, today
from yui.kernel.policy import Actor, Verb
from yui.kernel.tasks.registry import job, periodic
from yui.kernel.tasks.run import JobRun


@periodic("reports.due", title=_("報告書の下書き"), daily_at="04:10")
def due(run: JobRun) -> None:
    """Make the drafts that are due today, after the night's measurement of the indicators."""
    for plan, period in plans_due(today()):
        run.check_cancelled()
        make_report(Actor.system("reports"), plan=plan, period=period)


@job("reports.remake", title=_("報告書のつくり直し"), verb=Verb.EDIT)
def remake(run: JobRun, *, plan: int, first_day: str) -> dict[str, Any]:
    """Make the report of a plan and a period again; nothing is added where nothing has changed."""
    found = ReportPlan.objects.visible_to(run.actor).select_related("organisation").get(pk=plan)
    made = make_report(run.actor, plan=found, period=period_from(found.kind, parse_date(first_day)))
    return {"report": made.report.pk, "edition": made.edition.number if made.edition else None}


@job(JOB, title=_("報告書のファイル"), verb=Verb.EXPORT)
def files(run: JobRun, *, edition: int) -> dict[str, Any]:
    """Make and keep the files of an edition; those that are kept already stay."""
    found = Edition.objects.visible_to(run.actor).select_related("report__organisation").get(pk=edition)
    return {"files": len(keep_files(run.actor, edition=found))}
