"""分類: the ward's own list of what proposals are about, and how long a stage may last there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class ProposalCategory(ScopedModel):
    """One category of a ward; what is no longer offered stays for the proposals that have it."""

    name = models.CharField(_("分類"), max_length=60)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    is_active = models.BooleanField(_("使用中"), default=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("提案の分類")
        ordering = ("organisation_id", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="practices_category_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="practices_category_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class StagePeriod(ScopedModel):
    """標準処理期間: how many business days a stage may last in a ward."""

    stage = models.CharField(_("段階"), max_length=12)
    business_days = models.PositiveSmallIntegerField(_("営業日"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("段階の期間")
        ordering = ("organisation_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "stage"), name="practices_stage_period_unique"),
            models.CheckConstraint(
                condition=Q(business_days__gte=1, business_days__lte=500),
                name="practices_stage_period_sensible",
                violation_error_message=_("営業日は1から500までにしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.business_days}"
