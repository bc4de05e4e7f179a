"""The workers that have lately shown a sign of life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerRecord(models.Model):
    """One worker process, kept where the database is shared by several machines."""

    worker_id = models.CharField(_("処理係"), max_length=64, unique=True)
    seen_at = models.DateTimeField(_("最後に動いていた日時"))

    class Meta:
        ordering = ("-seen_at",)
        verbose_name = _("処理係")

    def __str__(self) -> str:
        return self.worker_id
