"""What happened, for those who may see it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class Event(ScopedModel):
    """One happening: published by an operation, read by feeds, live pages and subscribers."""

    kind = models.CharField(_("種類"), max_length=100)
    subject = models.CharField(_("対象"), max_length=200)
    summary = models.CharField(_("要約"), max_length=400)
    actor_name = models.CharField(_("行った人"), max_length=200)
    data = models.JSONField(_("内容"), default=dict, blank=True)
    at = models.DateTimeField(_("時刻"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("出来事")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "-at"], name="event_by_organisation"),
            models.Index(fields=["kind", "-at"], name="event_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.summary}"
