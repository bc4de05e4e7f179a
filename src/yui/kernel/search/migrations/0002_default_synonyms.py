from typing import Any

from django.db import migrations

PAIRS = [("介護保険", "介保"), ("マイナンバー", "個人番号")]


def add_defaults(apps: Any, schema_editor: Any) -> None:
    """Put in the pairs that every ward uses."""
    synonym = apps.get_model("search", "Synonym")
    database = schema_editor.connection.alias
    for term, equivalent in PAIRS:
        synonym.objects.using(database).get_or_create(term=term, equivalent=equivalent)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
