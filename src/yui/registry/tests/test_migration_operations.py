"""Recording the steps of a standard migration."""

from datetime import date

import pytest

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused
from yui.registry.errors import NotAWard
from yui.registry.models import MigrationStep, StandardBusinessArea, StandardMigration
from yui.registry.operations import record_migration_step


def test_the_twenty_areas_are_there():
    from importlib import import_module

    areas = import_module("yui.registry.migrations.0002_standard_business_areas").AREAS
    assert len(areas) == len({name for name, _english in areas}) == 20


def test_a_step_is_recorded_changed_and_taken_back(alice, actor_of, minato, resident_area):
    actor = actor_of(alice)
    step = {"organisation": minato, "area": resident_area, "state": "migrated"}

    assert record_migration_step(actor, **step, planned_on=date(2026, 1, 5))
    assert record_migration_step(actor, **step, planned_on=date(2026, 1, 5), actual_on=date(2026, 2, 2))
    assert not record_migration_step(actor, **step, planned_on=date(2026, 1, 5), actual_on=date(2026, 2, 2))
    assert record_migration_step(actor, **step)
    assert not record_migration_step(actor, **step)

    migration = StandardMigration.objects.visible_to(actor).get()
    assert not MigrationStep.objects.visible_to(actor).exists()
    back, changed, planned = history_of(urn("registry.migration", migration.pk))
    assert planned.changes == {"migrated.planned_on": [None, "2026-01-05"]}
    assert changed.changes == {"migrated.actual_on": [None, "2026-02-02"]}
    assert back.changes == {
        "migrated.planned_on": ["2026-01-05", None],
        "migrated.actual_on": ["2026-02-02", None],
    }


def test_all_wards_see_the_migrations_of_all(charlie, alice, actor_of, minato, resident_area):
    record_migration_step(
        actor_of(alice),
        organisation=minato,
        area=resident_area,
        state="conformity",
        actual_on=date(2025, 4, 1),
    )
    assert MigrationStep.objects.visible_to(actor_of(charlie)).count() == 1


@pytest.mark.parametrize("person", ["bob", "charlie", "jun"])
def test_only_the_ward_itself_records(request, person, actor_of, minato, resident_area):
    with pytest.raises(PermissionRefused):
        record_migration_step(
            actor_of(request.getfixturevalue(person)),
            organisation=minato,
            area=resident_area,
            state="migrated",
            actual_on=date(2026, 1, 1),
        )


def test_a_joint_body_has_no_standard_migration(jun, actor_of, soc):
    with pytest.raises(NotAWard):
        record_migration_step(
            actor_of(jun), organisation=soc, area=StandardBusinessArea.objects.first(), state="migrated"
        )
