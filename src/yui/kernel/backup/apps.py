"""Names the kernel room ``backup`` to Django and ends what a killed restore left undone."""

from django.apps import AppConfig
from django.conf import settings

from yui.kernel.backup.recovery import journal_path, recover


class BackupConfig(AppConfig):
    """Application configuration of ``yui.kernel.backup``; its commands stand alone (``yui backup``)."""

    name = "yui.kernel.backup"
    label = "backup"
    command_group = ""

    def ready(self) -> None:
        """Finish or undo an interrupted restore before anything reads its files."""
        if journal_path(settings.HOME).exists():
            recover(settings.HOME)
