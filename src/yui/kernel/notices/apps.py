"""Names the kernel room ``notices`` to Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Application configuration of ``yui.kernel.notices``."""

    name = "yui.kernel.notices"
    label = "notices"
