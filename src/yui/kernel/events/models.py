"""What happened, for those who may see it."""

from django.conf import settings
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


class ReadMark(models.Model):
    """Up to when a person has looked at what happened: a bookmark, not a record of the house."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("利用者")
    )
    seen_at = models.DateTimeField(_("ここまで見た時刻"))

    class Meta:
        verbose_name = _("通知を見た印")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.seen_at:%Y-%m-%d %H:%M}"
