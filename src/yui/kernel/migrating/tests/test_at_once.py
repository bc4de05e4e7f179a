"""Tables made in one step are those that Django makes one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from yui.kernel.migrating import AtOnce


def operations():
    """Two tables that point at each other, a change between, and a third table."""
    key = ("id", models.BigAutoField(primary_key=True))
    return [
        migrations.CreateModel("House", [key, ("name", models.CharField(max_length=20))]),
        migrations.CreateModel(
            "Room",
            [key, ("house", models.ForeignKey("atonce.House", models.CASCADE, related_name="rooms"))],
            options={"constraints": [models.UniqueConstraint(fields=("house",), name="one_room")]},
        ),
        migrations.AddField(
            "House", "hall", models.ForeignKey("atonce.Room", models.SET_NULL, null=True, related_name="+")
        ),
        migrations.CreateModel("Key", [key, ("room", models.ManyToManyField("atonce.Room"))]),
    ]


def in_one_run():
    """The tables of ``operations``, the first two pointing at each other as they are made."""
    house, room, hall, key = operations()
    house.fields.append((hall.name, hall.field))
    return [house, room, key]


def migration_of(kind, made):
    return type("Migration", (kind,), {"operations": made})("0001_initial", "atonce")


def tables_made_by(kind, made):
    """Apply the operations as a migration of ``kind``; return the tables and take them away again."""
    migration = migration_of(kind, made)
    before = ProjectState()
    with connection.schema_editor() as editor:
        after = migration.apply(before.clone(), editor)
    with connection.cursor() as cursor:
        names = [each.name for each in connection.introspection.get_table_list(cursor)]
        made = {
            name: (
                connection.introspection.get_table_description(cursor, name),
                sorted(connection.introspection.get_constraints(cursor, name)),
                connection.introspection.get_relations(cursor, name),
            )
            for name in sorted(names)
            if name.startswith("atonce_")
        }
    with connection.schema_editor() as editor:
        migration.unapply(before.clone(), editor)
    return made, after


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("made_at_once", [operations, in_one_run])
def test_the_tables_are_the_same(made_at_once):
    plain, plain_state = tables_made_by(migrations.Migration, operations())
    made, state = tables_made_by(AtOnce, made_at_once())
    assert list(made) == ["atonce_house", "atonce_key", "atonce_key_room", "atonce_room"]
    assert {name: columns for name, (columns, _found, _related) in made.items()} == {
        name: columns for name, (columns, _found, _related) in plain.items()
    }
    assert [len(found) for _columns, found, _related in made.values()] == [
        len(found) for _columns, found, _related in plain.values()
    ]
    assert [related for _columns, _found, related in made.values()] == [
        related for _columns, _found, related in plain.values()
    ]
    assert state == plain_state


@pytest.mark.django_db(transaction=True)
def test_the_operations_stay_those_of_the_migration():
    migration = migration_of(AtOnce, operations())
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert len(migration.operations) == 4
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)


@pytest.mark.django_db(transaction=True)
def test_sql_is_shown_without_being_run():
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration_of(AtOnce, in_one_run()).apply(ProjectState(), editor, collect_sql=True)
    shown = "\n".join(editor.collected_sql)
    assert shown.count("CREATE TABLE") == 4
    assert "-- Create model House" in shown


def rendered_with_a_lamp():
    """A rendered state of a house, a room in it, and a lamp in the room."""
    house, room, _hall, _key = operations()
    state = ProjectState()
    for operation in (
        house,
        room,
        migrations.CreateModel(
            "Lamp",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("room", models.ForeignKey("atonce.Room", models.CASCADE)),
            ],
        ),
    ):
        operation.state_forwards("atonce", state)
    assert state.apps.get_models()
    return state


def after_keys_were_added(state):
    """Apply the migration that adds the table of keys, showing its SQL only."""
    key = operations()[-1]
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        return migration_of(AtOnce, [key]).apply(state, editor, collect_sql=True)


def relations(apps):
    """Every field of every model with the very class that it leads to."""
    return {
        (model.__name__, field.name, field.related_model is apps.get_model(field.related_model._meta.label))
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation
    }


@pytest.mark.django_db(transaction=True)
def test_what_was_rendered_is_kept_and_knows_the_new_tables():
    state = rendered_with_a_lamp()
    kept = state.apps.get_model("atonce", "Room")
    state = after_keys_were_added(state)
    assert state.apps.get_model("atonce", "Room") is kept
    anew = ProjectState({name: model.clone() for name, model in state.models.items()})
    assert relations(state.apps) == relations(anew.apps)
    assert ("Room", "key", True) in relations(state.apps)


@pytest.mark.django_db(transaction=True)
def test_what_a_change_put_off_is_rendered_with_the_next_tables():
    state = rendered_with_a_lamp()
    migrations.AlterField("House", "name", models.CharField(max_length=40)).state_forwards("atonce", state)
    assert ("Lamp", "room", False) in relations(state.apps)
    state = after_keys_were_added(state)
    assert ("Lamp", "room", True) in relations(state.apps)
    assert not state.is_delayed


@pytest.mark.django_db
def test_nothing_is_left_to_do_where_replaced_migrations_are_recorded():
    executor = MigrationExecutor(connection)
    recorded = set(MigrationRecorder(connection).applied_migrations())
    assert executor.loader.replacements
    for name, migration in executor.loader.replacements.items():
        assert {name, *migration.replaces} <= recorded
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
