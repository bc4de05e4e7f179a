"""The table of work that runs by the clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodicTask(models.Model):
    """When a periodic kind of job last ran and is next due; its schedule is registered in code."""

    kind = models.CharField(_("種類"), max_length=80, unique=True)
    schedule = models.CharField(_("予定"), max_length=40)
    next_run = models.DateTimeField(_("次の日時"))
    last_run = models.DateTimeField(_("前回の日時"), null=True, blank=True)
    enabled = models.BooleanField(_("動かす"), default=True)

    class Meta:
        ordering = ("kind",)
        verbose_name = _("定期の処理")

    def __str__(self) -> str:
        return f"{self.kind} ({self.schedule})"
