"""Names the kernel room ``writing`` to Django: template tags, the preview, the catalogue."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """Application configuration of ``yui.kernel.writing``."""

    name = "yui.kernel.writing"
    label = "writing"
