"""検知: alerts, and the groups in which alike ones are worked."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.people import person_field
from yui.security.soc.models.detection_rule import DetectionRule
from yui.security.soc.models.incident import Incident
from yui.security.soc.models.levels import Level
from yui.security.soc.models.scoping import WatchedChild, WatchedManager, WatchedModel, WatchedQuerySet


class AlertState(models.TextChoices):
    """Where the work on a group stands."""

    NEW = "new", _("未着手")
    WORKING = "working", _("対応中")
    CLOSED = "closed", _("完了")


class CloseReason(models.TextChoices):
    """Why a group was closed."""

    TRUE_POSITIVE = "true_positive", _("攻撃を確認した")
    BENIGN = "benign", _("正しい検知だが問題なし")
    FALSE_POSITIVE = "false_positive", _("誤検知")
    DUPLICATE = "duplicate", _("重複")
    EXERCISE = "exercise", _("演習・試験")


class AlertGroupQuerySet(WatchedQuerySet):
    """Groups by their state."""

    def open(self) -> "AlertGroupQuerySet":
        """Keep the groups that nobody closed."""
        return self.exclude(state=AlertState.CLOSED)


class AlertGroup(WatchedModel):
    """Alike alerts of one ward: same rule, same host or account; worked as one (``engine/triage/grouping``).

    ``priority`` sorts the queue: level first, then the 機密性 of the system it touches. ``opened_for`` is the
    time of the event that opened the group: later ones beyond the window open a further group. ``count`` is
    all matches; ``held`` of them have no alert of their own (``engine/triage/flooding``).
    """

    rule = models.ForeignKey(
        DetectionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("ルール")
    )
    group_key = models.CharField(_("束ねる値"), max_length=64)
    opened_for = models.DateTimeField(_("束ね始めた発生日時"))
    title = models.CharField(_("題名"), max_length=300)
    level = models.PositiveSmallIntegerField(_("重さ"), choices=Level.choices)
    priority = models.PositiveSmallIntegerField(_("優先度"))
    host = models.CharField(_("端末"), max_length=200, blank=True)
    user = models.CharField(_("利用者"), max_length=200, blank=True)
    system = models.ForeignKey(
        "registry.InformationSystem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("情報システム"),
    )
    confidentiality = models.PositiveSmallIntegerField(_("機密性"), null=True, blank=True)
    count = models.PositiveIntegerField(_("件数"), default=1)
    held = models.PositiveIntegerField(_("数だけの件数"), default=0)
    first_event_at = models.DateTimeField(_("最初の発生"))
    last_event_at = models.DateTimeField(_("最後の発生"))
    detected_at = models.DateTimeField(_("検知日時"))
    state = models.CharField(_("状態"), max_length=8, choices=AlertState.choices, default=AlertState.NEW)
    assignee = person_field(_("担当"))
    acknowledged_at = models.DateTimeField(_("着手日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("完了日時"), null=True, blank=True)
    closed_by = person_field(_("完了した人"))
    close_reason = models.CharField(_("完了の理由"), max_length=16, choices=CloseReason.choices, blank=True)
    close_note = models.TextField(_("完了の説明"), max_length=2000, blank=True)
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("インシデント"),
    )

    objects: ClassVar[Any] = WatchedManager.from_queryset(AlertGroupQuerySet)()

    class Meta(WatchedModel.Meta):
        verbose_name = _("検知")
        ordering = ("-priority", "-last_event_at", "-id")
        indexes = [
            models.Index(fields=("state", "-priority", "-last_event_at", "-id"), name="soc_queue"),
            models.Index(
                fields=("organisation", "state", "-priority", "-last_event_at", "-id"), name="soc_ward_queue"
            ),
            models.Index(
                fields=("-priority", "-last_event_at", "-id"),
                condition=~Q(state=AlertState.CLOSED),
                name="soc_open_queue",
            ),
            models.Index(
                fields=("organisation", "-priority", "-last_event_at", "-id"),
                condition=~Q(state=AlertState.CLOSED),
                name="soc_open_ward_queue",
            ),
            # By rule and by technique, which is a few rules: the open groups of one ward alone are read.
            models.Index(
                fields=("organisation", "rule", "-priority", "-last_event_at", "-id"),
                condition=~Q(state=AlertState.CLOSED),
                name="soc_open_rule_queue",
            ),
            models.Index(
                fields=("assignee", "-priority", "-last_event_at", "-id"),
                condition=Q(state=AlertState.WORKING),
                name="soc_own_queue",
            ),
            models.Index(
                fields=("detected_at",), condition=Q(state=AlertState.NEW), name="soc_groups_waiting"
            ),
            models.Index(fields=("rule", "-priority", "-last_event_at", "-id"), name="soc_rule_queue"),
            # With these classes PostgreSQL finds beginnings of words in any collation; SQLite always does.
            models.Index(
                fields=("host", "last_event_at"),
                opclasses=("varchar_pattern_ops", "timestamptz_ops"),
                name="soc_groups_of_host",
            ),
            models.Index(
                fields=("user", "last_event_at"),
                opclasses=("varchar_pattern_ops", "timestamptz_ops"),
                name="soc_groups_of_user",
            ),
            models.Index(fields=("rule", "detected_at"), name="soc_groups_of_rule"),
            models.Index(fields=("organisation", "detected_at"), name="soc_groups_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "group_key", "opened_for"),
                condition=~Q(state=AlertState.CLOSED),
                name="soc_one_open_group",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AlertState.NEW,
                    acknowledged_at__isnull=True,
                    closed_at__isnull=True,
                    close_reason="",
                )
                | Q(
                    state=AlertState.WORKING,
                    acknowledged_at__isnull=False,
                    closed_at__isnull=True,
                    close_reason="",
                )
                | Q(
                    state=AlertState.CLOSED,
                    acknowledged_at__isnull=False,
                    closed_at__isnull=False,
                    close_reason__gt="",
                ),
                name="soc_group_state_has_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(last_event_at__gte=models.F("first_event_at")), name="soc_group_spans_time"
            ),
            models.CheckConstraint(condition=Q(held__lt=models.F("count")), name="soc_group_has_an_alert"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:alert", self.pk)


class Alert(WatchedModel):
    """One match of one rule on one event (or, for a correlation, on its events)."""

    group = models.ForeignKey(AlertGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("検知"))
    rule = models.ForeignKey(
        DetectionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("ルール")
    )
    event_id = models.CharField(_("ログの番号"), max_length=64)
    event_at = models.DateTimeField(_("発生日時"))
    detected_at = models.DateTimeField(_("検知日時"))
    event = models.JSONField(_("ログの項目"), default=dict)
    matched = models.JSONField(_("一致したところ"), default=list)

    class Meta(WatchedModel.Meta):
        verbose_name = _("検知の記録")
        ordering = ("-event_at", "-id")
        indexes = [models.Index(fields=("group", "-event_at", "-id"), name="soc_alerts_of_group")]
        constraints = [
            models.UniqueConstraint(fields=("organisation", "rule", "event_id"), name="soc_alert_raised_once")
        ]

    def __str__(self) -> str:
        return self.event_id


class AlertNote(WatchedChild):
    """A comment on a group."""

    scope_path = "group"

    group = models.ForeignKey(AlertGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("検知"))
    text = models.TextField(_("コメント"), max_length=4000)
    written_by = person_field(_("書いた人"))
    written_at = models.DateTimeField(_("書いた日時"), auto_now_add=True)

    class Meta(WatchedChild.Meta):
        verbose_name = _("検知のコメント")
        ordering = ("written_at", "id")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="soc_alert_note_says_something")]

    def __str__(self) -> str:
        return self.text[:40]
