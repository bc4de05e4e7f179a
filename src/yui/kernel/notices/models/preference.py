"""How one person wants notices to come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.notices.registry import MailTiming


class NoticePreference(models.Model):
    """A person's choice for one kind, or with ``*`` for every kind without a choice of its own.

    An empty choice follows the next wider one: the kind, then ``*``, then what the room suggests.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("利用者")
    )
    kind = models.CharField(_("種類"), max_length=100)
    page = models.BooleanField(_("通知のページに出す"), null=True, blank=True)
    mail = models.CharField(_("メール"), max_length=10, choices=MailTiming.choices, blank=True)

    class Meta:
        verbose_name = _("通知の受け取り方")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_once"),
            models.CheckConstraint(
                condition=models.Q(mail__in=["", *MailTiming.values]), name="notice_preference_mail_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"
