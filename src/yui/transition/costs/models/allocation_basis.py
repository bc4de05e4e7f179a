"""What costs are divided by: residents of organisations, and measured quantities."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedModel
from yui.kernel.scope.querysets import ScopedManager, ScopedQuerySet
from yui.transition.costs.models.allocation_rule import MONTH_TEXT, positive_decimal


class ResidentCount(ScopedModel):
    """住民基本台帳人口: how many residents an organisation had on a day. Published, so everybody sees it."""

    as_of = models.DateField(_("基準日"))
    residents = models.PositiveIntegerField(_("人口"))
    source = models.CharField(_("出典"), max_length=255)

    class Meta(ScopedModel.Meta):
        verbose_name = _("人口")
        ordering = ("-as_of", "organisation")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "as_of"), name="resident_count_once"),
            models.CheckConstraint(condition=Q(residents__gt=0), name="resident_count_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.as_of} {self.residents}"


class UsageQuantityQuerySet(ScopedQuerySet):
    """Quantities: those who measured see them all, a receiver his own."""

    def visible_to(self, actor: Actor) -> "UsageQuantityQuerySet":
        """Keep what the actor's organisations measured or received."""
        if actor.is_system:
            return self.unscoped("the installation itself reads")
        own = Q(organisation__in=actor.organisation_ids) | Q(receiver__in=actor.organisation_ids)
        return self.filter(own).unscoped("whoever measured, and the receiver, may see a quantity")


class UsageQuantity(ScopedModel):
    """How much a receiver used in a month, as its organisation measured it.

    A quantity whose name is that of a standard business area counts the cases of that area (件数).
    """

    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("使った団体")
    )
    month = models.CharField(_("月"), max_length=7, validators=[MONTH_TEXT])
    driver = models.CharField(_("使用量の名前"), max_length=80)
    quantity = models.CharField(_("使用量"), max_length=30, validators=[positive_decimal])
    source = models.CharField(_("出典"), max_length=255)

    objects: ClassVar[Any] = ScopedManager.from_queryset(UsageQuantityQuerySet)()

    class Meta(ScopedModel.Meta):
        verbose_name = _("使用量")
        ordering = ("-month", "driver", "receiver")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "receiver", "month", "driver"), name="usage_quantity_once"
            ),
            models.CheckConstraint(condition=~Q(driver=""), name="usage_quantity_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.month} {self.driver} {self.quantity}"
