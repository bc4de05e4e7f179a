"""検知ルール: Sigma rules as the joint body keeps them, and what each ward made of them."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel
from yui.kernel.scope.people import person_field
from yui.security.soc.engine.triage.flooding import GREATEST_LIMIT, LEAST_LIMIT, USUAL_LIMIT
from yui.security.soc.models.levels import Level
from yui.security.soc.models.scoping import WatchedManager, WatchedModel, WatchedQuerySet


class RuleKind(models.TextChoices):
    """The kinds of Sigma documents: rules, correlations, and filters that quieten rules."""

    EVENT = "event", _("単独")
    CORRELATION = "correlation", _("相関")
    FILTER = "filter", _("絞り込み")


class RulePack(ScopedModel):
    """One import of rules: a folder or archive, with the licence under which it came.

    ``unread`` keeps the first documents that are no rule: ``[[id or place, reason], …]``.
    """

    name = models.CharField(_("名前"), max_length=160)
    licence = models.CharField(_("ライセンス"), max_length=120, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    parsed = models.PositiveIntegerField(_("読んだ数"))
    loaded = models.PositiveIntegerField(_("使える数"))
    unread = models.JSONField(_("読めなかったもの"), default=list, blank=True)
    imported_by = person_field(_("取り込んだ人"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("ルールの取り込み")
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(loaded__lte=models.F("parsed")), name="soc_pack_counts_add_up")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:rule-pack", self.pk)


class DetectionRule(ScopedModel):
    """One Sigma rule; ``source`` is its text, from which everything else was read.

    ``unsupported`` says why the engine cannot evaluate it; empty where it can. A rule is off by default
    (``is_default`` false) until somebody tried it on stored events. ``hourly_limit`` is how many alerts it
    may raise in a ward and hour; further matches are counted (``engine/triage/flooding``).
    """

    rule_id = models.CharField(_("ルールID"), max_length=80, unique=True)
    kind = models.CharField(_("種類"), max_length=12, choices=RuleKind.choices, default=RuleKind.EVENT)
    title = models.CharField(_("題名"), max_length=300)
    level = models.PositiveSmallIntegerField(_("重さ"), choices=Level.choices)
    status = models.CharField(_("成熟度"), max_length=20, blank=True)
    author = models.CharField(_("作者"), max_length=400, blank=True)
    licence = models.CharField(_("ライセンス"), max_length=120, blank=True)
    description = models.TextField(_("説明"), blank=True)
    product = models.CharField(_("製品"), max_length=60, blank=True)
    category = models.CharField(_("分類"), max_length=60, blank=True)
    service = models.CharField(_("サービス"), max_length=60, blank=True)
    tags = models.JSONField(_("タグ"), default=list)
    techniques = models.JSONField(_("ATT&CK技術"), default=list)
    tactics = models.JSONField(_("ATT&CK戦術"), default=list)
    false_positives = models.JSONField(_("誤検知になりうる場合"), default=list)
    fields = models.JSONField(_("使う項目"), default=list)
    search_key = models.TextField(_("検索の語"), blank=True)
    source = models.TextField(_("ルールの本文"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    unsupported = models.CharField(_("使えない理由"), max_length=500, blank=True)
    is_default = models.BooleanField(_("はじめから有効"), default=False)
    hourly_limit = models.PositiveIntegerField(
        _("1時間に登録する上限"),
        default=USUAL_LIMIT,
        validators=[MinValueValidator(LEAST_LIMIT), MaxValueValidator(GREATEST_LIMIT)],
    )
    pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, related_name="+", verbose_name=_("取り込み"))
    retired_at = models.DateTimeField(_("廃止した日時"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("検知ルール")
        ordering = ("-level", "title")
        indexes = [models.Index(fields=("product", "category", "service"), name="soc_rule_by_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values) & Q(kind__in=RuleKind.values), name="soc_rule_words_known"
            ),
            models.CheckConstraint(
                condition=Q(unsupported="") | Q(is_default=False), name="soc_rule_unsupported_is_off"
            ),
            models.CheckConstraint(
                condition=Q(hourly_limit__gte=LEAST_LIMIT, hourly_limit__lte=GREATEST_LIMIT),
                name="soc_rule_limit_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("soc:rule", self.pk)


class RuleActivation(WatchedModel):
    """A ward's own decision about a rule; without one, the rule's default holds."""

    rule = models.ForeignKey(
        DetectionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("ルール")
    )
    is_enabled = models.BooleanField(_("有効"))
    decided_by = person_field(_("決めた人"))
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta(WatchedModel.Meta):
        verbose_name = _("ルールの有効・無効")
        constraints = [models.UniqueConstraint(fields=("organisation", "rule"), name="soc_activation_unique")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.is_enabled}"


class RuleLoad(WatchedModel):
    """How many alerts a rule raised in a ward in the latest hour in which it matched, and how many it held.

    ``flooded_at`` is when a match was last held because of the limit, ``told_at`` when people were last told.
    """

    rule = models.ForeignKey(
        DetectionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("ルール")
    )
    hour = models.DateTimeField(_("時間帯"))
    raised = models.PositiveIntegerField(_("登録した件数"), default=0)
    held = models.PositiveBigIntegerField(_("数だけの件数"), default=0)
    flooded_at = models.DateTimeField(_("最後に上限を超えた日時"), null=True, blank=True)
    told_at = models.DateTimeField(_("最後に知らせた日時"), null=True, blank=True)

    class Meta(WatchedModel.Meta):
        verbose_name = _("ルールの1時間の件数")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "rule"), name="soc_load_once_per_rule")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.raised} + {self.held}"


class RuleExclusionQuerySet(WatchedQuerySet):
    """Exclusions by time."""

    def holding_at(self, moment: datetime) -> "RuleExclusionQuerySet":
        """Keep the exclusions that hold at a moment."""
        return self.filter(expires_at__gt=moment, withdrawn_at__isnull=True)


class RuleExclusion(WatchedModel):
    """除外: events of a ward on which a rule stays quiet, until a day, for a reason.

    ``condition`` is a Sigma search identifier: a mapping of fields to values, all of which must hold.
    """

    rule = models.ForeignKey(
        DetectionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("ルール")
    )
    condition = models.JSONField(_("条件"))
    reason = models.CharField(_("理由"), max_length=300)
    created_by = person_field(_("決めた人"))
    expires_at = models.DateTimeField(_("期限"))
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    suppressed = models.PositiveBigIntegerField(_("除外した件数"), default=0)

    objects: ClassVar[Any] = WatchedManager.from_queryset(RuleExclusionQuerySet)()

    class Meta(WatchedModel.Meta):
        verbose_name = _("検知の除外")
        ordering = ("expires_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="soc_exclusion_has_a_reason"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="soc_exclusion_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class RuleCoverage(WatchedModel):
    """How far the rules see in one ward: worked out from the fields that its events carried.

    ``states`` maps the id of each rule that is blind to its state and the fields that no event carried:
    ``{"…": ["field_never_seen", ["CommandLine"]]}``; every other rule in use sees.
    """

    states = models.JSONField(_("ルールごとの状態"), default=dict)
    evaluable = models.PositiveIntegerField(_("見えるルール"), default=0)
    blind = models.PositiveIntegerField(_("項目が来ないルール"), default=0)
    computed_at = models.DateTimeField(_("調べた日時"))

    class Meta(WatchedModel.Meta):
        verbose_name = _("ルールの見える範囲")
        constraints = [models.UniqueConstraint(fields=("organisation",), name="soc_coverage_once_per_ward")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.evaluable}"


class RuleTrial(WatchedModel):
    """試し: what a rule would have found in stored events, before it goes live."""

    rule = models.ForeignKey(
        DetectionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("ルール")
    )
    rule_sha256 = models.CharField(_("試したルールのSHA-256"), max_length=64)
    since = models.DateTimeField(_("ここから"))
    until = models.DateTimeField(_("ここまで"))
    events = models.PositiveBigIntegerField(_("調べた件数"))
    matches = models.PositiveBigIntegerField(_("見つかった件数"))
    hosts = models.PositiveIntegerField(_("端末の数"), default=0)
    examples = models.JSONField(_("例"), default=list, blank=True)
    tried_by = person_field(_("試した人"))

    class Meta(WatchedModel.Meta):
        verbose_name = _("ルールの試し")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="soc_trial_spans_time")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.matches}"
