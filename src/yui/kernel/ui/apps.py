"""Registers the look of Yui: templates, component tags, navigation checks."""

from django.apps import AppConfig
from django.core.checks import register


class UiConfig(AppConfig):
    """Names the component kit to Django and registers its checks."""

    name = "yui.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        """Register the check of the navigation, and draw the states in tables with their shapes."""
        # Models are loaded only now.
        from yui.kernel.tables.columns import Kind, register_drawing
        from yui.kernel.ui.checks import navigation_leads_somewhere
        from yui.kernel.ui.components.words import status_cell

        register(navigation_leads_somewhere)
        register_drawing(Kind.STATUS, status_cell)
