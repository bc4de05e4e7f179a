"""Plans of the secretariat and of 港区, and figures measured for all wards."""

import datetime
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction

from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.reports.facts import ItemFacts, PlanFacts
from yui.governance.reports.models import Edition, Report
from yui.governance.reports.operations import make_report, save_plan
from yui.governance.tests.fixtures import in_japanese, sara, secretariat, sven
from yui.kernel.calendar_jp import TOKYO, Month, Period
from yui.kernel.explanations import registry
from yui.kernel.scope.models import Organisation, Visibility

__all__ = ["in_japanese", "sara", "secretariat", "sven"]

OCTOBER = Month(2026, 10)
PERIOD = Period.of_month(OCTOBER)
ITEMS = (ItemFacts("1-KSI-1", is_public=True), ItemFacts("1-KGI-1"), ItemFacts("2-KPI-1"))
MEASURED = datetime.datetime(2026, 11, 2, 2, 30, tzinfo=TOKYO)


@pytest.fixture
def rooms(monkeypatch):
    """Let only those rooms speak that a test registers; return the registry."""
    monkeypatch.setattr(registry, "_explainers", {})
    return registry


def figure(owner, code, scope, month, value):
    """A stored figure."""
    return IndicatorSnapshot(
        organisation=owner,
        visibility=Visibility.WARDS,
        indicator_code=code,
        scope_code=scope,
        month=month.first_day,
        value=value,
        status="late",
        definition="test",
        measured_at=MEASURED,
    )


@pytest.fixture
def figures(secretariat):
    """BPR rises by a point a month, jointly and, each from its own height, in every ward."""
    months = Month.between(OCTOBER.shift(-18), OCTOBER)
    wards = Organisation.objects.wards()
    heights = [(secretariat, "joint", 40), *((ward, ward.code, 20 + ward.sort_order) for ward in wards)]
    IndicatorSnapshot.objects.bulk_create(
        figure(owner, "1-KSI-1", scope, month, Decimal(height + month.index - OCTOBER.index))
        for owner, scope, height in heights
        for month in months
    )


@pytest.fixture
def plan_of(system_actor):
    """A function that makes an organisation's plan."""

    def make(organisation, kind="monthly", title="内部の型", items=ITEMS, **more):
        return save_plan(system_actor, organisation=organisation, facts=PlanFacts(kind, title, items, **more))

    return make


@pytest.fixture
def joint(plan_of, secretariat, figures, rooms, system_actor):
    """The joint report of October 2026, a draft; no room speaks."""
    return make_report(system_actor, plan=plan_of(secretariat), period=PERIOD).report


@pytest.fixture
def own(plan_of, minato, figures, rooms, system_actor):
    """The report of 港区 of October 2026, a draft; no room speaks."""
    return make_report(system_actor, plan=plan_of(minato), period=PERIOD).report


def editions(report, audience="council"):
    """The editions of a report, oldest first."""
    return list(Edition.objects.unscoped("test").filter(report=report, audience=audience).order_by("number"))


def fresh(report):
    """A report as stored now."""
    return Report.objects.unscoped("test").select_related("organisation", "plan").get(pk=report.pk)


@pytest.fixture
def transactional():
    """A function that opens a block after which the database is as before: one for each example."""

    @contextmanager
    def block():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return block
