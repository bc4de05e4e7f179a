"""A message to one person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.notices.registry import MailTiming


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices are read by their recipient alone."""

    def of(self, user_id: int | None) -> "NoticeQuerySet":
        """Keep what stands on the page of one person; nobody's page is empty."""
        return self.filter(user_id=user_id, is_on_page=True) if user_id is not None else self.none()

    def unread(self) -> "NoticeQuerySet":
        """Keep what the person has not opened yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One message to one person about one thing; renewed while it is unread, never repeated."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("利用者")
    )
    organisation = models.ForeignKey(
        "scope.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        verbose_name=_("団体"),
    )  # fmt: skip
    kind = models.CharField(_("種類"), max_length=100)
    title = models.CharField(_("題名"), max_length=200)
    body = models.TextField(_("内容"), blank=True)
    url = models.CharField(_("アドレス"), max_length=300)
    urn = models.CharField(_("対象"), max_length=200, blank=True)
    is_on_page = models.BooleanField(_("通知のページに出す"), default=True)
    mail = models.CharField(_("メール"), max_length=10, choices=MailTiming.choices, default=MailTiming.NONE)
    mailed_at = models.DateTimeField(_("メールを送った時刻"), null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(_("メールを試みた回数"), default=0)
    created_at = models.DateTimeField(_("作成日時"))
    read_at = models.DateTimeField(_("読んだ時刻"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("あなたへの通知")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(url__startswith="/"), name="notice_leads_inside"),
            models.CheckConstraint(condition=models.Q(mail__in=MailTiming.values), name="notice_mail_known"),
            models.UniqueConstraint(
                fields=["user", "urn", "kind"],
                condition=models.Q(read_at__isnull=True) & ~models.Q(urn=""),
                name="notice_unread_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True, is_on_page=True),
                name="notice_unread",
            ),
            models.Index(fields=["user", "-created_at"], name="notice_of_a_person"),
            models.Index(
                fields=["mail"],
                condition=models.Q(mailed_at__isnull=True) & ~models.Q(mail="none"),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.title
