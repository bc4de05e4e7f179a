"""Reports that others read hold no ward's secret, whatever every room has to say about its records."""

import pytest

from tests.walk.test_walk import OTHER_SECRET, SECRET, made_once, walked
from yui.governance.indicators.public import indicators
from yui.governance.reports.facts import ItemFacts, PlanFacts
from yui.governance.reports.models import Edition, ReportPlan
from yui.governance.reports.operations import make_report, save_plan
from yui.kernel.calendar_jp import FiscalYear, Month, Period, today
from yui.kernel.explanations.registry import explainers
from yui.organisations.public import SECRETARIAT_CODE

__all__ = ["made_once", "walked"]

pytestmark = pytest.mark.django_db


def test_no_secret_reaches_a_report_of_somebody_else(walked, organisations, system_actor):
    secretariat, shinjuku = organisations[SECRETARIAT_CODE], organisations["131041"]
    items = tuple(ItemFacts(each.code, is_public=True) for each in indicators())
    joint = [
        save_plan(system_actor, organisation=secretariat, facts=PlanFacts(kind, "協議会への報告", items))
        for kind in ("monthly", "annual")
    ]
    of_ward = ReportPlan.objects.owned_by(shinjuku).select_related("organisation").get()
    last = Month.of(today()).previous()
    for month in (Month(2026, 5), last.previous(), last):
        for plan in (joint[0], of_ward):
            make_report(system_actor, plan=plan, period=Period.of_month(month))
    make_report(system_actor, plan=joint[1], period=Period.of_fiscal_year(FiscalYear(2025)))
    told = Edition.objects.unscoped("test").exclude(report__organisation=walked.ward)
    assert told.filter(report__organisation=secretariat).count() == 4
    for edition in told:
        assert SECRET not in edition.content, str(edition.report)
        if edition.report.organisation == secretariat:
            assert OTHER_SECRET not in edition.content, str(edition.report)
    assert len(explainers()) >= 7
    assert any("statements" in each.content and '"room"' in each.content for each in told)
