"""Anomalies: amounts that were not what their own past made expect, and what people found out about them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.kernel.scope.models import ScopedModel
from yui.transition.costs.engine.rows import grouped_text


class AnomalyKind(models.TextChoices):
    """How the amounts behave."""

    SPIKE = "spike", _("一時的な増減")
    STEP = "step", _("段差")
    MISSING = "missing", _("請求の欠け")


class AnomalyGrain(models.TextChoices):
    """Over what the amounts were added up."""

    DAY = "day", pgettext_lazy("grain", "日")
    MONTH = "month", pgettext_lazy("grain", "月")


class AnomalyState(models.TextChoices):
    """What people did about it; ``cleared`` means that a corrected bill took it away."""

    OPEN = "open", _("未確認")
    ACKNOWLEDGED = "acknowledged", _("確認済")
    WORKING = "working", pgettext_lazy("anomaly", "対応中")
    EXPLAINED = "explained", _("説明済")
    FALSE_ALARM = "false_alarm", _("誤検知")
    CLEARED = "cleared", _("解消")


UNDECIDED = (AnomalyState.OPEN, AnomalyState.CLEARED)
WITH_REASON = (AnomalyState.EXPLAINED, AnomalyState.FALSE_ALARM)
STILL_TO_DO = (AnomalyState.OPEN, AnomalyState.ACKNOWLEDGED, AnomalyState.WORKING)


class CostAnomaly(ScopedModel):
    """One anomaly. Amounts are texts in the currency of the bill; ``impact_yen`` only orders the list."""

    fingerprint = models.CharField(_("見分ける印"), max_length=64)
    kind = models.CharField(_("種類"), max_length=8, choices=AnomalyKind.choices)
    grain = models.CharField(_("単位"), max_length=8, choices=AnomalyGrain.choices)
    period = models.CharField(_("始まり"), max_length=10)
    last_period = models.CharField(_("終わり"), max_length=10)
    provider = models.CharField(_("事業者"), max_length=200, blank=True)
    account = models.CharField(_("事業者と請求先"), max_length=400, blank=True)
    system_code = models.CharField(_("システム"), max_length=80, blank=True)
    service = models.CharField(_("サービス・件名"), max_length=400, blank=True)
    currency = models.CharField(_("通貨"), max_length=3)
    expected = models.CharField(_("ふだんの額"), max_length=44)
    usual_spread = models.CharField(_("ふだんの振れ"), max_length=44)
    actual = models.CharField(_("実際の額"), max_length=44)
    score = models.DecimalField(_("外れ方"), max_digits=6, decimal_places=1)
    impact_yen = models.BigIntegerField(_("差(円)"), null=True, blank=True)
    cause = models.CharField(_("原因の印"), max_length=900)
    state = models.CharField(
        _("状態"), max_length=12, choices=AnomalyState.choices, default=AnomalyState.OPEN
    )
    explanation = models.TextField(_("わかったこと"), max_length=2000, blank=True)
    decided_by = models.CharField(_("確認した人"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("確認した日時"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("気になる増減")
        ordering = ("-period", "pk")
        indexes = [models.Index(fields=("organisation", "state"), name="cost_anomaly_by_state")]
        constraints = [
            models.UniqueConstraint(fields=("organisation", "fingerprint"), name="cost_anomaly_once"),
            models.CheckConstraint(condition=Q(kind__in=AnomalyKind.values), name="cost_anomaly_kind"),
            models.CheckConstraint(condition=Q(grain__in=AnomalyGrain.values), name="cost_anomaly_grain"),
            models.CheckConstraint(condition=Q(state__in=AnomalyState.values), name="cost_anomaly_state"),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_REASON) | ~Q(explanation=""),
                name="cost_anomaly_reason",
                violation_error_message=_("わかったことを書いてください。"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, decided_at__isnull=True)
                | (~Q(state__in=UNDECIDED) & Q(decided_at__isnull=False)),
                name="cost_anomaly_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.name}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return reverse("costs:anomaly", args=[self.pk])

    @property
    def name(self) -> str:
        """What it is about: the service, or the account where a whole bill is missing."""
        return self.service or self.account

    @property
    def change(self) -> Decimal:
        """The difference from what was expected, in the currency of the bill."""
        return Decimal(self.actual) - Decimal(self.expected)

    @property
    def percent(self) -> int | None:
        """The difference in per cent of what was expected; ``None`` where nothing was."""
        expected = Decimal(self.expected)
        return round(self.change / abs(expected) * 100) if expected else None

    @property
    def texts(self) -> dict[str, str]:
        """Expected and actual amount, and their difference with its sign, for reading."""
        sign = "+" if self.change > 0 else "−" if self.change < 0 else ""
        return {
            "expected": f"{grouped_text(self.expected)} {self.currency}",
            "actual": f"{grouped_text(self.actual)} {self.currency}",
            "change": f"{sign}{grouped_text(abs(self.change))} {self.currency}",
        }

    @property
    def month(self) -> str:
        """The month that the first period lies in."""
        return self.period[:7]
