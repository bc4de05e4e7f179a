"""The registry speaks of a month in numbers: migrations are seen by all wards, contracts by their own."""

from datetime import date

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Topic
from yui.kernel.measures.values import MeasureScope
from yui.registry.explaining import explain
from yui.registry.operations import record_migration_step

pytestmark = pytest.mark.django_db
FEBRUARY, APRIL = Month(2027, 2), Month(2026, 4)


@pytest.fixture
def road(system_actor, minato, resident_area):
    """A migration planned for January 2027."""
    return record_migration_step(
        system_actor,
        organisation=minato,
        area=resident_area,
        state="migrated",
        planned_on=date(2027, 1, 31),
    )


def test_contracts_that_end_and_migrations_that_lag_are_risks(contract, road, alice, minato, actor_of):
    said = {each.code: each for each in explain(actor_of(alice), MeasureScope(minato), FEBRUARY)}
    assert set(said) == {"contracts_ending", "migration_late"}
    assert said["contracts_ending"].text == "90日以内に終わる契約が1件あります(年額1,200万円)。"
    assert "1件" in said["migration_late"].text and said["migration_late"].url
    assert {each.topic for each in said.values()} == {Topic.RISK}
    assert explain(actor_of(alice), MeasureScope(minato), APRIL) == []


def test_the_stranger_and_everybody_hear_no_name(contract, road, charlie, minato, actor_of):
    own = explain(actor_of(charlie), MeasureScope(minato), FEBRUARY)
    assert [each.code for each in own] == ["migration_late"]
    joint = explain(actor_of(charlie), MeasureScope(), FEBRUARY)
    assert len(joint) == 2
    for name in (contract.title, contract.number, minato.name_ja, contract.vendor.name):
        assert all(name not in each.text for each in joint)


def test_what_was_migrated_in_the_month_is_a_change(system_actor, minato, resident_area, alice, actor_of):
    record_migration_step(
        system_actor, organisation=minato, area=resident_area, state="migrated", actual_on=date(2026, 4, 10)
    )
    said = explain(actor_of(alice), MeasureScope(minato), APRIL)
    assert [(each.code, each.topic) for each in said] == [("migrated", Topic.CHANGE)]
    assert explain(actor_of(alice), MeasureScope(minato), APRIL.next()) == []
