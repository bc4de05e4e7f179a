"""The timetable makes drafts on the plan's day, makes up for missed days, and leaves closed ones alone."""

from datetime import date

import pytest

from yui.governance.reports.models import EditionFile, Report
from yui.governance.reports.operations import close_report
from yui.governance.reports.queries import periods
from yui.governance.reports.queries.due import plans_due
from yui.governance.reports.queries.periods import choices_of, last_period
from yui.governance.reports.tests.conftest import editions
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.worker import JobWorker

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(monkeypatch):
    """A function that sets the day, and returns what is due on it."""

    def ask(*day):
        monkeypatch.setattr(periods, "today", lambda: date(*day))
        return [(plan.kind, str(period)) for plan, period in plans_due(date(*day))]

    return ask


def test_a_month_is_due_from_the_plans_day_on(plan_of, minato, on, figures, rooms):
    plan_of(minato, day_of_month=5)
    assert on(2026, 11, 4) == []
    for day in (5, 6, 28):
        assert on(2026, 11, day) == [("monthly", "2026-10-01/2026-10-31")]


def test_a_draft_is_made_again_on_that_day_and_a_closed_report_never(own, on, system_actor):
    assert on(2026, 11, 5) == [("monthly", "2026-10-01/2026-10-31")]
    assert on(2026, 11, 6) == []
    close_report(system_actor, report=own)
    assert on(2026, 11, 5) == []


def test_a_year_is_due_from_april_to_june(plan_of, minato, on):
    plan_of(minato, kind="annual", day_of_month=5)
    year = ("annual", "2025-04-01/2026-03-31")
    assert [on(2026, *day) for day in ((4, 5), (5, 7), (6, 30), (7, 5), (11, 5))] == [
        [year], [year], [year], [], [],
    ]  # fmt: skip


def test_an_inactive_plan_is_left_alone(plan_of, minato, on):
    plan_of(minato, is_active=False)
    assert on(2026, 11, 5) == []


def test_periods_that_are_over_can_be_chosen(monkeypatch):
    monkeypatch.setattr(periods, "today", lambda: date(2026, 4, 1))
    assert [text for text, _label in choices_of("monthly", 2)] == ["2026-03", "2026-02"]
    assert choices_of("annual", 1)[0][0] == "2025"
    assert str(last_period("annual")) == "2025-04-01/2026-03-31"


def test_the_worker_makes_files_and_reports_again(own, minato, system_actor):
    close_report(system_actor, report=own)
    enqueue(system_actor, minato, "reports.remake", plan=own.plan_id, first_day="2026-09-01")
    JobWorker().drain()
    assert EditionFile.objects.unscoped("test").filter(edition=editions(own)[-1]).count() in (4, 6)
    assert Report.objects.unscoped("test").filter(first_day=date(2026, 9, 1)).exists()
