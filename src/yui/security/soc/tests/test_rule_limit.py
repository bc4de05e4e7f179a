"""The hourly limit of a rule: who sets it, what the pages show where a rule floods, what measures say."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from yui.kernel.calendar_jp import Period, now, today
from yui.kernel.ledger.models import Entry
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import PermissionRefused
from yui.security.soc.formats.rule_archives import read_rule_stream
from yui.security.soc.measure_counts import detections
from yui.security.soc.models import AlertGroup, DetectionRule
from yui.security.soc.operations.alerts.raise_alerts import raise_alerts
from yui.security.soc.operations.rules.import_rules import import_rules
from yui.security.soc.operations.rules.limit_rule import limit_rule
from yui.security.soc.operations.rules.reading import read_rules
from yui.security.soc.queries.rules.volumes import volumes
from yui.security.soc.tests.alert_records import entrust, make_fact, make_rule
from yui.security.soc.tests.rule_data import rule_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(soc):
    return make_rule(soc, hourly_limit=20)


@pytest.fixture
def flooded(system_actor, minato, rule):
    facts = [make_fact(rule, number, event_at=now()) for number in range(1_300)]
    raise_alerts(system_actor, ward=minato, facts=facts)
    return AlertGroup.objects.owned_by(minato).get()


def test_the_joint_body_sets_the_limit_within_bounds(actor_of, jun, alice, rule):
    assert limit_rule(actor_of(jun), rule=rule, hourly_limit=500)
    assert not limit_rule(actor_of(jun), rule=rule, hourly_limit=500)
    rule.refresh_from_db()
    assert rule.hourly_limit == 500
    assert Entry.objects.filter(verb="soc.rule.limit").count() == 1
    for wrong in (19, 100_001):
        with pytest.raises(ValidationError):
            limit_rule(actor_of(jun), rule=rule, hourly_limit=wrong)
    with pytest.raises(PermissionRefused):
        limit_rule(actor_of(alice), rule=rule, hourly_limit=100)


def test_a_new_text_of_the_rule_keeps_its_limit(system_actor, organisations):
    def take(level):
        text = rule_text("mimikatz", level).encode()
        import_rules(system_actor, read=read_rules(read_rule_stream("own.yml", io.BytesIO(text))))
        return DetectionRule.objects.unscoped("test").get()

    limit_rule(system_actor, rule=take("low"), hourly_limit=50)
    assert (take("high").level, take("high").hourly_limit) == (3, 50)


def test_the_form_changes_the_limit_for_the_joint_body_alone(client_of, jun, alice, rule):
    address = reverse("soc:rule-limit", args=[rule.pk])
    assert client_of(jun).post(address, {"hourly_limit": "300"}).status_code == 302
    assert client_of(jun).post(address, {"hourly_limit": "3"}).status_code == 422
    assert client_of(alice).post(address, {"hourly_limit": "30"}).status_code == 403
    rule.refresh_from_db()
    assert rule.hourly_limit == 300


def test_the_pages_tell_what_is_only_counted_to_those_who_may_see_it(
    client_of, alice, charlie, jun, minato, soc, rule, flooded
):
    def shown(person, address):
        return client_of(person).get(address).content.decode()

    queue, record = reverse("soc:alerts"), flooded.get_absolute_url()
    assert "×1,300" in shown(alice, queue) and "ほか1,285件は数だけ" in shown(alice, queue)
    assert "1,300件のうち1,285件" in shown(alice, record)
    page = rule.get_absolute_url()
    assert "検知が多すぎます" in shown(alice, page) and "1,285" in shown(alice, page)
    for other in (charlie, jun):
        assert "検知が多すぎます" not in shown(other, page)
        assert "1,285" not in shown(other, page)
    entrust(minato, soc)
    assert "1,285" in shown(jun, page)


def test_figures_count_every_match_and_say_which_are_only_counted(actor_of, alice, minato, rule, flooded):
    volume = volumes(actor_of(alice), ward=minato)[rule.pk]
    assert (volume.alerts, volume.held, volume.groups) == (1_300, 1_285, 1)
    measured = detections(MeasureScope(minato), Period(today(), today() + timedelta(days=1)))
    assert measured.value == 1
    assert "1,285" in measured.note
