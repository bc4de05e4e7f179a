"""架空データ: plans of all wards together and of two wards, with reports, one of them public."""

from yui.governance.indicators.public import indicators
from yui.governance.reports.facts import ItemFacts, NoteFacts, PlanFacts
from yui.governance.reports.models import Report, ReportKind, ReportPlan
from yui.governance.reports.operations import (
    add_note,
    close_report,
    make_report,
    publish_report,
    save_plan,
)
from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.operations import enqueue
from yui.organisations.public import SECRETARIAT_CODE

MONTHS = 3
WARDS = 2
PUBLIC_LEVELS = ("KGI", "KSI")
"""What the made-up council lets everybody read."""

NOTES = (
    NoteFacts(
        "decision",
        "共同調達の対象をネットワーク機器へ広げるかを、次の協議会で決めてください。",
        80,
    ),
    NoteFacts(
        "change", "BPR伴走支援の対象部署が増えました。支援チームを2名ふやした効果です。", 75, is_public=True
    ),
    NoteFacts("risk", "年度末に移行が集中します。要員の見通しを区ごとに確かめてください。", 70),
)


def seed(demo: Demonstration) -> None:
    """Make the joint reports of the last months, every one saying that it is made up.

    Those of two wards and of the year take as long again: the worker makes them when it starts.
    """
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    joint = _plan(demo, secretariat, ReportKind.MONTHLY)
    months = Month.between(demo.last_month.shift(1 - MONTHS), demo.last_month)
    for month in months:
        report = _make(demo, joint, Period.of_month(month))
        _finish(demo, report, is_published=month == months[0], is_last=month == months[-1])
    for ward in demo.wards[:WARDS]:
        plan = _plan(demo, ward, ReportKind.MONTHLY)
        for month in months:
            _make_later(demo, plan, Period.of_month(month))
    year = FiscalYear.of(demo.last_month.first_day).previous()
    _make_later(demo, _plan(demo, secretariat, ReportKind.ANNUAL), Period.of_fiscal_year(year))


def _plan(demo: Demonstration, organisation: Organisation, kind: ReportKind) -> ReportPlan:
    items = tuple(ItemFacts(each.code, each.level in PUBLIC_LEVELS) for each in indicators())
    titles = {ReportKind.MONTHLY: "協議会への月次報告", ReportKind.ANNUAL: "協議会への年次報告"}
    facts = PlanFacts(kind.value, titles[kind], items)
    return save_plan(demo.actor, organisation=organisation, facts=facts)


def _make(demo: Demonstration, plan: ReportPlan, period: Period) -> Report:
    return make_report(demo.actor, plan=plan, period=period, is_demonstration=True).report


def _make_later(demo: Demonstration, plan: ReportPlan, period: Period) -> None:
    enqueue(demo.actor, plan.organisation, "reports.remake", plan=plan.pk, first_day=period.start.isoformat())


def _finish(demo: Demonstration, report: Report, *, is_published: bool, is_last: bool) -> None:
    """Write notes; all but the last report are closed, the first is published."""
    for note in NOTES:
        add_note(demo.actor, report=report, facts=note)
    if is_last:
        return
    close_report(demo.actor, report=report)
    if is_published:
        publish_report(demo.actor, report=report)
