"""Working alerts: take, hand over, comment, close, reopen, attach; two people, two wards, viewers."""

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.models import AlertGroup, AlertNote, AlertState, CloseReason, Incident
from yui.security.soc.operations import alerts
from yui.security.soc.operations.alerts import errors
from yui.security.soc.operations.alerts.locking import MOST_AT_ONCE, hands_of
from yui.security.soc.tests.alert_records import entrust, make_rule, raise_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(soc):
    return make_rule(soc)


@pytest.fixture
def group(system_actor, minato, rule):
    return raise_one(system_actor, minato, rule)


def stored(key):
    return AlertGroup.objects.unscoped("test").get(pk=key)


def test_taking_acknowledges_and_names_who(actor_of, alice, group):
    assert alerts.take_alerts(actor_of(alice), groups=[group]) == 1
    taken = stored(group)
    assert (taken.state, taken.assignee, taken.acknowledged_at is not None) == (
        AlertState.WORKING,
        alice,
        True,
    )
    assert Entry.objects.filter(verb="soc.alert.take", subject=f"yui:soc.alert:{group}").count() == 1


def test_taking_twice_changes_nothing(actor_of, alice, group):
    alerts.take_alerts(actor_of(alice), groups=[group])
    at = stored(group).acknowledged_at
    assert alerts.take_alerts(actor_of(alice), groups=[group]) == 0
    assert stored(group).acknowledged_at == at


def test_the_second_taker_learns_who_was_first(actor_of, alice, anna, group):
    alerts.take_alerts(actor_of(alice), groups=[group])
    with pytest.raises(errors.TakenMeanwhile, match="Alice"):
        alerts.take_alerts(actor_of(anna), groups=[group])
    assert stored(group).assignee == alice


def test_of_many_all_are_taken_or_none(system_actor, actor_of, alice, anna, minato, rule, group):
    other = raise_one(system_actor, minato, rule, 2, host="PC-2")
    alerts.take_alerts(actor_of(anna), groups=[other])
    with pytest.raises(errors.TakenMeanwhile):
        alerts.take_alerts(actor_of(alice), groups=[group, other])
    assert stored(group).state == AlertState.NEW


def test_whoever_took_it_may_give_it_back(actor_of, alice, anna, group):
    alerts.take_alerts(actor_of(alice), groups=[group])
    with pytest.raises(errors.NotYours):
        alerts.release_alert(actor_of(anna), group=group)
    alerts.release_alert(actor_of(alice), group=group)
    back = stored(group)
    assert (back.state, back.assignee, back.acknowledged_at) == (AlertState.NEW, None, None)


def test_handing_over_acknowledges_and_checks_the_hands_shown(actor_of, alice, anna, group):
    seen = hands_of(stored(group))
    assert alerts.assign_alerts(actor_of(alice), groups=[group], person=anna, hands=seen) == 1
    assert (stored(group).assignee, stored(group).state) == (anna, AlertState.WORKING)
    with pytest.raises(errors.ChangedHands, match="Anna"):
        alerts.assign_alerts(actor_of(alice), groups=[group], person=alice, hands=seen)


def test_only_people_who_may_work_it_are_given_it(actor_of, alice, bob, charlie, jun, minato, soc, group):
    for person in (bob, charlie, jun):
        with pytest.raises(errors.CannotWork):
            alerts.assign_alerts(actor_of(alice), groups=[group], person=person)
    entrust(minato, soc)
    assert alerts.assign_alerts(actor_of(alice), groups=[group], person=jun) == 1


def test_a_comment_is_kept_and_stays_out_of_the_ledger(actor_of, alice, group):
    alerts.comment_alert(actor_of(alice), group=group, text="  <b>秘密の所見</b>\0 ")
    (note,) = AlertNote.objects.visible_to(actor_of(alice)).filter(group=group)
    assert (note.text, note.written_by) == ("<b>秘密の所見</b>\ufffd", alice)
    assert not Entry.objects.filter(payload__contains="秘密の所見").exists()


@pytest.mark.parametrize("text", ["", "   ", "長" * 4001])
def test_a_comment_says_something_and_ends(actor_of, alice, group, text):
    with pytest.raises(ValidationError):
        alerts.comment_alert(actor_of(alice), group=group, text=text)


def test_closing_acknowledges_at_the_same_moment(actor_of, alice, group):
    alerts.close_alerts(actor_of(alice), groups=[group], reason=CloseReason.BENIGN, note="点検の作業")
    closed = stored(group)
    assert (closed.state, closed.close_reason, closed.close_note) == ("closed", "benign", "点検の作業")
    assert closed.acknowledged_at == closed.closed_at
    assert (closed.closed_by, closed.assignee) == (alice, alice)


def test_closing_keeps_the_first_acknowledgement(actor_of, alice, anna, group):
    alerts.take_alerts(actor_of(alice), groups=[group])
    at = stored(group).acknowledged_at
    alerts.close_alerts(actor_of(anna), groups=[group], reason=CloseReason.FALSE_POSITIVE)
    assert (stored(group).acknowledged_at, stored(group).assignee, stored(group).closed_by) == (
        at,
        alice,
        anna,
    )


def test_the_second_to_close_learns_who_was_first(actor_of, alice, anna, group):
    seen = hands_of(stored(group))
    alerts.close_alerts(actor_of(alice), groups=[group], reason=CloseReason.BENIGN, hands=seen)
    with pytest.raises(errors.ClosedMeanwhile, match="Alice"):
        alerts.close_alerts(actor_of(anna), groups=[group], reason=CloseReason.DUPLICATE, hands=seen)
    with pytest.raises(errors.ClosedMeanwhile):
        alerts.take_alerts(actor_of(anna), groups=[group])
    assert stored(group).close_reason == CloseReason.BENIGN


def test_closing_what_changed_hands_asks_again(actor_of, alice, anna, group):
    seen = hands_of(stored(group))
    alerts.take_alerts(actor_of(anna), groups=[group])
    with pytest.raises(errors.ChangedHands, match="Anna"):
        alerts.close_alerts(actor_of(alice), groups=[group], reason=CloseReason.BENIGN, hands=seen)


def test_what_comes_after_closing_is_a_group_of_its_own(system_actor, actor_of, alice, minato, rule, group):
    alerts.close_alerts(actor_of(alice), groups=[group], reason=CloseReason.BENIGN)
    later = raise_one(system_actor, minato, rule, 2, minutes=5)
    assert later != group
    assert (stored(group).count, stored(later).count) == (1, 1)


def test_reopening_undoes_closing(actor_of, alice, group):
    alerts.close_alerts(actor_of(alice), groups=[group], reason=CloseReason.BENIGN)
    at = stored(group).acknowledged_at
    assert alerts.reopen_alerts(actor_of(alice), groups=[group]) == 1
    opened = stored(group)
    assert (opened.state, opened.closed_at, opened.close_reason) == (AlertState.WORKING, None, "")
    assert opened.acknowledged_at == at
    with pytest.raises(errors.NotClosed):
        alerts.reopen_alerts(actor_of(alice), groups=[group])


def test_reopening_beside_a_new_group_of_the_same_moment_is_refused(
    system_actor, actor_of, alice, minato, rule, group
):
    alerts.close_alerts(actor_of(alice), groups=[group], reason=CloseReason.BENIGN)
    raise_one(system_actor, minato, rule, 2)
    with pytest.raises(errors.OpenAgain):
        alerts.reopen_alerts(actor_of(alice), groups=[group])


@pytest.fixture
def incident(minato):
    return Incident.objects.create(
        organisation=minato, number="131032-2026-001", title="試験", category="malware"
    )


def test_attaching_joins_alert_and_incident(actor_of, alice, group, incident):
    assert alerts.attach_alerts(actor_of(alice), groups=[group], incident=incident) == 1
    assert (stored(group).incident, stored(group).state) == (incident, AlertState.WORKING)
    assert alerts.attach_alerts(actor_of(alice), groups=[group], incident=incident) == 0
    assert (
        Entry.objects.filter(verb="soc.alert.attach", subject=f"yui:soc.incident:{incident.pk}").count() == 1
    )


def test_wards_are_not_joined(system_actor, shinjuku, rule, incident):
    other = raise_one(system_actor, shinjuku, rule)
    with pytest.raises(errors.OtherWard):
        alerts.attach_alerts(system_actor, groups=[other], incident=incident)


def every_step(actor, group, incident, person):
    """Return each verb as a call."""
    return {
        "take": lambda: alerts.take_alerts(actor, groups=[group]),
        "release": lambda: alerts.release_alert(actor, group=group),
        "assign": lambda: alerts.assign_alerts(actor, groups=[group], person=person),
        "comment": lambda: alerts.comment_alert(actor, group=group, text="x"),
        "close": lambda: alerts.close_alerts(actor, groups=[group], reason=CloseReason.BENIGN),
        "reopen": lambda: alerts.reopen_alerts(actor, groups=[group]),
        "attach": lambda: alerts.attach_alerts(actor, groups=[group], incident=incident),
    }


STEPS = ("take", "release", "assign", "comment", "close", "reopen", "attach")


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_open_to_readers_and_strangers(
    actor_of, alice, bob, audrey, charlie, jun, group, incident, step
):
    for person in (bob, audrey):
        with pytest.raises(PermissionRefused):
            every_step(actor_of(person), group, incident, alice)[step]()
    for person in (charlie, jun):
        with pytest.raises(errors.NoSuchAlert):
            every_step(actor_of(person), group, incident, alice)[step]()
    assert stored(group).state == AlertState.NEW


def test_the_body_that_watches_works_the_ward_s_alerts(actor_of, jun, minato, soc, group, incident):
    entrust(minato, soc)
    for step in ("take", "comment", "attach", "close", "reopen", "release"):
        every_step(actor_of(jun), group, incident, jun)[step]()
    assert Entry.objects.filter(subject=f"yui:soc.alert:{group}", organisation_code=minato.code).count() >= 6
    assert not Entry.objects.filter(subject=f"yui:soc.alert:{group}", organisation_code=soc.code).exists()


def test_too_many_and_none_are_refused(actor_of, alice):
    with pytest.raises(errors.NothingChosen):
        alerts.take_alerts(actor_of(alice), groups=[])
    with pytest.raises(errors.TooManyChosen):
        alerts.take_alerts(actor_of(alice), groups=range(MOST_AT_ONCE + 1))
