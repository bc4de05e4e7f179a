"""The joint CSIRT speaks in numbers: no incident, victim or system is named."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import Month, now, today
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope
from yui.security.soc.explaining import explain
from yui.security.soc.models import Duty, MomentKind
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents.facts import SeverityFacts
from yui.security.soc.tests.incident_records import HOUR, moments, start

pytestmark = pytest.mark.django_db
SECRET = "港区だけの不審な通信"


@pytest.fixture
def month():
    """The month in which the incidents of the tests were detected."""
    return Month.of((now() - 2 * HOUR).astimezone().date())


@pytest.fixture
def incident(system_actor, minato):
    """A serious incident, contained an hour after its detection."""
    opened = start(system_actor, minato, hours_ago=2, title=SECRET)
    at = moments(opened)[0].at + HOUR
    incidents.record_moment(system_actor, incident=opened, kind=MomentKind.CONTAINED, at=at, note="試験")
    return opened


def said_to(actor, scope, month):
    """What is said, by code."""
    return {each.code: each for each in explain(actor, scope, month)}


def test_nothing_is_said_where_nobody_looked(minato, alice, actor_of):
    assert explain(actor_of(alice), MeasureScope(minato), Month.of(today())) == []


def test_incidents_are_counted_and_the_time_to_contain_told(incident, alice, minato, actor_of, month):
    said = said_to(actor_of(alice), MeasureScope(minato), month)
    assert said["none_serious"].topic == Topic.CHANGE
    assert "1件" in said["contained"].text and "平均1.0時間" in said["contained"].text


def test_a_serious_incident_is_a_risk_and_named_to_nobody(
    incident, system_actor, alice, charlie, minato, actor_of, month
):
    facts = SeverityFacts(severity_continuity=4, severity_safety=4, severity_trust=4)
    incidents.set_severity(system_actor, incident=incident, facts=facts, reason="試験")
    for actor, scope in ((alice, MeasureScope(minato)), (charlie, MeasureScope())):
        said = said_to(actor_of(actor), scope, month)
        assert said["serious"].topic == Topic.RISK and said["serious"].weight == 95
        assert all(SECRET not in each.text and "港区" not in each.text for each in said.values())


def test_papers_near_their_day_are_a_risk_for_those_who_see_them(
    incident, alice, charlie, minato, actor_of, month
):
    duty = Duty.objects.create(incident=incident, code="test", round=1, due_at=now() + timedelta(days=3))
    assert "1件" in said_to(actor_of(alice), MeasureScope(minato), month)["duties"].text
    assert "1件" in said_to(actor_of(charlie), MeasureScope(), month)["duties"].text
    assert "duties" not in said_to(actor_of(charlie), MeasureScope(minato), month)
    Duty.objects.unscoped("test").filter(pk=duty.pk).update(due_at=now() + timedelta(days=30))
    assert "duties" not in said_to(actor_of(alice), MeasureScope(minato), month)
