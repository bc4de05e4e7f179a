"""Names the kernel room ``scope`` to Django."""

from django.apps import AppConfig


class ScopeConfig(AppConfig):
    """Application configuration of ``yui.kernel.scope``."""

    name = "yui.kernel.scope"
    label = "scope"
