"""What receivers bear of shared costs."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedModel
from yui.kernel.scope.querysets import ScopedManager, ScopedQuerySet
from yui.transition.costs.engine.rows import exact_text, grouped_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models.allocation_rule import AllocationRuleVersion
from yui.transition.costs.models.bill import BillPart


class AllocatedCostQuerySet(ScopedQuerySet):
    """Allocated costs: seen by the organisation that shares and by the receiver, by nobody else."""

    def visible_to(self, actor: Actor) -> "AllocatedCostQuerySet":
        """Keep what the actor's organisations share or bear."""
        if actor.is_system:
            return self.unscoped("the installation itself reads")
        own = Q(organisation__in=actor.organisation_ids) | Q(owner__in=actor.organisation_ids)
        return self.filter(own).unscoped("owner and receiver alone see an allocated amount")

    def shared_by(self, owner: Organisation) -> "AllocatedCostQuerySet":
        """Keep what ``owner`` shares, whoever bears it; for operations that have checked permission."""
        return self.filter(owner=owner).unscoped("all shares of one owner's costs")


class AllocatedCost(ScopedModel):
    """One receiver's share of one sum of the roll-up, by one version of a rule.

    Its organisation is the receiver. The sum is named by bill part, system, 経費区分 and currency, which
    together are unique in the roll-up, so that the roll-up may be written anew without this row. Derived:
    rebuilt whenever the roll-up, a version, the residents or the quantities change. The shares of a sum add
    up to it exactly.
    """

    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("分ける団体")
    )
    version = models.ForeignKey(
        AllocationRuleVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("配賦ルールの版")
    )
    part = models.ForeignKey(
        BillPart, on_delete=models.CASCADE, related_name="+", verbose_name=_("請求の内訳")
    )
    month = models.CharField(_("月"), max_length=7)
    system_code = models.CharField(_("システム"), max_length=80, blank=True)
    cost_category = models.CharField(_("経費区分"), max_length=12, choices=CostCategory.choices)
    currency = models.CharField(_("通貨"), max_length=3)
    billed = models.CharField(_("請求額"), max_length=44)
    effective = models.CharField(_("実効額"), max_length=44)
    ratio = models.CharField(_("割合"), max_length=24)
    rows = models.BigIntegerField(_("もとの明細の行数"))

    objects: ClassVar[Any] = ScopedManager.from_queryset(AllocatedCostQuerySet)()

    class Meta(ScopedModel.Meta):
        verbose_name = _("配賦された費用")
        ordering = ("-month", "organisation", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("part", "system_code", "cost_category", "currency", "organisation"),
                name="allocated_cost_once",
            ),
        ]
        indexes = [
            models.Index(fields=("organisation", "month"), name="allocated_by_receiver"),
            models.Index(fields=("owner", "month"), name="allocated_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.organisation} {self.billed} {self.currency}"

    def get_absolute_url(self) -> str:
        """Return the address of the page that leads to lines and version."""
        return reverse("costs:allocated", args=[self.pk])

    @property
    def billed_text(self) -> str:
        """The billed amount for reading, with its currency."""
        return f"{grouped_text(self.billed)} {self.currency}"

    @property
    def percent_text(self) -> str:
        """The ratio in percent, for reading."""
        return f"{exact_text(round(Decimal(self.ratio) * 100, 4))}%"
