"""Loads every room's ``measures.py``, so that offering a figure takes one file."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MeasuresConfig(AppConfig):
    """Application configuration of ``yui.kernel.measures``."""

    name = "yui.kernel.measures"
    label = "measures"

    def ready(self) -> None:
        """Import the module ``measures`` of each installed application."""
        autodiscover_modules("measures")
