"""Forecasts: one run of an organisation's outlook to the end of a fiscal year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class CostForecast(ScopedModel):
    """What was foreseen once, from what, and how. Pages read the current run; earlier ones stay.

    ``series`` holds one object for each series (``engine/forecast_json.py``), amounts in the currencies of
    the bills. ``cutoffs`` is each provider's newest month that was known. ``wape`` is how far the backtest's
    sums of all usage series were off, in parts of what was billed.
    """

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    last_month = models.CharField(_("最後に請求のあった月"), max_length=7)
    cutoffs = models.JSONField(_("事業者ごとの最後の月"), default=dict)
    series = models.JSONField(_("系列"), default=list)
    inputs_sha256 = models.CharField(_("入力の SHA-256"), max_length=64)
    method_version = models.CharField(_("計算の版"), max_length=8)
    wape = models.FloatField(_("合計の誤差"), null=True, blank=True)
    is_current = models.BooleanField(_("いまの見通し"), default=True)
    made_by = models.CharField(_("計算した人"), max_length=200)

    class Meta(ScopedModel.Meta):
        verbose_name = _("見通し")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(is_current=True), name="cost_forecast_one_current"
            ),
            models.CheckConstraint(
                condition=Q(wape__isnull=True) | Q(wape__gte=0.0), name="cost_forecast_wape"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.last_month}"
