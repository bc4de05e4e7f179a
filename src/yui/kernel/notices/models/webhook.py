"""Where an organisation wants its notices posted."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class WebhookFormat(models.TextChoices):
    """Which program takes the message."""

    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"


class NoticeWebhook(ScopedModel):
    """A channel of an organisation; its address is a secret that only administrators handle."""

    title = models.CharField(_("名称"), max_length=80)
    url = models.CharField(_("アドレス"), max_length=1000)
    format = models.CharField(_("形式"), max_length=10, choices=WebhookFormat.choices)
    kinds = models.JSONField(_("知らせる種類"), default=list)
    is_active = models.BooleanField(_("使用中"), default=True)
    last_ok_at = models.DateTimeField(_("最後に届いた時刻"), null=True, blank=True)
    last_error = models.CharField(_("最後の誤り"), max_length=300, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("通知の送り先")
        ordering = ("organisation", "title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(format__in=WebhookFormat.values), name="notice_webhook_format_known"
            ),
            models.CheckConstraint(
                condition=models.Q(url__startswith="https://"), name="notice_webhook_is_encrypted"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="notice_webhook_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """The host of the address: all of it that is shown."""
        return urlsplit(self.url).netloc
