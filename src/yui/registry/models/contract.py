"""契約: what an organisation has agreed with a vendor, for which systems, how long and for how much."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedManager, ScopedModel, ScopedQuerySet


class ContractKind(models.TextChoices):
    """What is bought."""

    BUILD = "build", _("構築・改修")
    MAINTENANCE = "maintenance", _("保守")
    OPERATION = "operation", _("運用委託")
    SERVICE = "service", _("サービス利用")
    LEASE = "lease", _("賃貸借")
    OTHER = "other", _("その他")


class ContractQuerySet(ScopedQuerySet):
    """Contracts by their time."""

    def in_force_on(self, day: date) -> "ContractQuerySet":
        """Return the contracts whose period holds the day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def ending_between(self, first: date, last: date) -> "ContractQuerySet":
        """Return the contracts whose last day lies between the two days, both included."""
        return self.filter(ends_on__gte=first, ends_on__lte=last)


class Contract(ScopedModel):
    """A contract. ``starts_on`` and ``ends_on`` are its first and last day; yen include tax."""

    number = models.CharField(_("契約番号"), max_length=40)
    title = models.CharField(_("契約件名"), max_length=160)
    kind = models.CharField(_("種類"), max_length=12, choices=ContractKind.choices)
    vendor = models.ForeignKey(
        "registry.Vendor", on_delete=models.PROTECT, related_name="+", verbose_name=_("事業者")
    )
    systems = models.ManyToManyField(
        "registry.InformationSystem",
        related_name="contracts",
        blank=True,
        verbose_name=_("対象システム"),
    )
    starts_on = models.DateField(_("開始日"))
    ends_on = models.DateField(_("終了日"))
    total_yen = models.BigIntegerField(
        _("契約金額(円)"), validators=[MinValueValidator(0)], help_text=_("税込みの総額")
    )
    annual_yen = models.BigIntegerField(
        _("年額(円)"), validators=[MinValueValidator(0)], help_text=_("税込みの1年分")
    )
    renewal_notice_days = models.PositiveSmallIntegerField(
        _("更新の検討を始める日(終了の何日前)"), default=180
    )

    objects: ClassVar[Any] = ScopedManager.from_queryset(ContractQuerySet)()

    class Meta(ScopedModel.Meta):
        verbose_name = _("契約")
        verbose_name_plural = _("契約")
        ordering = ["organisation_id", "ends_on", "number"]
        indexes = [models.Index(fields=["ends_on"], name="registry_contract_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                name="registry_contract_number_unique",
                violation_error_message=_("この契約番号はもう使われています。別の番号にしてください。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(number="") & ~models.Q(title=""), name="registry_contract_is_named"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ContractKind.values), name="registry_contract_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="registry_contract_period",
                violation_error_message=_("終了日は開始日と同じ日か、その後の日にしてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(total_yen__gte=0) & models.Q(annual_yen__gte=0),
                name="registry_contract_yen",
                violation_error_message=_("金額は0円以上にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("registry:contract", self.pk)

    @property
    def notice_on(self) -> date:
        """The day on which thinking about the renewal should begin."""
        return self.ends_on - timedelta(days=self.renewal_notice_days)
