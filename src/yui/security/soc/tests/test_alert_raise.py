"""Raising alerts: once each, grouped, with the system they touch, in one entry of the ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import Alert, AlertGroup, Level
from yui.security.soc.operations.alerts.errors import UnknownRule
from yui.security.soc.operations.alerts.raise_alerts import raise_alerts
from yui.security.soc.tests.alert_records import NOON, entrust, make_fact, make_rule, make_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(soc):
    return make_rule(soc)


def groups_of(ward):
    return list(AlertGroup.objects.owned_by(ward).order_by("id"))


def test_alike_alerts_become_one_group(system_actor, minato, rule):
    facts = [make_fact(rule, number, minutes=number) for number in range(3)]
    raised = raise_alerts(system_actor, ward=minato, facts=facts)
    (group,) = groups_of(minato)
    assert (raised.raised, raised.known, raised.groups, raised.opened) == (3, 0, (group.pk,), 1)
    assert (group.count, group.host, group.title, group.level) == (3, "PC-0123", rule.title, Level.HIGH)
    assert (group.first_event_at, group.last_event_at) == (NOON, NOON + timedelta(minutes=2))
    assert group.detected_at == NOON + timedelta(seconds=2)
    stored = Alert.objects.owned_by(minato).first()
    assert stored.matched[0]["literal"] == "minidump"
    assert stored.event["Image"].endswith("rundll32.exe")


def test_telling_again_raises_nothing(system_actor, minato, rule):
    facts = [make_fact(rule, 1), make_fact(rule, 2), make_fact(rule, 1)]
    first = raise_alerts(system_actor, ward=minato, facts=facts)
    again = raise_alerts(system_actor, ward=minato, facts=facts)
    assert (first.raised, first.known) == (2, 1)
    assert (again.raised, again.known, again.groups) == (0, 3, ())
    assert Alert.objects.owned_by(minato).count() == 2
    assert Entry.objects.filter(verb="soc.alerts.raise").count() == 1


def test_a_later_call_joins_the_open_group_in_any_order(system_actor, minato, rule):
    raise_alerts(system_actor, ward=minato, facts=[make_fact(rule, 1, minutes=30)])
    raise_alerts(system_actor, ward=minato, facts=[make_fact(rule, 2, level=Level.CRITICAL)])
    (group,) = groups_of(minato)
    assert (group.count, group.first_event_at) == (2, NOON)
    assert (group.level, group.priority) == (Level.CRITICAL, 16)


def test_after_a_day_of_rest_another_group_opens(system_actor, minato, rule):
    facts = [make_fact(rule, 1), make_fact(rule, 2, minutes=24 * 60 + 1)]
    for fact in facts:
        raise_alerts(system_actor, ward=minato, facts=[fact])
    assert [group.count for group in groups_of(minato)] == [1, 1]


def test_wards_hosts_and_rules_are_kept_apart(system_actor, minato, shinjuku, soc, rule):
    other = make_rule(soc, "other-rule")
    facts = [make_fact(rule, 1), make_fact(rule, 2, host="PC-9"), make_fact(other, 1)]
    raise_alerts(system_actor, ward=minato, facts=facts)
    raise_alerts(system_actor, ward=shinjuku, facts=facts)
    assert len(groups_of(minato)) == len(groups_of(shinjuku)) == 3


def test_the_system_of_the_host_lifts_the_priority(system_actor, minato, rule):
    system = make_system(system_actor, minato, confidentiality=3)
    facts = [make_fact(rule, 1, host="mn-001-db2.example"), make_fact(rule, 2, host="PC-1")]
    raise_alerts(system_actor, ward=minato, facts=facts)
    touched, other = groups_of(minato)
    assert (touched.system_id, touched.confidentiality, touched.priority) == (system.pk, 3, 15)
    assert (other.system_id, other.confidentiality, other.priority) == (None, None, 12)


def test_many_alerts_take_few_queries(system_actor, minato, soc, django_assert_max_num_queries):
    rule = make_rule(soc, hourly_limit=100_000)
    facts = [make_fact(rule, number, host=f"PC-{number % 40}") for number in range(1500)]
    with django_assert_max_num_queries(40):
        raised = raise_alerts(system_actor, ward=minato, facts=facts)
    assert (raised.raised, raised.opened) == (1500, 40)
    more = [make_fact(rule, number, host=f"PC-{number % 40}") for number in range(1500, 3000)]
    with django_assert_max_num_queries(40):
        assert raise_alerts(system_actor, ward=minato, facts=more).opened == 0
    assert max(group.count for group in groups_of(minato)) == 75
    assert sum(group.count for group in groups_of(minato)) == 3000


def test_the_ledger_and_the_live_pages_are_told_once_without_content(system_actor, minato, soc, rule):
    entrust(minato, soc)
    raise_alerts(system_actor, ward=minato, facts=[make_fact(rule, 1)])
    (entry,) = Entry.objects.filter(verb="soc.alerts.raise")
    assert entry.organisation_code == minato.code
    assert "rundll32" not in entry.payload
    assert "PC-0123" not in entry.payload
    told = Event.objects.unscoped("test").filter(kind="soc.alerts.raise")
    assert {event.organisation_id for event in told} == {minato.pk, soc.pk}


def test_a_rule_that_is_not_stored_is_named(system_actor, minato, rule):
    with pytest.raises(UnknownRule, match="no-such-rule"):
        raise_alerts(
            system_actor,
            ward=minato,
            facts=[make_fact(rule, 1), replace(make_fact(rule, 2), rule="no-such-rule")],
        )
    assert not Alert.objects.owned_by(minato).exists()


def test_a_rule_may_be_named_by_its_key(system_actor, minato, rule):
    assert (
        raise_alerts(system_actor, ward=minato, facts=[replace(make_fact(rule, 1), rule=rule.pk)]).raised == 1
    )


def test_hostile_events_are_stored_in_bounds(system_actor, minato, rule):
    fields = {"a\0": "x\0" * 9000, "b": float("inf"), "c": ["\ud800"] * 900}
    raise_alerts(system_actor, ward=minato, facts=[make_fact(rule, 1, fields=fields, host="h\0" * 300)])
    (alert,) = Alert.objects.owned_by(minato)
    assert len(alert.event["a\ufffd"]) == 2000
    assert len(groups_of(minato)[0].host) == 200


def test_only_who_works_for_the_ward_may_raise(actor_of, alice, bob, charlie, jun, minato, soc, rule):
    raise_alerts(actor_of(alice), ward=minato, facts=[make_fact(rule, 1)])
    for person in (bob, charlie, jun):
        with pytest.raises(PermissionRefused):
            raise_alerts(actor_of(person), ward=minato, facts=[make_fact(rule, 2)])
    entrust(minato, soc)
    assert raise_alerts(actor_of(jun), ward=minato, facts=[make_fact(rule, 2)]).raised == 1


def test_the_ward_and_its_watch_see_the_group_and_no_other_ward(
    system_actor, actor_of, alice, charlie, jun, minato, soc, rule
):
    raise_alerts(system_actor, ward=minato, facts=[make_fact(rule, 1)])

    def seen(person):
        return AlertGroup.objects.visible_to(actor_of(person)).count()

    assert [seen(alice), seen(charlie), seen(jun)] == [1, 0, 0]
    entrust(minato, soc)
    assert [seen(alice), seen(charlie), seen(jun)] == [1, 0, 1]
