"""Maintenance windows, changes and outages."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused
from yui.registry.errors import AlreadyRetired, OutageAlreadyClosed, TwoPeopleNeeded, WrongChangeStatus
from yui.registry.facts import ChangeFacts, OutageFacts, WindowFacts
from yui.registry.models import MaintenanceWindow
from yui.registry.operations import (
    approve_change,
    cancel_maintenance,
    close_outage,
    complete_change,
    decline_change,
    open_outage,
    plan_maintenance,
    request_change,
    retire_system,
    update_outage,
)
from yui.registry.tests.conftest import tokyo

WINDOW = WindowFacts(title="月次保守", starts_at=tokyo(2026, 5, 1, 22), ends_at=tokyo(2026, 5, 2, 2))
CHANGE = ChangeFacts(title="OS更新", risk="medium")
OUTAGE = OutageFacts(title="通信断", started_at=tokyo(2026, 5, 1, 9), severity="full")


def test_a_window_is_planned_and_called_off(alice, actor_of, system):
    actor = actor_of(alice)
    window = plan_maintenance(actor, system=system, facts=WINDOW)
    subject = urn("registry.maintenance", window.pk)
    cancel_maintenance(actor, window=window)
    assert [entry.verb for entry in history_of(subject)] == [
        "registry.maintenance.cancel",
        "registry.maintenance.plan",
    ]
    assert not MaintenanceWindow.objects.visible_to(actor).exists()


def test_a_window_ends_after_it_starts(alice, actor_of, system):
    with pytest.raises(ValidationError, match="終了日時"):
        plan_maintenance(actor_of(alice), system=system, facts=replace(WINDOW, ends_at=WINDOW.starts_at))


def test_a_retired_system_takes_no_new_work(alice, actor_of, system):
    retire_system(actor_of(alice), system=system, retired_on=date(2026, 3, 31))
    system.refresh_from_db()
    with pytest.raises(AlreadyRetired):
        plan_maintenance(actor_of(alice), system=system, facts=WINDOW)
    with pytest.raises(AlreadyRetired):
        request_change(actor_of(alice), system=system, facts=CHANGE)


def test_a_change_goes_from_request_to_done(alice, anna, actor_of, system):
    change = request_change(actor_of(alice), system=system, facts=CHANGE)
    approve_change(actor_of(anna), change=change)
    complete_change(actor_of(alice), change=change, result="問題なし")

    change.refresh_from_db()
    assert (change.status, change.decided_by, change.result) == ("done", anna, "問題なし")
    assert change.requested_at <= change.decided_at <= change.done_at


def test_whoever_asks_does_not_decide(anna, actor_of, system):
    change = request_change(actor_of(anna), system=system, facts=CHANGE)
    with pytest.raises(TwoPeopleNeeded):
        approve_change(actor_of(anna), change=change)
    with pytest.raises(TwoPeopleNeeded):
        decline_change(actor_of(anna), change=change, reason="不要")


def test_an_officer_cannot_approve(alice, actor_of, system, system_actor):
    change = request_change(system_actor, system=system, facts=CHANGE)
    with pytest.raises(PermissionRefused):
        approve_change(actor_of(alice), change=change)


def test_a_change_is_decided_once(alice, anna, actor_of, system):
    change = request_change(actor_of(alice), system=system, facts=CHANGE)
    decline_change(actor_of(anna), change=change, reason="時期が悪い")
    with pytest.raises(WrongChangeStatus):
        approve_change(actor_of(anna), change=change)
    with pytest.raises(WrongChangeStatus):
        complete_change(actor_of(alice), change=change)


def test_an_outage_is_opened_corrected_and_closed_once(alice, actor_of, system):
    actor = actor_of(alice)
    outage = open_outage(actor, system=system, facts=OUTAGE)
    assert update_outage(actor, outage=outage, facts=replace(OUTAGE, severity="partial"))
    assert not update_outage(actor, outage=outage, facts=replace(OUTAGE, severity="partial"))
    close_outage(actor, outage=outage, ended_at=tokyo(2026, 5, 1, 10), cause="回線の故障")
    with pytest.raises(OutageAlreadyClosed):
        close_outage(actor, outage=outage, ended_at=tokyo(2026, 5, 1, 11))
    outage.refresh_from_db()
    assert (outage.severity, outage.cause) == ("partial", "回線の故障")


def test_an_outage_does_not_end_before_it_starts(alice, actor_of, system):
    outage = open_outage(actor_of(alice), system=system, facts=OUTAGE)
    with pytest.raises(ValidationError, match="復旧日時"):
        close_outage(actor_of(alice), outage=outage, ended_at=OUTAGE.started_at)


@pytest.mark.parametrize("person", ["bob", "charlie"])
def test_others_do_not_write(request, person, actor_of, system, system_actor):
    actor = actor_of(request.getfixturevalue(person))
    outage = open_outage(system_actor, system=system, facts=OUTAGE)
    window = plan_maintenance(system_actor, system=system, facts=WINDOW)
    change = request_change(system_actor, system=system, facts=CHANGE)
    for call in (
        lambda: open_outage(actor, system=system, facts=OUTAGE),
        lambda: update_outage(actor, outage=outage, facts=OUTAGE),
        lambda: close_outage(actor, outage=outage, ended_at=tokyo(2026, 5, 1, 10)),
        lambda: plan_maintenance(actor, system=system, facts=WINDOW),
        lambda: cancel_maintenance(actor, window=window),
        lambda: request_change(actor, system=system, facts=CHANGE),
        lambda: approve_change(actor, change=change),
        lambda: decline_change(actor, change=change, reason="x"),
        lambda: complete_change(actor, change=change),
    ):
        with pytest.raises(PermissionRefused):
            call()
