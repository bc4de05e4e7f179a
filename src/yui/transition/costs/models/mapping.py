"""Which bill lines belong to which information system."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class MatchColumn(models.TextChoices):
    """The columns by which a line can name its system, the most particular first."""

    RESOURCE = "ResourceId", _("リソース")
    CONTRACT = "x_contract_number", _("契約番号")
    TAG_SYSTEM = "x_tag_system", _("タグ:システム")
    TAG_APPLICATION = "x_tag_application", _("タグ:アプリケーション")
    TAG_BUSINESS = "x_tag_business", _("タグ:業務・業務コード")
    SUB_ACCOUNT = "SubAccountId", _("サブアカウント")
    BILLING_ACCOUNT = "BillingAccountId", _("請求先アカウント")
    SERVICE = "ServiceName", _("サービス名")


class SystemMapping(ScopedModel):
    """One rule: lines whose column holds the value belong to the system.

    Rules are looked at in the order of ``MatchColumn``; the first that fits decides. A line that no rule
    fits belongs to the system that its tag ``system`` names, else to none (未対応).
    """

    column = models.CharField(_("見る列"), max_length=24, choices=MatchColumn.choices)
    value = models.CharField(_("列の値"), max_length=255)
    system_code = models.CharField(_("システムの管理番号"), max_length=80)

    class Meta(ScopedModel.Meta):
        verbose_name = _("システムとの対応")
        ordering = ("column", "value")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "column", "value"), name="system_mapping_once"),
            models.CheckConstraint(condition=Q(column__in=MatchColumn.values), name="system_mapping_column"),
            models.CheckConstraint(condition=~Q(system_code=""), name="system_mapping_names_a_system"),
        ]

    def __str__(self) -> str:
        return f"{self.column}={self.value} → {self.system_code}"
