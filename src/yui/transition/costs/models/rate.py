"""Exchange rates, the same for all organisations."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.transition.costs.engine.rows import exact_text


class ExchangeRate(models.Model):
    """Yen for one unit of a currency, for the bills of one month. Reference data without an owner."""

    currency = models.CharField(_("通貨"), max_length=3)
    month = models.CharField(_("月"), max_length=7)
    yen_per_unit = models.DecimalField(
        _("1単位あたりの円"), max_digits=14, decimal_places=6, validators=[MinValueValidator(0)]
    )
    source = models.CharField(_("出典"), max_length=200)
    set_by = models.CharField(_("入力した人"), max_length=200)
    set_at = models.DateTimeField(_("入力日時"), auto_now=True)

    class Meta:
        verbose_name = _("為替レート")
        ordering = ("-month", "currency")
        constraints = [
            models.UniqueConstraint(fields=("currency", "month"), name="exchange_rate_once"),
            models.CheckConstraint(condition=Q(yen_per_unit__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.month} 1 {self.currency} = {self.text} JPY"

    @property
    def text(self) -> str:
        """The rate in plain notation without idle zeros."""
        return exact_text(self.yen_per_unit)
