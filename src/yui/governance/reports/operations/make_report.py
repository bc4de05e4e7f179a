"""Make the report of a period, or make it again from newer data."""

from dataclasses import dataclass

from yui.governance.reports.engine.content import Content
from yui.governance.reports.models import Edition, Report, ReportPlan
from yui.governance.reports.operations.editions import add_edition, noted, subject_of
from yui.governance.reports.operations.telling import tell_approvers
from yui.governance.reports.policies import verb_of_change
from yui.governance.reports.queries.content import compose
from yui.governance.reports.queries.periods import require_over
from yui.kernel.calendar_jp import Period
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require


@dataclass(frozen=True)
class Made:
    """The report, and the edition that was added, ``None`` where nothing had changed."""

    report: Report
    edition: Edition | None


def make_report(
    actor: Actor, *, plan: ReportPlan, period: Period, is_demonstration: bool | None = None
) -> Made:
    """Make the report of a period; made again, it gets a new edition only if it says something else.

    What it says is put together before anything is written, so that nobody waits.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation; for a closed report approve.
        PeriodNotOver: when the period has not ended.
    """
    if not allows(actor, Verb.EDIT, plan.organisation):
        raise PermissionRefused(actor, Verb.EDIT)
    require_over(period)
    content = compose(plan, period, is_demonstration=is_demonstration)
    return keep_report(actor, plan=plan, period=period, content=content)


@operation("reports.report.make")
def keep_report(actor: Actor, *, plan: ReportPlan, period: Period, content: Content) -> Made:
    """Keep what was put together for a period as the report's next edition, with the notes it has.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation; for a closed report approve.
    """
    owner = plan.organisation
    require(actor, Verb.EDIT, owner)
    plans = ReportPlan.objects.owned_by(owner).select_for_update()
    plans.get(pk=plan.pk)
    known = Report.objects.owned_by(owner).select_related("organisation", "plan")
    stored = known.filter(plan=plan, first_day=period.start).first()
    is_new = stored is None
    if stored is None:
        stored = Report(
            organisation=owner,
            visibility=plan.visibility,
            plan=plan,
            kind=plan.kind,
            first_day=period.start,
        )
        stored.full_clean()
        stored.save()
    require(actor, verb_of_change(stored), owner)
    edition = add_edition(stored, noted(stored, content))
    if edition is None:
        record_nothing("the data say the same as before")
        return Made(stored, None)
    stored.save()
    record(
        owner,
        subject=subject_of(stored),
        summary=f"{stored}の第{edition.number}版をつくりました。",
        data={"edition": edition.number, "sha256": edition.sha256},
        visibility=stored.visibility,
    )
    if is_new:
        tell_approvers(stored)
    return Made(stored, edition)
