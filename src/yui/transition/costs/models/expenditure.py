"""Totals and indicators of a municipality's accounts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel
from yui.transition.costs.engine.rows import exact_text


class ExpenditureKind(models.TextChoices):
    """Whether an amount was settled or only planned."""

    SETTLED = "settled", _("決算")
    BUDGET = "budget", _("予算")


class TotalExpenditure(ScopedModel):
    """歳出総額: what an organisation spent (or planned to spend) in a fiscal year, in whole yen."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("区分"), max_length=8, choices=ExpenditureKind.choices)
    amount_yen = models.BigIntegerField(_("歳出総額(円)"))
    source = models.CharField(_("出典"), max_length=255)

    class Meta(ScopedModel.Meta):
        verbose_name = _("歳出総額")
        ordering = ("-fiscal_year", "organisation")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "fiscal_year", "kind"), name="total_expenditure_once"
            ),
            models.CheckConstraint(condition=Q(amount_yen__gt=0), name="total_expenditure_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.fiscal_year} {self.amount_yen}"


class FiscalIndicator(ScopedModel):
    """One figure of the 主要財政指標, as published. The fiscal year is empty where the file states none."""

    name = models.CharField(_("指標"), max_length=60)
    value = models.DecimalField(_("値"), max_digits=12, decimal_places=3)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    source = models.CharField(_("出典"), max_length=255)

    class Meta(ScopedModel.Meta):
        verbose_name = _("財政指標")
        ordering = ("organisation", "name", "-fiscal_year")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "name", "fiscal_year"), name="fiscal_indicator_once"
            ),
            models.UniqueConstraint(
                fields=("organisation", "name"),
                condition=Q(fiscal_year__isnull=True),
                name="fiscal_indicator_without_year_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.name} {self.value}"

    @property
    def text(self) -> str:
        """The value in plain notation without idle zeros."""
        return exact_text(self.value)
