"""An import of another platform's export."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class IntakeFormat(models.TextChoices):
    """Where an export comes from."""

    SLACK = "slack", "Slack"
    DISCOURSE = "discourse", "Discourse"


class CommonsIntake(ScopedModel):
    """One run: what was taken in, and what was left out with the reason (``skipped``: what, why)."""

    format = models.CharField(_("形式"), max_length=12, choices=IntakeFormat.choices)
    file_name = models.CharField(_("ファイル"), max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("日時"))
    users = models.PositiveIntegerField(_("人"), default=0)
    questions = models.PositiveIntegerField(_("質問"), default=0)
    answers = models.PositiveIntegerField(_("回答"), default=0)
    solved = models.PositiveIntegerField(_("解決"), default=0)
    skipped_count = models.PositiveIntegerField(_("取り込まなかったもの"), default=0)
    skipped = models.JSONField(_("取り込まなかった理由"), default=list)

    class Meta(ScopedModel.Meta):
        verbose_name = _("投稿の取り込み")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.format} {self.file_name}"
