"""The door through which other rooms read the ways of all migrations."""

from datetime import date

import pytest

from yui.kernel.policy import Actor
from yui.registry.models import StandardBusinessArea, StandardMigration
from yui.registry.operations import record_migration_step
from yui.registry.public import migration_roads, migration_state_names, migration_states

pytestmark = pytest.mark.django_db


@pytest.fixture
def walked(system_actor, minato, shinjuku, resident_area):
    """港区 has migrated late and gone back to work on it; 新宿区 only plans."""
    for state, planned, actual in (
        ("conformity", None, date(2025, 4, 1)),
        ("migrated", date(2025, 12, 1), date(2026, 1, 20)),
        ("migrating", None, date(2026, 5, 1)),
    ):
        record_migration_step(
            system_actor,
            organisation=minato,
            area=resident_area,
            state=state,
            planned_on=planned,
            actual_on=actual,
        )
    record_migration_step(
        system_actor,
        organisation=shinjuku,
        area=resident_area,
        state="migrated",
        planned_on=date(2026, 10, 1),
    )
    other = StandardBusinessArea.objects.exclude(pk=resident_area.pk).first()
    StandardMigration.objects.create(organisation=shinjuku, area=other, visibility="wards")


def test_a_road_tells_the_state_of_any_day(walked, charlie, actor_of, minato, resident_area):
    own, planned = sorted(migration_roads(actor_of(charlie)), key=lambda road: road.ward_code)
    assert (own.ward_code, own.area_code) == (minato.code, resident_area.code)
    assert (own.planned_on, own.migrated_on, own.undone_on) == (
        date(2025, 12, 1),
        date(2026, 1, 20),
        date(2026, 5, 1),
    )
    assert [own.state_on(day) for day in (date(2025, 1, 1), date(2026, 2, 1), date(2026, 6, 1))] == [
        "current",
        "migrated",
        "migrating",
    ]
    assert own.is_late_on(date(2025, 12, 31)) and not own.is_late_on(date(2026, 2, 1))
    assert (planned.planned_on, planned.migrated_on, planned.undone_on) == (date(2026, 10, 1), None, None)


def test_roads_and_the_matrix_agree(walked, charlie, actor_of):
    actor, day = actor_of(charlie), date(2026, 6, 1)
    cells = {(cell.organisation_code, cell.area_code): cell for cell in migration_states(actor, day)}
    for road in migration_roads(actor):
        cell = cells[road.ward_code, road.area_code]
        assert (cell.state, cell.is_late, cell.planned_on) == (
            road.state_on(day),
            road.is_late_on(day),
            road.planned_on,
        )
    assert sum(bool(cell.state) for cell in cells.values()) == len(migration_roads(actor)) == 2


def test_roads_cost_one_query(walked, charlie, actor_of, django_assert_num_queries):
    actor = actor_of(charlie)
    with django_assert_num_queries(1):
        migration_roads(actor)


def test_the_states_have_names_in_the_order_of_the_road():
    assert list(migration_state_names().items())[2] == ("special", "特定移行支援システム")
    assert list(migration_state_names())[-1] == "migrated"


def test_a_visitor_without_membership_sees_no_road(walked):
    assert migration_roads(Actor.anonymous()) == ()
