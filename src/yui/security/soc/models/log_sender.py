"""送信元: who may send logs, and whose they are."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.people import person_field
from yui.security.soc.models.scoping import WatchedManager, WatchedModel, WatchedQuerySet


class SenderProof(models.TextChoices):
    """How a sender proves who it is."""

    TOKEN = "token", _("トークン")
    CERTIFICATE = "certificate", _("クライアント証明書")
    ADDRESS = "address", _("送信元アドレス(閉域網の平文syslog)")


class SenderProtocol(models.TextChoices):
    """The protocols of the receivers."""

    SYSLOG = "syslog", "syslog"
    HEC = "hec", "Splunk HEC"
    OTLP = "otlp", "OTLP/HTTP"
    ELASTIC = "elastic", "Elastic _bulk"


class LogSenderQuerySet(WatchedQuerySet):
    """Senders by their state."""

    def active_at(self, moment: datetime) -> "LogSenderQuerySet":
        """Keep the senders whose logs are accepted at a moment."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=moment), revoked_at__isnull=True)


class LogSender(WatchedModel):
    """One sender, bound to one ward for good: what it sends is that ward's, whatever the payload says."""

    name = models.CharField(_("名前"), max_length=120)
    proof = models.CharField(_("確認の方法"), max_length=12, choices=SenderProof.choices)
    protocols = models.JSONField(_("受け付ける形式"), default=list)
    secret_sha256 = models.CharField(_("トークンのSHA-256"), max_length=64, blank=True)
    secret_hint = models.CharField(_("トークンの末尾"), max_length=4, blank=True)
    certificate_sha256 = models.CharField(_("証明書の指紋(SHA-256)"), max_length=64, blank=True)
    address = models.CharField(_("送信元アドレス(CIDR)"), max_length=49, blank=True)
    system = models.ForeignKey(
        "registry.InformationSystem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("情報システム"),
    )
    created_by = person_field(_("登録した人"))
    expires_at = models.DateTimeField(_("期限"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("止めた日時"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("最後に受け取った日時"), null=True, blank=True)

    objects: ClassVar[Any] = WatchedManager.from_queryset(LogSenderQuerySet)()

    class Meta(WatchedModel.Meta):
        verbose_name = _("ログの送信元")
        ordering = ("organisation_id", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "name"),
                name="soc_sender_name_unique",
                violation_error_message=_("同じ名前の送信元がもうあります。"),
            ),
            models.UniqueConstraint(
                fields=("secret_sha256",), condition=~Q(secret_sha256=""), name="soc_sender_secret_unique"
            ),
            models.UniqueConstraint(
                fields=("certificate_sha256",),
                condition=~Q(certificate_sha256="") & Q(revoked_at__isnull=True),
                name="soc_sender_certificate_unique",
                violation_error_message=_("その証明書はほかの送信元が使っています。"),
            ),
            models.UniqueConstraint(
                fields=("address",),
                condition=~Q(address="") & Q(revoked_at__isnull=True),
                name="soc_sender_address_unique",
                violation_error_message=_("そのアドレスはほかの送信元が使っています。"),
            ),
            models.CheckConstraint(
                condition=Q(proof=SenderProof.TOKEN, secret_sha256__gt="", certificate_sha256="", address="")
                | Q(proof=SenderProof.CERTIFICATE, certificate_sha256__gt="", secret_sha256="", address="")
                | Q(proof=SenderProof.ADDRESS, address__gt="", secret_sha256="", certificate_sha256=""),
                name="soc_sender_proves_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:sender", self.pk)


class RejectedInput(WatchedModel):
    """What could not be taken in: counted by sender, reason and day, with one sample."""

    sender = models.ForeignKey(
        LogSender, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("送信元")
    )
    day = models.DateField(_("日"))
    reason = models.CharField(_("理由"), max_length=40)
    count = models.PositiveBigIntegerField(_("件数"), default=0)
    detail = models.CharField(_("説明"), max_length=500, blank=True)
    sample = models.TextField(_("例"), max_length=2000, blank=True)
    last_at = models.DateTimeField(_("最後の日時"))

    class Meta(WatchedModel.Meta):
        verbose_name = _("受け取れなかったログ")
        ordering = ("-day", "reason")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "sender", "day", "reason"), name="soc_rejected_counted_once"
            ),
            models.UniqueConstraint(
                fields=("organisation", "day", "reason"),
                condition=Q(sender__isnull=True),
                name="soc_rejected_files_counted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.count}"


class SeenField(WatchedModel):
    """A field that events of a log source carried; a rule on a field never seen is blind there."""

    product = models.CharField(_("製品"), max_length=60, blank=True)
    category = models.CharField(_("分類"), max_length=60, blank=True)
    service = models.CharField(_("サービス"), max_length=60, blank=True)
    field = models.CharField(_("項目"), max_length=200)
    first_seen = models.DateField(_("最初の日"))
    last_seen = models.DateField(_("最後の日"))

    class Meta(WatchedModel.Meta):
        verbose_name = _("ログの項目")
        ordering = ("product", "category", "service", "field")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "product", "category", "service", "field"),
                name="soc_seen_field_unique",
            )
        ]

    def __str__(self) -> str:
        return self.field
