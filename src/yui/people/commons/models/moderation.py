"""What moderators are told and what they do; every act stands in the ledger and on a page open to all."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild


class ModerationKind(models.TextChoices):
    """What a moderator did."""

    HIDE = "hide", _("非表示にした")
    SHOW = "show", _("表示に戻した")
    LOCK = "lock", _("書き込みを止めた")
    UNLOCK = "unlock", _("書き込みを再開した")
    DUPLICATE = "duplicate", _("同じ質問にまとめた")
    RETAG = "retag", _("タグを直した")
    DISMISS = "dismiss", _("通報を確認した(変更なし)")


class ModerationAct(ScopedChild):
    """One act with its reason, never altered. ``post`` is empty where the whole question is meant."""

    scope_path = "question"

    question = models.ForeignKey("commons.Question", on_delete=models.CASCADE, related_name="moderation")
    post = models.ForeignKey(
        "commons.Post", on_delete=models.CASCADE, null=True, blank=True, related_name="moderation"
    )
    kind = models.CharField(_("したこと"), max_length=12, choices=ModerationKind.choices)
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("日時"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("運営の対応")
        ordering = ("-at", "-pk")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="commons_moderation_has_reason")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.question_id}"


class PostReport(ScopedChild):
    """通報: a reader tells moderators that something is wrong with a post; who it was, only they see."""

    scope_path = "post__question"

    post = models.ForeignKey("commons.Post", on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("日時"))
    settled_at = models.DateTimeField(_("対応した日時"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("通報")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="commons_report_has_reason"),
            models.UniqueConstraint(
                fields=("post", "by"), condition=Q(settled_at__isnull=True), name="commons_report_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}"


class Disclosure(ScopedChild):
    """A request of one moderator, granted by another, to learn who wrote a post without a name."""

    scope_path = "post__question"

    post = models.ForeignKey("commons.Post", on_delete=models.CASCADE, related_name="disclosures")
    reason = models.CharField(_("理由"), max_length=300)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("求めた日時"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    is_refused = models.BooleanField(_("断った"), default=False)

    class Meta(ScopedChild.Meta):
        verbose_name = _("投稿者の開示")
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="commons_disclosure_has_reason"),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("requested_by")),
                name="commons_disclosure_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}"
