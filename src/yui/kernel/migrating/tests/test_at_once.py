"""Tables made in one step are those that Django makes one by one."""

import pytest
from django.db import connection, migrations, models
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


def tables_made_by(kind):
    """Apply the operations as a migration of ``kind``; return the tables and take them away again."""
    migration = type("Migration", (kind,), {"operations": operations()})("0001_initial", "atonce")
    before = ProjectState()
    with connection.schema_editor() as editor:
        after = migration.apply(before.clone(), editor)
    with connection.cursor() as cursor:
        names = [each.name for each in connection.introspection.get_table_list(cursor)]
        made = {
            name: (
                connection.introspection.get_table_description(cursor, name),
                sorted(connection.introspection.get_constraints(cursor, name)),
            )
            for name in sorted(names)
            if name.startswith("atonce_")
        }
    with connection.schema_editor() as editor:
        migration.unapply(before.clone(), editor)
    return made, after


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_the_same():
    plain, plain_state = tables_made_by(migrations.Migration)
    made, state = tables_made_by(AtOnce)
    assert list(made) == ["atonce_house", "atonce_key", "atonce_key_room", "atonce_room"]
    assert {name: columns for name, (columns, _found) in made.items()} == {
        name: columns for name, (columns, _found) in plain.items()
    }
    assert [len(found) for _columns, found in made.values()] == [
        len(found) for _columns, found in plain.values()
    ]
    assert state == plain_state


@pytest.mark.django_db(transaction=True)
def test_the_operations_stay_those_of_the_migration():
    migration = type("Migration", (AtOnce,), {"operations": operations()})("0001_initial", "atonce")
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert len(migration.operations) == 4
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
