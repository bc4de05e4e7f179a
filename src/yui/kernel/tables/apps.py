"""Names the kernel room ``tables`` to Django."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Fast lists."""

    name = "yui.kernel.tables"
    label = "tables"
