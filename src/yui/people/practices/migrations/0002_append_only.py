"""What stays as it was: published versions and their figures, steps, and baselines."""

from django.db import migrations

PUBLISHED_VERSION = "OLD.published_at IS NOT NULL"
PUBLISHED_FIGURE = (
    "(SELECT published_at FROM practices_practiceversion WHERE id = OLD.version_id) IS NOT NULL"
)
GUARDED = {
    "practices_adoptionstep": "OLD.id IS NOT NULL",
    "practices_practiceversion": PUBLISHED_VERSION,
    "practices_practiceeffect": PUBLISHED_FIGURE,
    "practices_proposalstep": "OLD.id IS NOT NULL",
    "practices_proposalbaseline": "OLD.id IS NOT NULL",
}
"""Each table with the condition under which a row must stay as it is."""


def add_triggers(apps, schema_editor):
    """Let the database itself refuse every UPDATE of a row that must stay as it is."""
    for table, condition in GUARDED.items():
        if schema_editor.connection.vendor == "postgresql":
            # A WHEN clause of PostgreSQL takes no subquery, so that the condition stands in the function.
            schema_editor.execute(
                f"CREATE FUNCTION {table}_refuse_change() RETURNS trigger AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{table} is append-only' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END; $$ "
                "LANGUAGE plpgsql",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def remove_triggers(apps, schema_editor):
    """Take the triggers away again."""
    for table in GUARDED:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_append_only{on}")
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, remove_triggers)]
