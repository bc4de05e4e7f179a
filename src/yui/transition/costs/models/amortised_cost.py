"""The amortised roll-up: every cost in the months that it pays for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.transition.costs.models.monthly_cost import CostSum, fraction_field, units_field


class AmortisedCost(CostSum):
    """Exact amortised sums of the live lines of one bill part by month, system, 経費区分 and currency.

    A line of a cloud bill counts with its EffectiveCost, which FOCUS defines as the amortised cost, in
    the month of its bill. A payment of the ledger is spread over the months of its 期間, so a part has
    sums in several months. Derived and rebuilt together with ``MonthlyCost``; over all months both add
    up to the same effective amount.
    """

    amortised = models.CharField(_("期間按分額"), max_length=44)
    amortised_units, amortised_nano, amortised_atto = units_field(), fraction_field(), fraction_field()

    class Meta(CostSum.Meta):
        verbose_name = _("期間で按分したコスト")
        constraints = [
            models.UniqueConstraint(
                fields=("part", "month", "system_code", "cost_category", "currency"),
                name="amortised_cost_once",
            ),
        ]
        indexes = [models.Index(fields=("organisation", "month"), name="amortised_cost_by_month")]

    def __str__(self) -> str:
        return f"{self.month} {self.system_code} {self.amortised} {self.currency}"
