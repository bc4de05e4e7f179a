"""Remembers restores, inside the database that they restored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Restoration(models.Model):
    """A restore that reached its commit: tells an interrupted one whether to go forward or back."""

    id = models.UUIDField(primary_key=True)
    archive_made_at = models.DateTimeField(_("バックアップの日時"))
    restored_at = models.DateTimeField(_("復元の日時"))

    class Meta:
        verbose_name = _("復元の記録")

    def __str__(self) -> str:
        return f"{self.restored_at:%Y-%m-%d %H:%M} ← {self.archive_made_at:%Y-%m-%d %H:%M}"
