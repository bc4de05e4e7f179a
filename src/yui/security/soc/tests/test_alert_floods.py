"""多すぎる検知: a rule that matches everything neither fills the queue nor hides others; counts add up."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import now
from yui.kernel.events.models import Event
from yui.security.soc.engine.triage.flooding import HourLoad, admit, admit_rest
from yui.security.soc.engine.triage.grouping import Gathering, gather
from yui.security.soc.ingesting import ingest
from yui.security.soc.models import Alert, AlertGroup, DetectionRule, RuleLoad
from yui.security.soc.operations.alerts.raise_alerts import raise_alerts
from yui.security.soc.operations.rules.decide_rules import decide_rules
from yui.security.soc.operations.rules.trying import try_rule
from yui.security.soc.processing.database import DatabaseRules
from yui.security.soc.tests.alert_records import NOON, entrust, make_fact, make_rule
from yui.security.soc.tests.rule_data import add_rules

LIMIT = 20


@pytest.fixture
def rule(soc):
    return make_rule(soc, hourly_limit=LIMIT)


def groups_of(ward):
    return list(AlertGroup.objects.owned_by(ward).order_by("id"))


def told():
    return list(Event.objects.unscoped("test").filter(kind="soc.rule.flood"))


def flood(actor, ward, rule, numbers, **values):
    return raise_alerts(actor, ward=ward, facts=[make_fact(rule, number, **values) for number in numbers])


@pytest.mark.django_db
def test_beyond_the_limit_matches_are_counted_in_their_group(system_actor, minato, rule):
    raised = flood(system_actor, minato, rule, range(100))
    (group,) = groups_of(minato)
    assert (raised.raised, raised.held, raised.known) == (15, 85, 0)
    assert (group.count, group.held, Alert.objects.owned_by(minato).count()) == (100, 85, 15)
    again = flood(system_actor, minato, rule, range(100, 130))
    (group,) = groups_of(minato)
    assert (again.raised, again.held, group.count, group.held) == (0, 30, 130, 115)
    load = RuleLoad.objects.owned_by(minato).get()
    assert (load.raised, load.held) == (15, 115)


@pytest.mark.django_db
def test_a_flood_on_one_computer_hides_no_other(system_actor, minato, rule):
    flood(system_actor, minato, rule, range(100))
    flood(system_actor, minato, rule, [200], host="PC-OTHER")
    assert [group.host for group in groups_of(minato)] == ["PC-0123", "PC-OTHER"]


@pytest.mark.django_db
def test_what_opens_too_many_groups_grows_one_group_for_the_rest(system_actor, minato, rule):
    facts = [make_fact(rule, number, host=f"PC-{number}") for number in range(50)]
    raised = raise_alerts(system_actor, ward=minato, facts=facts)
    *own, rest = groups_of(minato)
    assert len(own) == LIMIT
    assert (rest.host, rest.user, rest.count, rest.held) == ("", "", 30, 29)
    assert Alert.objects.owned_by(minato).filter(group=rest).count() == 1, "one event stands as the example"
    assert (raised.raised, raised.held) == (21, 29)
    more = [make_fact(rule, number, host=f"PC-{number}") for number in range(50, 60)]
    raise_alerts(system_actor, ward=minato, facts=more)
    assert sum(group.count for group in groups_of(minato)) == 60
    assert len(groups_of(minato)) == LIMIT + 1


@pytest.mark.django_db
def test_the_next_hour_begins_anew_and_other_rules_and_wards_have_their_own(
    system_actor, minato, shinjuku, soc, rule
):
    flood(system_actor, minato, rule, range(40))
    later = [replace(make_fact(rule, 99), detected_at=NOON + timedelta(minutes=61))]
    assert raise_alerts(system_actor, ward=minato, facts=later).raised == 1
    late = [replace(make_fact(rule, 98), detected_at=NOON)]
    assert raise_alerts(system_actor, ward=minato, facts=late).raised == 1, "counts in the hour that stands"
    other = make_rule(soc, "other-rule", hourly_limit=LIMIT)
    assert flood(system_actor, minato, other, range(5)).raised == 5
    assert flood(system_actor, shinjuku, rule, range(5)).raised == 5


@pytest.mark.django_db
def test_the_ward_and_its_watch_are_told_once_a_day(system_actor, minato, soc, rule):
    entrust(minato, soc)
    flood(system_actor, minato, rule, range(10))
    assert not told()
    for start in (10, 50, 90):
        flood(system_actor, minato, rule, range(start, start + 40))
    assert sorted(event.organisation_id for event in told()) == sorted([minato.pk, soc.pk])
    assert all(rule.title in event.summary and "20件" in event.summary for event in told())
    RuleLoad.objects.owned_by(minato).update(told_at=NOON - timedelta(days=400))
    flood(system_actor, minato, rule, range(200, 240))
    assert len(told()) == 4


@pytest.mark.django_db
def test_a_body_that_does_not_watch_is_told_nothing(system_actor, minato, rule):
    flood(system_actor, minato, rule, range(40))
    assert [event.organisation_id for event in told()] == [minato.pk]


@given(
    matches=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 3000)), max_size=80),
    limit=st.integers(1, 30),
    raised=st.integers(0, 30),
)
def test_nothing_is_lost_and_the_limit_holds(matches, limit, raised):
    load = HourLoad(limit, min(raised, limit))
    before = load.raised
    facts = [(key, NOON + timedelta(minutes=minute)) for key, minute in matches]
    first = admit([(group, load) for group in gather(facts, [Gathering("a", NOON, NOON, NOON, "stored")])])
    rest = gather([("rest", facts[at][1]) for at in first.beyond], [])
    for group in rest:
        group.added = [first.beyond[at] for at in group.added]
    second = admit_rest([(group, load) for group in rest])
    placed = [at for group in first.groups + second.groups for at in group.added]
    assert sorted(placed) == list(range(len(facts)))
    held = first.held | second.held
    assert load.held == len(held)
    assert load.raised - before == len(facts) - len(held)
    assert load.raised <= limit + len(rest), "only examples of the rest go beyond"
    for group in first.groups + second.groups:
        assert group.stored or set(group.added) - held, "a new group has an alert to show"


@pytest.mark.django_db
def test_the_stored_events_of_a_flood_are_found_by_its_rule(system_actor, minato, organisations, tmp_path):
    (rule,) = add_rules(system_actor, "mimikatz")
    DetectionRule.objects.unscoped("test").update(hourly_limit=LIMIT)
    decide_rules(system_actor, ward=minato, rules=[rule], is_enabled=True, reason="test")
    moment = now().replace(microsecond=0)
    lines = [
        {"@timestamp": (moment - timedelta(seconds=number)).isoformat(), "EventID": 1, "Hostname": "PC-1",
         "Channel": "Microsoft-Windows-Sysmon/Operational", "Image": "C:\\x\\mimikatz.exe", "n": number}
        for number in range(50)
    ]  # fmt: skip
    path = tmp_path / "events.json"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    took = ingest([path], minato.code, book=DatabaseRules(tmp_path / "rules").look(""))
    (group,) = groups_of(minato)
    assert (took.alerts, group.count, Alert.objects.owned_by(minato).count()) == (50, 50, 15)
    assert try_rule(system_actor, ward=minato, rule=rule, days=1).matches == group.count
