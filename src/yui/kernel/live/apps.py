"""Names the kernel room ``live`` to Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Application configuration of ``yui.kernel.live``."""

    name = "yui.kernel.live"
    label = "live"
    command_group = ""
