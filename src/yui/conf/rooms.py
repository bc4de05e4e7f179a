"""Finds what each room offers by the name of its file, so that adding a room changes one list."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import AppConfig, apps


def installed_yui_apps() -> Iterator[AppConfig]:
    """Yield the application configurations that belong to Yui, in the order of the settings."""
    for app in apps.get_app_configs():
        if app.name.startswith("yui."):
            yield app


def modules_named(name: str) -> Iterator[tuple[AppConfig, ModuleType]]:
    """Yield each Yui application that has a module ``name``, with the imported module."""
    for app in installed_yui_apps():
        if find_spec(f"{app.name}.{name}") is not None:
            yield app, import_module(f"{app.name}.{name}")
