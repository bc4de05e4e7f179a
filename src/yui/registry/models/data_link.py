"""データ連携: which system hands data to which."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedChild, ScopedManager, ScopedQuerySet
from yui.registry.models.information_system import InformationSystem


class LinkMedium(models.TextChoices):
    """How data travels."""

    API = "api", _("API")
    FILE = "file", _("ファイル連携")
    DATABASE = "database", _("データベース連携")
    MEDIUM = "medium", _("外部媒体")
    MANUAL = "manual", _("手作業での入力")


class LinkFrequency(models.TextChoices):
    """How often data travels."""

    REALTIME = "realtime", _("随時")
    HOURLY = "hourly", _("毎時")
    DAILY = "daily", _("日次")
    WEEKLY = "weekly", _("週次")
    MONTHLY = "monthly", _("月次")
    YEARLY = "yearly", _("年次")
    ON_DEMAND = "on_demand", _("必要なとき")


class LinkDirection(models.TextChoices):
    """Whether data travels back as well."""

    ONE_WAY = "one_way", _("片方向")
    TWO_WAY = "two_way", _("双方向")


class DataLinkQuerySet(ScopedQuerySet):
    """Links are seen only by those who see both ends."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the links between systems that ``actor`` may see."""
        return super().visible_to(actor).filter(target__in=InformationSystem.objects.visible_to(actor))


class DataLink(ScopedChild):
    """Data goes from ``source`` to ``target``, two systems of one organisation."""

    scope_path = "source"

    source = models.ForeignKey(
        InformationSystem, on_delete=models.PROTECT, related_name="+", verbose_name=_("連携元")
    )
    target = models.ForeignKey(
        InformationSystem, on_delete=models.PROTECT, related_name="+", verbose_name=_("連携先")
    )
    medium = models.CharField(_("方法"), max_length=10, choices=LinkMedium.choices)
    frequency = models.CharField(_("頻度"), max_length=10, choices=LinkFrequency.choices)
    direction = models.CharField(
        _("向き"), max_length=8, choices=LinkDirection.choices, default=LinkDirection.ONE_WAY
    )
    data = models.CharField(_("データの内容"), max_length=200)

    objects: ClassVar[Any] = ScopedManager.from_queryset(DataLinkQuerySet)()

    class Meta(ScopedChild.Meta):
        verbose_name = _("データ連携")
        verbose_name_plural = _("データ連携")
        ordering = ["source_id", "target_id", "medium", "data"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="registry_link_joins_two_systems",
                violation_error_message=_("連携元と連携先には、別のシステムを選んでください。"),
            ),
            models.UniqueConstraint(
                fields=["source", "target", "medium", "data"],
                name="registry_link_unique",
                violation_error_message=_("同じデータ連携がもう登録されています。"),
            ),
            models.CheckConstraint(
                condition=models.Q(medium__in=LinkMedium.values)
                & models.Q(frequency__in=LinkFrequency.values)
                & models.Q(direction__in=LinkDirection.values)
                & ~models.Q(data=""),
                name="registry_link_choices_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
