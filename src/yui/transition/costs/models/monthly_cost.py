"""The monthly roll-up: what pages and figures read instead of every bill line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models.bill import BillPart


def units_field() -> models.BigIntegerField:
    """Return the field for the whole units of an exact amount (see ``engine/exact.py``)."""
    return models.BigIntegerField(editable=False, default=0)


def fraction_field() -> models.BigIntegerField:
    """Return the field for one of the two fractions of an exact amount (see ``engine/exact.py``)."""
    return models.BigIntegerField(editable=False, default=0)


class CostSum(ScopedModel):
    """One sum of the roll-up: a bill part's lines of one month, system, 経費区分 and currency."""

    part = models.ForeignKey(
        BillPart, on_delete=models.CASCADE, related_name="+", verbose_name=_("請求の内訳")
    )
    month = models.CharField(_("月"), max_length=7)
    system_code = models.CharField(_("システム"), max_length=80, blank=True)
    cost_category = models.CharField(_("経費区分"), max_length=12, choices=CostCategory.choices)
    currency = models.CharField(_("通貨"), max_length=3)
    rows = models.BigIntegerField(_("行数"))

    class Meta(ScopedModel.Meta):
        abstract = True
        ordering = ("organisation", "month", "system_code", "pk")


class MonthlyCost(CostSum):
    """Exact sums of the live lines of one bill part by system, 経費区分 and currency.

    Derived from the lake and from the system mappings in force; rebuilt when either changes. Each amount
    is kept twice: as text for reading, and as three whole numbers that the database adds up exactly.
    """

    billed = models.CharField(_("請求額"), max_length=44)
    effective = models.CharField(_("実効額"), max_length=44)
    billed_units, billed_nano, billed_atto = units_field(), fraction_field(), fraction_field()
    effective_units, effective_nano, effective_atto = units_field(), fraction_field(), fraction_field()

    class Meta(CostSum.Meta):
        verbose_name = _("月ごとのコスト")
        constraints = [
            models.UniqueConstraint(
                fields=("part", "system_code", "cost_category", "currency"), name="monthly_cost_once"
            ),
        ]
        indexes = [models.Index(fields=("organisation", "month"), name="monthly_cost_by_month")]

    def __str__(self) -> str:
        return f"{self.month} {self.system_code} {self.billed} {self.currency}"
