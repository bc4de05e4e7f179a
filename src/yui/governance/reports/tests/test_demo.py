"""The demonstration reports three months, publishes one, and says everywhere that it is made up."""

import json

import pytest

from yui.governance.reports.demo import seed
from yui.governance.reports.models import Edition, Report, ReportPlan
from yui.governance.reports.queries.reports import public_reports
from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.tasks.models import Job

pytestmark = pytest.mark.django_db


def test_three_months_are_reported_and_one_is_public(minato, shinjuku, figures, rooms, settings):
    settings.IS_DEMONSTRATION = False
    seed(Demonstration(Month(2026, 8), Month(2026, 10), [minato, shinjuku]))
    reports = Report.objects.unscoped("test").order_by("first_day")
    assert [each.state for each in reports] == ["published", "closed", "draft"]
    assert ReportPlan.objects.unscoped("test").count() == 4
    assert Job.objects.unscoped("test").filter(kind="reports.remake").count() == 7
    assert [each.period_text for each in public_reports()] == ["2026年8月"]
    for edition in Edition.objects.unscoped("test"):
        for told in json.loads(edition.content)["languages"].values():
            assert told["notice"]
