"""Loads every room's ``explaining.py``, so that saying what changed takes one file."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExplanationsConfig(AppConfig):
    """Application configuration of ``yui.kernel.explanations``."""

    name = "yui.kernel.explanations"
    label = "explanations"

    def ready(self) -> None:
        """Import the module ``explaining`` of each installed application."""
        autodiscover_modules("explaining")
