"""Names the kernel room ``events`` to Django."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Application configuration of ``yui.kernel.events``."""

    name = "yui.kernel.events"
    label = "events"
