"""Names the kernel room ``search`` to Django and listens to what changes."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Application configuration of ``yui.kernel.search``."""

    name = "yui.kernel.search"
    label = "search"

    def ready(self) -> None:
        """Subscribe to events; the module needs the models, so it is loaded only now."""
        import_module("yui.kernel.search.changes")
