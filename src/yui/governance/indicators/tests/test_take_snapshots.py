"""Storing figures: again and again without harm, restated where records changed, told by the ledger."""

from decimal import Decimal

import pytest

from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.governance.indicators.queries.snapshots import latest_month, stored_figures, versions_of
from yui.governance.indicators.tests.conftest import OCTOBER
from yui.kernel.calendar_jp import Month
from yui.kernel.events.models import Event
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import Actor, PermissionRefused
from yui.kernel.scope.querysets import UnscopedQuery

pytestmark = pytest.mark.django_db
CELLS = 15 * 24


def all_snapshots():
    return IndicatorSnapshot.objects.unscoped("test")


def test_every_indicator_of_every_scope_is_stored(offer, store):
    offer(lambda scope, month: 60)
    assert store() == CELLS
    row = all_snapshots().get(indicator_code="1-KSI-1", scope_code="131032")
    assert (row.value, row.numerator, row.denominator) == (60, 30, 50)
    assert row.organisation.code == "131032"
    assert row.month == OCTOBER.first_day
    assert all_snapshots().get(indicator_code="1-KSI-1", scope_code="joint").organisation.code == "JB-OFFICE"


def test_taking_them_again_changes_nothing(offer, store):
    offer(lambda scope, month: 60)
    store()
    entries = len(history_of(urn("indicators.snapshot", OCTOBER)))
    assert store() == 0
    assert all_snapshots().count() == CELLS
    assert len(history_of(urn("indicators.snapshot", OCTOBER))) == entries == 1


def test_a_figure_that_changed_supersedes_and_both_stay(offer, store, bob, actor_of):
    values = {"131032": 60}
    offer(lambda scope, month: values.get(scope.code, 10))
    store()
    values["131032"] = 61
    assert store() == 1
    versions = versions_of(actor_of(bob), "1-KSI-1", "131032", OCTOBER)
    assert [(row.value, row.is_current) for row in versions] == [(61, True), (60, False)]


def test_records_that_vanish_make_it_no_data_again(offer, store):
    values = {"joint": 60}
    offer(lambda scope, month: values.get(scope.code))
    store()
    values.clear()
    assert store() == 1
    current = all_snapshots().get(indicator_code="1-KSI-1", scope_code="joint", is_current=True)
    assert (current.value, current.status) == (None, "no_data")


def test_fractions_are_kept_to_six_places_and_compare_equal(offer, store):
    offer(lambda scope, month: Decimal(200) / Decimal(3))
    store()
    assert store() == 0
    assert all_snapshots().get(indicator_code="1-KSI-1", scope_code="joint").value == Decimal("66.666667")


def test_the_ledger_of_the_secretariat_and_an_event_tell_of_it(offer, store, secretariat):
    offer(lambda scope, month: 60)
    store(Month(2026, 8), Month(2026, 9))
    (entry,) = history_of(urn("indicators.snapshot", Month(2026, 9)))
    assert entry.verb == "indicators.snapshot.take"
    event = Event.objects.unscoped("test").get(kind="indicators.snapshot.take")
    assert event.organisation == secretariat
    assert event.data["months"] == ["2026-08", "2026-09"]


def test_nobody_but_an_administrator_of_the_secretariat_takes_them(offer, secretariat, anna, jun, actor_of):
    offer(lambda scope, month: 60)
    for user in (anna, jun):
        with pytest.raises(PermissionRefused):
            take_snapshots(actor_of(user), secretariat=secretariat, months=[OCTOBER])
    assert not all_snapshots().exists()


def test_no_months_store_nothing(store, secretariat, system_actor):
    assert take_snapshots(system_actor, secretariat=secretariat, months=[]) == 0


def test_every_member_reads_figures_of_all_wards_and_nobody_else_does(
    offer, store, bob, charlie, jun, actor_of
):
    offer(lambda scope, month: 60)
    store()
    for user in (bob, charlie, jun):
        assert len(stored_figures(actor_of(user), OCTOBER, OCTOBER)) == CELLS
        assert latest_month(actor_of(user)) == OCTOBER
    assert stored_figures(Actor.anonymous(), OCTOBER, OCTOBER) == {}
    assert latest_month(Actor.anonymous()) is None


def test_an_unscoped_read_raises(offer, store):
    store()
    with pytest.raises(UnscopedQuery):
        list(IndicatorSnapshot.objects.filter(indicator_code="1-KSI-1"))
