"""横断検知 and 目撃情報: the same thing in two or more wards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild, ScopedModel
from yui.kernel.scope.people import person_field
from yui.security.soc.models.alert import AlertState, CloseReason
from yui.security.soc.models.levels import Level


class JointAlert(ScopedModel):
    """One thing (indicator, rule, technique) seen in several wards within a window; the joint body's record.

    ``surprise`` is −log10 of the probability that so many wards see it by chance (``engine/joint``).
    """

    key_kind = models.CharField(_("種類"), max_length=20)
    key_value = models.CharField(_("値"), max_length=400)
    level = models.PositiveSmallIntegerField(_("重さ"), choices=Level.choices)
    surprise = models.FloatField(_("意外さ"))
    first_seen = models.DateTimeField(_("最初の発生"))
    last_seen = models.DateTimeField(_("最後の発生"))
    detected_at = models.DateTimeField(_("検知日時"))
    ward_count = models.PositiveSmallIntegerField(_("区の数"))
    count = models.PositiveIntegerField(_("件数"))
    state = models.CharField(_("状態"), max_length=8, choices=AlertState.choices, default=AlertState.NEW)
    assignee = person_field(_("担当"))
    acknowledged_at = models.DateTimeField(_("着手日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("完了日時"), null=True, blank=True)
    close_reason = models.CharField(_("完了の理由"), max_length=16, choices=CloseReason.choices, blank=True)
    close_note = models.TextField(_("完了の説明"), max_length=2000, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("横断検知")
        ordering = ("-last_seen", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "key_kind", "key_value", "first_seen"), name="soc_joint_alert_unique"
            ),
            models.CheckConstraint(
                condition=Q(ward_count__gte=2) & Q(count__gte=models.F("ward_count")),
                name="soc_joint_alert_crosses_wards",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_kind}: {self.key_value}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:joint-alert", self.pk)


class JointAlertWard(ScopedChild):
    """What one ward contributes to a joint alert; only the joint body sees which ward it is."""

    scope_path = "joint_alert"

    joint_alert = models.ForeignKey(
        JointAlert, on_delete=models.CASCADE, related_name="+", verbose_name=_("横断検知")
    )
    ward = models.ForeignKey(
        "scope.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("区")
    )
    first_seen = models.DateTimeField(_("最初の発生"))
    last_seen = models.DateTimeField(_("最後の発生"))
    count = models.PositiveIntegerField(_("件数"))
    alert_ids = models.JSONField(_("検知の番号"), default=list)

    class Meta(ScopedChild.Meta):
        verbose_name = _("横断検知の区")
        ordering = ("first_seen", "id")
        constraints = [
            models.UniqueConstraint(fields=("joint_alert", "ward"), name="soc_joint_alert_ward_once")
        ]

    def __str__(self) -> str:
        return str(self.ward)


class Sighting(ScopedModel):
    """目撃情報: what all wards learn of a joint alert: kind, value, first and last time, count.

    It counts only wards that share, in a company as large as each asks for (``engine/triage/sharing``); no
    ward, host, user or raw event is ever in it.
    """

    joint_alert = models.OneToOneField(
        JointAlert, on_delete=models.CASCADE, related_name="sighting", verbose_name=_("横断検知")
    )
    key_kind = models.CharField(_("種類"), max_length=20)
    key_value = models.CharField(_("値"), max_length=400)
    level = models.PositiveSmallIntegerField(_("重さ"), choices=Level.choices)
    first_seen = models.DateTimeField(_("最初の発生"))
    last_seen = models.DateTimeField(_("最後の発生"))
    count = models.PositiveIntegerField(_("件数"))
    ward_count = models.PositiveSmallIntegerField(_("区の数"), null=True, blank=True)
    advice = models.TextField(_("区へのお知らせ"), max_length=2000, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("目撃情報")
        ordering = ("-last_seen", "-id")

    def __str__(self) -> str:
        return f"{self.key_kind}: {self.key_value}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:sighting", self.pk)
