"""What an indicator showed when a month was closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel

JOINT = "joint"


class IndicatorSnapshot(ScopedModel):
    """One indicator, one scope, one month, as measured at one time.

    A joint figure belongs to the joint secretariat. Figures are shared by all wards; the records behind
    them are not. A later measurement of the same month that differs supersedes the earlier one; both stay.
    """

    indicator_code = models.CharField(_("指標"), max_length=20)
    scope_code = models.CharField(_("範囲"), max_length=12)
    month = models.DateField(_("月"))
    value = models.DecimalField(_("値"), max_digits=24, decimal_places=6, null=True)
    numerator = models.DecimalField(_("分子"), max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(_("分母"), max_digits=24, decimal_places=6, null=True)
    records = models.PositiveIntegerField(_("記録の数"), default=0)
    status = models.CharField(_("状態"), max_length=16)
    definition = models.CharField(_("定義の版"), max_length=16)
    is_current = models.BooleanField(_("最新の測定"), default=True)
    measured_at = models.DateTimeField(_("測定日時"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("指標の記録")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_code", "scope_code", "month"],
                condition=models.Q(is_current=True),
                name="indicators_one_current_snapshot",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="indicators_month_begins_on_the_first"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | models.Q(status="no_data"),
                name="indicators_no_value_is_no_data",
            ),
        ]
        indexes = [models.Index(fields=["month", "indicator_code"], name="indicators_by_month")]

    def __str__(self) -> str:
        return f"{self.indicator_code} {self.scope_code} {self.month:%Y-%m}"
