"""An operation checks permission, runs in one transaction, and writes ledger and event — or does nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.events.models import Event
from yui.kernel.events.subscriptions import _subscribers, subscribe
from yui.kernel.ledger.history import history_of
from yui.kernel.ledger.models import Entry
from yui.kernel.operations import (
    OperationIncomplete,
    OutsideOperation,
    field_changes,
    operation,
    record,
    record_nothing,
)
from yui.kernel.policy import PermissionRefused, Verb, require
from yui.kernel.scope.models import Organisation


@operation("test.name.change")
def rename(actor, *, organisation, name, check=True, write=True, fail=False):
    """Change a name."""
    if check:
        require(actor, Verb.EDIT, organisation)
    before = organisation.name_en
    organisation.name_en = name
    organisation.save()
    if write:
        record(organisation, subject="yui:test.name:1", summary="改名", changes={"name_en": [before, name]})
    if fail:
        raise RuntimeError("after the record")


def _name(organisation):
    return Organisation.objects.get(pk=organisation.pk).name_en


def test_it_changes_records_and_publishes(minato, alice, actor_of):
    before = _name(minato)
    rename(actor_of(alice), organisation=minato, name="New")
    assert _name(minato) == "New"
    entry = Entry.objects.get(organisation_code=minato.code, subject="yui:test.name:1")
    assert (entry.verb, entry.actor) == ("test.name.change", f"user:{alice.pk}|Alice")
    event = Event.objects.unscoped("test").get(kind="test.name.change")
    assert (event.summary, event.organisation) == ("改名", minato)
    [history] = history_of("yui:test.name:1")
    assert (history.actor_name, history.changes) == ("Alice", {"name_en": [before, "New"]})


@pytest.mark.parametrize("who", ["bob", "charlie", "audrey", "jun"])
def test_whoever_may_not_edit_changes_nothing(who, request, minato, actor_of):
    before = _name(minato)
    with pytest.raises(PermissionRefused):
        rename(actor_of(request.getfixturevalue(who)), organisation=minato, name="New")
    assert _name(minato) == before
    assert not Entry.objects.filter(subject="yui:test.name:1").exists()


@pytest.mark.parametrize("forgotten", [{"check": False}, {"write": False}])
def test_a_forgotten_check_or_record_rolls_back(forgotten, minato, alice, actor_of):
    before = _name(minato)
    with pytest.raises(OperationIncomplete):
        rename(actor_of(alice), organisation=minato, name="New", **forgotten)
    assert _name(minato) == before


def test_a_failure_takes_ledger_and_event_back(minato, alice, actor_of):
    before = _name(minato)
    with pytest.raises(RuntimeError):
        rename(actor_of(alice), organisation=minato, name="New", fail=True)
    assert _name(minato) == before
    assert not Entry.objects.filter(subject="yui:test.name:1").exists()
    assert not Event.objects.unscoped("test").filter(kind="test.name.change").exists()


def test_recording_outside_an_operation_is_refused(minato):
    with pytest.raises(OutsideOperation):
        record(minato, subject="yui:a.b:1", summary="x")
    with pytest.raises(OutsideOperation):
        record_nothing("x")


def test_subscribers_run_after_the_commit_and_one_failing_does_not_stop_the_next(
    minato, alice, actor_of, django_capture_on_commit_callbacks
):
    heard = []

    @subscribe("test.name.change")
    def failing(event):
        raise RuntimeError("subscriber")

    @subscribe("test.name.change")
    def hearing(event):
        heard.append(event.summary)

    try:
        with django_capture_on_commit_callbacks(execute=True):
            rename(actor_of(alice), organisation=minato, name="New")
            assert heard == []
        assert heard == ["改名"]
    finally:
        _subscribers.pop("test.name.change")


def test_field_changes_keeps_only_what_differs():
    assert field_changes({"a": 1, "b": "x"}, {"a": 1, "b": "y", "c": None}) == {"b": ["x", "y"]}


def test_one_moment_in_two_zones_is_no_change():
    noon = datetime(2026, 4, 1, 3, tzinfo=UTC)
    assert field_changes({"at": noon}, {"at": noon.astimezone(TOKYO)}) == {}
    later = field_changes({"at": noon}, {"at": noon + timedelta(hours=1)})
    assert later == {"at": ["2026-04-01T12:00:00+09:00", "2026-04-01T13:00:00+09:00"]}
