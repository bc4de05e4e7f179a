"""Names the kernel room ``observe`` to Django."""

from django.apps import AppConfig

from yui.kernel.observe.logging import configure_structlog


class ObserveConfig(AppConfig):
    """Application configuration of ``yui.kernel.observe``."""

    name = "yui.kernel.observe"
    label = "observe"

    def ready(self) -> None:
        """Bind structlog to Python's logging."""
        configure_structlog()
