"""Rules that share a joint cost, their versions, and the receivers of a version."""

from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import Organisation, ParticipantScopedModel, ScopedChild
from yui.kernel.scope.querysets import ScopedManager, ScopedQuerySet
from yui.transition.costs.engine.allocation_rules import Component, Coverage, Method
from yui.transition.costs.facts import CostCategory


class AllocationMethod(models.TextChoices):
    """How a shared cost is divided."""

    EVEN = Method.EVEN.value, _("均等割")
    POPULATION = Method.POPULATION.value, _("人口割")
    USAGE = Method.USAGE.value, _("使用量割")
    WEIGHT = Method.WEIGHT.value, _("比率")
    MIXED = Method.MIXED.value, _("組み合わせ")


class AllocationState(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", _("下書き")
    SUBMITTED = "submitted", _("承認待ち")
    APPROVED = "approved", _("承認")
    RETIRED = "retired", _("廃止")


MONTH_TEXT = RegexValidator(r"\A\d{4}-(0[1-9]|1[0-2])\Z", _("2026-04 のように書いてください。"))
DECIDED = (AllocationState.APPROVED, AllocationState.RETIRED)


class AllocationRule(ParticipantScopedModel):
    """Which costs of its organisation are shared; how, say its versions. Receivers take part in it."""

    name = models.CharField(_("名称"), max_length=120)
    provider = models.CharField(_("事業者"), max_length=200, blank=True)
    account = models.CharField(_("請求先"), max_length=200, blank=True)
    system_code = models.CharField(_("システムの管理番号"), max_length=80, blank=True)
    cost_category = models.CharField(_("経費区分"), max_length=12, choices=CostCategory.choices, blank=True)

    # Only where the register does not know the area: a joint service stands in no ward's register.
    business_area = models.CharField(_("業務"), max_length=2, blank=True)

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("配賦ルール")
        ordering = ("organisation", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "provider", "account", "system_code", "cost_category"),
                name="allocation_rule_covers_once",
                violation_error_message=_(
                    "同じ費用を対象とするルールがあります。その新しい版を作ってください。"
                ),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="allocation_rule_is_named"),
            models.CheckConstraint(
                condition=Q(cost_category__in=["", *CostCategory.values]), name="allocation_rule_category"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the rule's page."""
        return reverse("costs:allocation-rule", args=[self.pk])

    @property
    def coverage(self) -> Coverage:
        """What the rule covers, for the engine."""
        return Coverage(self.account, self.system_code, self.provider, self.cost_category)

    @property
    def covered(self) -> list[tuple[str, str]]:
        """What the rule covers, for reading: the name of a field and its value; empty for every cost."""
        category = str(self.get_cost_category_display()) if self.cost_category else ""
        named = (
            (_("事業者"), self.provider),
            (_("請求先"), self.account),
            (_("システムの管理番号"), self.system_code),
            (_("経費区分"), category),
        )
        return [(str(title), value) for title, value in named if value]


class AllocationRuleVersionQuerySet(ScopedQuerySet):
    """Versions."""

    def that_apply(self) -> "AllocationRuleVersionQuerySet":
        """Keep the versions that divide costs: approved ones, and retired ones up to their last month."""
        approved, ended = Q(state=AllocationState.APPROVED), Q(state=AllocationState.RETIRED)
        return self.filter(approved | (ended & ~Q(valid_to="")))


class AllocationRuleVersion(ParticipantScopedModel):
    """How a rule divides the costs of the months from ``valid_from`` to ``valid_to`` (empty: open).

    Only its organisation sees a draft; once approved its receivers see it too. Whoever proposed it does not
    approve it. A retired version goes on dividing the months up to ``valid_to``; without one it never
    applied.
    """

    rule = models.ForeignKey(
        AllocationRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("配賦ルール")
    )
    number = models.PositiveSmallIntegerField(_("版"))
    valid_from = models.CharField(_("最初の月"), max_length=7, validators=[MONTH_TEXT])
    valid_to = models.CharField(_("最後の月"), max_length=7, blank=True, validators=[MONTH_TEXT])
    method = models.CharField(_("分け方"), max_length=12, choices=AllocationMethod.choices)
    driver = models.CharField(_("使用量の名前"), max_length=80, blank=True)
    components = models.JSONField(_("組み合わせの割合(%)"), default=dict, blank=True)
    state = models.CharField(
        _("状態"), max_length=10, choices=AllocationState.choices, default=AllocationState.DRAFT
    )
    reason = models.CharField(_("理由"), max_length=400)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("提案した人"),
    )
    proposed_by_name = models.CharField(_("提案した人"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承認した人"),
    )
    decided_by_name = models.CharField(_("承認した人"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("承認した日時"), null=True, blank=True)
    note = models.CharField(_("差し戻し・廃止の理由"), max_length=400, blank=True)

    objects: ClassVar[Any] = ScopedManager.from_queryset(AllocationRuleVersionQuerySet)()

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("配賦ルールの版")
        ordering = ("rule", "-number")
        constraints = [
            models.UniqueConstraint(fields=("rule", "number"), name="allocation_version_number_once"),
            models.CheckConstraint(
                condition=Q(method__in=AllocationMethod.values), name="allocation_version_method"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AllocationState.values), name="allocation_version_state"
            ),
            models.CheckConstraint(
                condition=Q(valid_to="") | Q(valid_to__gte=F("valid_from")),
                name="allocation_version_months",
                violation_error_message=_("最後の月が最初の月より前です。"),
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(proposed_by=F("decided_by")),
                name="allocation_version_two_people",
                violation_error_message=_("提案した人は承認できません。ほかの管理者に頼んでください。"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, approved_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(approved_at__isnull=True)),
                name="allocation_version_approval",
            ),
        ]

    def __str__(self) -> str:
        return _("{rule} 第{number}版").format(rule=self.rule.name, number=self.number)

    def get_absolute_url(self) -> str:
        """Return the address of the version's page."""
        return reverse("costs:allocation-version", args=[self.pk])

    def clean(self) -> None:
        """Refuse a method without what it needs."""
        if self.needs_usage and not self.driver:
            raise ValidationError({"driver": _("使用量で分けるには、使用量の名前が要ります。")})
        percents = [component.percent for component in self.parts]
        if self.method == AllocationMethod.MIXED and (
            sum(percents) != Decimal(100) or any(percent < 0 for percent in percents)
        ):
            raise ValidationError(
                {"components": _("組み合わせの割合は0以上で、合わせて100%にしてください。")}
            )

    @property
    def parts(self) -> tuple[Component, ...]:
        """The components of a mixed method."""
        return tuple(Component(Method(name), Decimal(text)) for name, text in self.components.items())

    @property
    def methods(self) -> frozenset[str]:
        """The simple methods that the version uses."""
        if self.method != AllocationMethod.MIXED:
            return frozenset({self.method})
        return frozenset(component.method.value for component in self.parts if component.percent)

    @property
    def needs_usage(self) -> bool:
        """Whether the version divides by measured quantities."""
        return AllocationMethod.USAGE.value in self.methods

    @property
    def method_text(self) -> str:
        """The method for reading, with the percentages of a mixed one."""
        words = str(self.get_method_display())
        if self.method == AllocationMethod.MIXED:
            inside = "、".join(
                f"{AllocationMethod(part.method).label} {part.percent.normalize():f}%"
                for part in self.parts
                if part.percent
            )
            words = f"{words}({inside})"
        return f"{words} [{self.driver}]" if self.needs_usage else words

    def is_valid_in(self, month: str) -> bool:
        """Tell whether ``month`` (``YYYY-MM``) lies in the version's months."""
        return self.valid_from <= month and (not self.valid_to or month <= self.valid_to)


def positive_decimal(text: str) -> None:
    """Refuse a text that is no finite decimal of at least 0.

    Raises:
        ValidationError: with what to write instead.
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise ValidationError(_("0以上の数を書いてください。"))


class AllocationShare(ScopedChild):
    """One receiver of a version, with his weight as an exact text (SQLite's numbers are not exact)."""

    scope_path = "version"

    version = models.ForeignKey(
        AllocationRuleVersion, on_delete=models.CASCADE, related_name="shares", verbose_name=_("版")
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("受ける団体")
    )
    weight = models.CharField(_("比率"), max_length=30, default="1", validators=[positive_decimal])

    class Meta(ScopedChild.Meta):
        verbose_name = _("受ける団体")
        ordering = ("receiver__sort_order", "receiver__code")
        constraints = [
            models.UniqueConstraint(fields=("version", "receiver"), name="allocation_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.weight}"
