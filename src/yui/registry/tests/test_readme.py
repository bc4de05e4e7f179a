"""The room's README names every field of every model."""

from pathlib import Path

from django.apps import apps

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
UNSAID = {"id", "created_at", "updated_at"}


def test_every_field_stands_in_its_model_s_table():
    for model in apps.get_app_config("registry").get_models():
        section = README.partition(f"### `{model.__name__}`")[2].partition("\n### ")[0]
        fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
        missing = {name for name in fields - UNSAID if f"| `{name}` |" not in section}
        assert not missing, (model.__name__, missing)
