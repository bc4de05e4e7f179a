"""Names the kernel room ``ledger`` to Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Application configuration of ``yui.kernel.ledger``."""

    name = "yui.kernel.ledger"
    label = "ledger"
