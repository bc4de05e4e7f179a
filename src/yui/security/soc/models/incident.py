"""インシデント: one case of a ward, and its append-only moments."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.people import person_field
from yui.security.soc.models.levels import Tlp
from yui.security.soc.models.scoping import WatchedChild, WatchedManager, WatchedModel, WatchedQuerySet


class IncidentCategory(models.TextChoices):
    """What happened; each has a playbook."""

    RANSOMWARE = "ransomware", _("ランサムウェア")
    CLOUD_LEAK = "cloud_leak", _("ガバメントクラウドからの情報漏えい")
    ACCOUNT_TAKEOVER = "account_takeover", _("アカウントの乗っ取り")
    DDOS = "ddos", _("DDoS攻撃")
    LOST_DEVICE = "lost_device", _("端末・媒体の紛失や盗難")
    CONTRACTOR_BREACH = "contractor_breach", _("委託先での侵害")
    MALWARE = "malware", _("マルウェア感染(ランサムウェア以外)")
    UNAUTHORISED_ACCESS = "unauthorised_access", _("不正アクセス")
    OTHER = "other", _("その他")


class Severity(models.IntegerChoices):
    """深刻度 of the national scale (深刻度評価基準, 2018-07-25), levels 0 to 4."""

    NONE = 0, _("0 影響なし")
    LOW = 1, _("1 低い")
    MODERATE = 2, _("2 中程度")
    HIGH = 3, _("3 深刻")
    SEVERE = 4, _("4 著しく深刻")


class IncidentState(models.TextChoices):
    """Where an incident stands (NIST SP 800-61r3; FIRST CSIRT Services Framework 2.1)."""

    DETECTED = "detected", _("検知")
    TRIAGE = "triage", _("確認中")
    DECLARED = "declared", _("インシデント宣言")
    CONTAINING = "containing", _("封じ込め中")
    CONTAINED = "contained", _("封じ込め済")
    ERADICATING = "eradicating", _("根絶中")
    RECOVERING = "recovering", _("復旧中")
    RESTORED = "restored", _("復旧済")
    REVIEW = "review", _("振り返り")
    CLOSED = "closed", _("終了")
    FALSE_POSITIVE = "false_positive", _("誤検知")
    MERGED = "merged", _("統合")


ENDED_STATES = (IncidentState.CLOSED, IncidentState.FALSE_POSITIVE, IncidentState.MERGED)


class IncidentQuerySet(WatchedQuerySet):
    """Incidents by their state."""

    def open(self) -> "IncidentQuerySet":
        """Keep the incidents that have not ended."""
        return self.exclude(state__in=ENDED_STATES)


class Incident(WatchedModel):
    """One case. Its times are ``IncidentMoment``s; ``state`` follows from them (``engine/incidents``).

    ``round`` counts reopenings: each has moments, and a containment interval, of its own. The texts at the
    end (``leaked_items`` to ``prevention``) are what reports to authorities ask for.
    """

    number = models.CharField(_("番号"), max_length=20)
    title = models.CharField(_("件名"), max_length=160)
    category = models.CharField(_("種類"), max_length=24, choices=IncidentCategory.choices)
    state = models.CharField(
        _("状態"), max_length=16, choices=IncidentState.choices, default=IncidentState.DETECTED
    )
    severity = models.PositiveSmallIntegerField(_("深刻度"), choices=Severity.choices, default=Severity.LOW)
    severity_continuity = models.PositiveSmallIntegerField(
        _("持続性への影響"), choices=Severity.choices, null=True, blank=True
    )
    severity_safety = models.PositiveSmallIntegerField(
        _("安全性への影響"), choices=Severity.choices, null=True, blank=True
    )
    severity_trust = models.PositiveSmallIntegerField(
        _("信頼への影響"), choices=Severity.choices, null=True, blank=True
    )
    severity_reason = models.TextField(_("深刻度の理由"), max_length=1000, blank=True)
    tlp = models.CharField(_("共有範囲(TLP)"), max_length=12, choices=Tlp.choices, default=Tlp.AMBER)
    summary = models.TextField(_("概要"), max_length=4000, blank=True)
    round = models.PositiveSmallIntegerField(_("回"), default=1)
    is_exercise = models.BooleanField(_("演習・訓練"), default=False)
    commander = person_field(_("指揮"))
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("統合先")
    )
    leaked_people = models.PositiveIntegerField(
        _("漏えいした、またはそのおそれがある人数"), null=True, blank=True
    )
    leak_known_at = models.DateTimeField(_("漏えい、またはそのおそれを知った日時"), null=True, blank=True)
    involves_sensitive = models.BooleanField(_("要配慮個人情報を含む"), default=False)
    involves_ordinance = models.BooleanField(_("条例要配慮個人情報を含む"), default=False)
    involves_my_number = models.BooleanField(_("特定個人情報を含む"), default=False)
    risks_property = models.BooleanField(_("財産的被害のおそれ"), default=False)
    wrongful_purpose = models.BooleanField(_("不正の目的によるおそれ"), default=False)
    core_system_stopped = models.BooleanField(_("基幹システムの長期停止"), default=False)
    reported_by = person_field(_("報告した人"))
    leaked_items = models.TextField(_("個人情報の項目"), max_length=2000, blank=True)
    cause = models.TextField(_("原因"), max_length=2000, blank=True)
    technique = models.TextField(_("攻撃の手口と痕跡"), max_length=4000, blank=True)
    secondary_damage = models.TextField(_("二次被害、またはそのおそれ"), max_length=2000, blank=True)
    response_to_people = models.TextField(_("本人への対応"), max_length=2000, blank=True)
    publication = models.TextField(_("公表"), max_length=2000, blank=True)
    prevention = models.TextField(_("再発防止のための措置"), max_length=2000, blank=True)

    objects: ClassVar[Any] = WatchedManager.from_queryset(IncidentQuerySet)()

    class Meta(WatchedModel.Meta):
        verbose_name = _("インシデント")
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=("organisation", "state"), name="soc_incidents_of_ward")]
        constraints = [
            models.UniqueConstraint(fields=("number",), name="soc_incident_number_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="soc_incident_is_named"),
            models.CheckConstraint(
                condition=Q(severity__lte=4)
                & Q(category__in=IncidentCategory.values)
                & Q(state__in=IncidentState.values),
                name="soc_incident_words_known",
            ),
            models.CheckConstraint(
                condition=Q(state=IncidentState.MERGED, merged_into__isnull=False)
                | (~Q(state=IncidentState.MERGED) & Q(merged_into__isnull=True)),
                name="soc_incident_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(severity_continuity__isnull=True)
                | Q(
                    severity__gte=models.F("severity_continuity"),
                    severity_safety__lte=models.F("severity"),
                    severity_trust__lte=models.F("severity"),
                ),
                name="soc_incident_highest_view_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:incident", self.pk)


class MomentKind(models.TextChoices):
    """The times of an incident, in the order in which they usually come."""

    OCCURRED = "occurred", _("発生")
    DETECTED = "detected", _("検知")
    REPORTED = "reported", _("CSIRTへの報告")
    ACKNOWLEDGED = "acknowledged", _("着手")
    TRIAGED = "triaged", _("確認")
    DECLARED = "declared", _("インシデント宣言")
    ESCALATED = "escalated", _("上申")
    CONTAINMENT_STARTED = "containment_started", _("封じ込め開始")
    CONTAINED = "contained", _("封じ込め完了")
    ERADICATION_STARTED = "eradication_started", _("根絶開始")
    ERADICATED = "eradicated", _("根絶完了")
    RECOVERY_STARTED = "recovery_started", _("復旧開始")
    RECOVERED = "recovered", _("復旧完了")
    REVIEWED = "reviewed", _("振り返り")
    CLOSED = "closed", _("終了")
    REOPENED = "reopened", _("再開")
    JUDGED_FALSE = "judged_false", _("誤検知と判断")
    MERGED = "merged", _("統合")


class MomentSource(models.TextChoices):
    """Where a time comes from."""

    ALERT = "alert", _("検知の記録")
    PERSON = "person", _("人の記録")
    SYSTEM = "system", _("仕組みの記録")


class IncidentMoment(WatchedChild):
    """One time of an incident, never changed afterwards (a trigger of the database refuses).

    A correction is a further moment that names the one it revises, with a reason; both stay. ``until`` gives
    the end of the interval in which an estimated time lies.
    """

    scope_path = "incident"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="moments", verbose_name=_("インシデント")
    )
    round = models.PositiveSmallIntegerField(_("回"), default=1)
    kind = models.CharField(_("種類"), max_length=20, choices=MomentKind.choices)
    at = models.DateTimeField(_("日時"))
    until = models.DateTimeField(_("推定の終わり"), null=True, blank=True)
    source = models.CharField(_("出所"), max_length=8, choices=MomentSource.choices)
    note = models.CharField(_("説明"), max_length=500, blank=True)
    recorded_by = person_field(_("記録した人"))
    recorded_at = models.DateTimeField(_("記録した日時"))
    revises = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("訂正した記録"),
    )

    class Meta(WatchedChild.Meta):
        verbose_name = _("インシデントの日時")
        ordering = ("recorded_at", "id")
        indexes = [models.Index(fields=("kind", "at"), name="soc_moments_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(at__lte=models.F("recorded_at")),
                name="soc_moment_not_in_the_future",
                violation_error_message=_("まだ来ていない日時は記録できません。"),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("at")),
                name="soc_moment_interval_in_order",
                violation_error_message=_("推定の終わりは始まりより後にしてください。"),
            ),
            models.CheckConstraint(condition=Q(kind__in=MomentKind.values), name="soc_moment_kind_known"),
            models.CheckConstraint(
                condition=Q(revises__isnull=True) | ~Q(note=""),
                name="soc_moment_revision_says_why",
                violation_error_message=_("訂正には理由を書いてください。"),
            ),
            models.UniqueConstraint(fields=("revises",), name="soc_moment_revised_once"),
            models.UniqueConstraint(
                fields=("incident", "round", "kind"),
                condition=Q(revises__isnull=True),
                name="soc_moment_once_per_round",
                violation_error_message=_(
                    "その日時はもう記録されています。直すときは「訂正する」を使ってください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
