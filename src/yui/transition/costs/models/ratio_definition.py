"""What exactly 対歳出比率 means: a numbered, dated record that nobody approves alone."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel
from yui.transition.costs.facts import CostCategory


class CompletionRule(models.TextChoices):
    """How the day from which the three years run (T0) was found."""

    LAST_WARD = "last_ward", _("最後の区が移行を終えた日")
    CUT_OFF = "cut_off", _("区切りとして決めた日")


class RatioDefinition(ScopedModel):
    """One version of the definition by which the ratio is worked out and judged. It never changes.

    ``base_rates`` are the yen for one unit of each foreign currency by which bills are counted at constant
    exchange rates (the budget rates of ``base_fiscal_year``); ``agreed_level`` is the ratio in percent that
    a stable ratio must not exceed; ``completed_on`` is T0, the day from which the three years run.
    """

    version = models.PositiveIntegerField(_("版"), unique=True)
    valid_from = models.CharField(_("使い始める月"), max_length=7)
    statement = models.TextField(_("範囲の説明"), max_length=2000)
    categories = models.JSONField(_("数える経費区分"), default=list)
    one_off_categories = models.JSONField(_("一時的な経費の区分"), default=list)
    base_fiscal_year = models.PositiveSmallIntegerField(_("基準の年度"))
    base_rates = models.JSONField(_("基準の為替レート"), default=dict, blank=True)
    agreed_level = models.DecimalField(
        _("合意した水準(%)"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    completed_on = models.DateField(_("移行完了の日(T0)"), null=True, blank=True)
    completion_rule = models.CharField(
        _("移行完了の決め方"), max_length=12, choices=CompletionRule.choices, default=CompletionRule.CUT_OFF
    )
    proposed_by = models.CharField(_("提案した人"), max_length=200)
    proposed_by_key = models.CharField(max_length=80)
    approved_by = models.CharField(_("承認した人"), max_length=200, blank=True)
    approved_by_key = models.CharField(max_length=80, blank=True)
    approved_at = models.DateTimeField(_("承認した日時"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("対歳出比率の定義")
        ordering = ("-version",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by_key=F("proposed_by_key")), name="ratio_definition_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by_key="")
                | (Q(approved_at__isnull=False) & ~Q(approved_by_key="")),
                name="ratio_definition_approval_whole",
            ),
            models.CheckConstraint(
                condition=Q(agreed_level__isnull=True) | Q(agreed_level__gt=0),
                name="ratio_definition_level_positive",
            ),
            models.CheckConstraint(
                condition=Q(completion_rule__in=CompletionRule.values), name="ratio_definition_rule_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.valid_from}"

    @property
    def is_approved(self) -> bool:
        """Whether a second person approved it."""
        return self.approved_at is not None

    @property
    def category_labels(self) -> list[str]:
        """The counted 経費区分 in words."""
        return [str(CostCategory(code).label) for code in self.categories]

    @property
    def one_off_labels(self) -> list[str]:
        """The 経費区分 of one-off costs in words."""
        return [str(CostCategory(code).label) for code in self.one_off_categories]

    def rates(self) -> dict[str, Decimal]:
        """Return the base rates by currency."""
        return {currency: Decimal(rate) for currency, rate in self.base_rates.items()}
