"""Registers the look of Yui: templates, component tags, navigation checks."""

from django.apps import AppConfig
from django.core.checks import register


class UiConfig(AppConfig):
    """Names the component kit to Django and registers its checks."""

    name = "yui.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        """Register the check that every navigation item leads to an existing page."""
        from yui.kernel.ui.checks import navigation_leads_somewhere  # models load before this point

        register(navigation_leads_somewhere)
