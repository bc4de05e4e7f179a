"""The queue by technique, put together from lists of rules and wards, is the one that a plain query gives."""

from datetime import timedelta
from itertools import chain

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor, ActorKind
from yui.kernel.scope.querysets import UnscopedQuery
from yui.security.soc.models import AlertGroup, AlertState, DetectionRule
from yui.security.soc.policies import readable_wards
from yui.security.soc.queries.alerts.conditions import OPEN, QueueConditions
from yui.security.soc.queries.alerts.lists import GroupLists, first_of_lists
from yui.security.soc.queries.alerts.queue import capped_count, groups_meeting, queue_page
from yui.security.soc.tests.alert_records import entrust, make_rule, raise_one

pytestmark = pytest.mark.django_db

TECHNIQUES = (["T1003.001"], ["T1003"], ["T1059", "T1003.006"], ["T1059"])
QUEUE_ORDER = ("-priority", "-last_event_at", "-id")

drawn_groups = st.lists(
    st.fixed_dictionaries(
        {
            "ward": st.integers(0, 1),
            "rule": st.integers(0, len(TECHNIQUES) - 1),
            "level": st.integers(2, 3),
            "confidentiality": st.sampled_from([None, 3]),
            "quarter": st.integers(0, 2),
            "state": st.sampled_from([AlertState.NEW, AlertState.NEW, AlertState.WORKING, AlertState.CLOSED]),
            "visibility": st.sampled_from(["own", "own", "own", "wards", "public"]),
        }
    ),
    min_size=6,
    max_size=30,
)
drawn_conditions = st.builds(
    QueueConditions,
    state=st.sampled_from([OPEN, OPEN, *AlertState.values]),
    level=st.sampled_from([None, None, 3]),
    ward=st.sampled_from(["", "", "131032", "131041", "999999"]),
    technique=st.sampled_from(["T1003", "T1003.001", "T1059", "T9999"]),
    mine=st.sampled_from([False, False, True]),
    confidentiality=st.sampled_from([None, None, 3]),
    span=st.sampled_from(["", "", "1h"]),
    text=st.sampled_from(["", "", "PC"]),
)


@pytest.fixture
def rules(soc):
    return [make_rule(soc, f"rule-{n}", techniques=names) for n, names in enumerate(TECHNIQUES)]


@pytest.fixture
def readers(actor_of, alice, charlie, jun, system_actor):
    """The watch, the officers of two wards, somebody without any role, and the installation itself."""
    nobody = Actor(kind=ActorKind.PERSON, user_id=alice.pk, name="架空")
    return [*(actor_of(person) for person in (jun, alice, charlie)), nobody, system_actor]


def store(drawn, wards, rules, person):
    """Store groups as drawn."""
    begun = now() - timedelta(minutes=70)
    groups = []
    for number, one in enumerate(drawn):
        at = begun + timedelta(minutes=15 * one["quarter"])
        group = AlertGroup(
            organisation=wards[one["ward"]], rule=rules[one["rule"]], group_key=str(number), opened_for=at,
            title="試験", level=one["level"], priority=one["level"] * 4 + (one["confidentiality"] or 0),
            host=f"PC-{number}", confidentiality=one["confidentiality"], first_event_at=at, last_event_at=at,
            detected_at=at, state=one["state"], visibility=one["visibility"],
        )  # fmt: skip
        if group.state != AlertState.NEW:
            group.acknowledged_at, group.assignee = at, person
        if group.state == AlertState.CLOSED:
            group.closed_at, group.close_reason = at, "benign"
        groups.append(group)
    AlertGroup.objects.bulk_create(groups)


def pages(actor, conditions, size):
    """Return the keys on all pages, walked to the end, and again walked back to the beginning."""
    wards = readable_wards(actor)
    page = queue_page(actor, conditions, wards, size=size)
    there = [[group.pk for group in page.rows]]
    while page.after:
        page = queue_page(actor, conditions, wards, after=page.after, size=size)
        there.append([group.pk for group in page.rows])
    back = [[group.pk for group in page.rows]]
    while page.before:
        page = queue_page(actor, conditions, wards, before=page.before, size=size)
        back.insert(0, [group.pk for group in page.rows])
    return there, back


@given(drawn=drawn_groups, conditions=drawn_conditions, size=st.integers(2, 9), watched=st.integers(0, 2))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_walked_there_and_back_it_is_the_order_of_the_plain_query(
    readers, rules, soc, minato, shinjuku, alice, drawn, conditions, size, watched
):
    with transaction.atomic():
        for ward in (minato, shinjuku)[:watched]:
            entrust(ward, soc)
        store(drawn, (minato, shinjuku), rules, alice)
        for reader in readers:
            plain = groups_meeting(reader, conditions, readable_wards(reader))
            wanted = [group.pk for group in plain.order_by(*QUEUE_ORDER)]
            there, back = pages(reader, conditions, size)
            assert list(chain(*there)) == wanted
            assert there == back
            assert capped_count(plain) == len(wanted)
        transaction.set_rollback(True)


def one(**values):
    """Return a new group of 港区 and the first rule, as drawn, changed by ``values``."""
    plain = {
        "ward": 0, "rule": 0, "level": 3, "confidentiality": None,
        "quarter": 0, "state": AlertState.NEW, "visibility": "own",
    }  # fmt: skip
    return plain | values


def test_a_page_of_one_rule_and_ward_alone(readers, rules, minato, shinjuku, alice):
    store([one() for _ in range(7)] + [one(rule=3)], (minato, shinjuku), rules, alice)
    there, back = pages(readers[1], QueueConditions(technique="T1003"), 3)
    assert [len(page) for page in there] == [3, 3, 1]
    assert there == back


def test_what_another_ward_shows_to_all_is_in_its_place(readers, rules, soc, minato, shinjuku, alice):
    entrust(minato, soc)
    drawn = [one(quarter=2), one(ward=1, quarter=1, visibility="wards"), one(ward=1), one()]
    store(drawn, (minato, shinjuku), rules, alice)
    there, _back = pages(readers[0], QueueConditions(technique="T1003"), 50)
    shown = AlertGroup.objects.unscoped("test").filter(pk__in=there[0]).order_by(*QUEUE_ORDER)
    assert [group.group_key for group in shown] == ["0", "1", "3"]


def test_what_nobody_scoped_is_not_read():
    with pytest.raises(UnscopedQuery):
        first_of_lists(AlertGroup.objects.all(), GroupLists(("rule_id",), ((1,),)), QUEUE_ORDER, 1)


def test_no_rule_and_no_ward_give_nothing(readers, rules):
    for technique, ward in (("T9999", ""), ("T1003", "999999")):
        conditions = QueueConditions(technique=technique, ward=ward)
        assert not queue_page(readers[0], conditions, readable_wards(readers[0])).rows


def test_a_technique_of_a_thousand_rules(readers, rules, soc, minato, shinjuku):
    pack = rules[0].pack
    many = DetectionRule.objects.bulk_create(
        DetectionRule(
            organisation=soc, visibility="wards", pack=pack, rule_id=f"many-{number}", title="試験", level=3,
            techniques=["T1059.001"], source="x", sha256="0" * 64,
        )
        for number in range(1_000)
    )  # fmt: skip
    drawn = [one(ward=number % 2, rule=number, quarter=number % 3) for number in range(120)]
    store(drawn, (minato, shinjuku), many, None)
    entrust(minato, soc)
    entrust(shinjuku, soc)
    for reader in readers[:3]:
        plain = groups_meeting(
            reader, conditions := QueueConditions(technique="T1059"), readable_wards(reader)
        )
        there, back = pages(reader, conditions, 50)
        assert list(chain(*there)) == [group.pk for group in plain.order_by(*QUEUE_ORDER)]
        assert there == back


HOSTILE = (
    "\0", "T1003\0", "%", "_____", "T1003%", "'", "' OR 1=1 --", "\"; DROP TABLE soc_alertgroup; --", "\\",
    "T1003.001.001", "T100", "T１００３", "[]", "{branch}", "%s", "T1003" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("technique", HOSTILE)
def test_what_is_no_technique_asks_for_nothing(technique, client_of, alice, minato, system_actor, rules):
    key = raise_one(system_actor, minato, rules[3])
    conditions = QueueConditions.of({"technique": technique})
    assert conditions == QueueConditions()
    for address in ("/soc/alerts/", "/soc/alerts/news/", "/api/v1/soc/alerts"):
        answer = client_of(alice).get(address, {"technique": technique, "newest": "0"})
        assert answer.status_code == 200
    assert [group.pk for group in queue_page(system_actor, conditions, [minato]).rows] == [key]
