"""障害: hours in which a system was down."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild, ScopedManager, ScopedQuerySet
from yui.registry.models.information_system import InformationSystem


class OutageSeverity(models.TextChoices):
    """How much of a system was lost."""

    FULL = "full", _("全面停止")
    PARTIAL = "partial", _("一部停止")
    DEGRADED = "degraded", _("性能低下")


COUNTED_AS_DOWN = (OutageSeverity.FULL, OutageSeverity.PARTIAL)


class OutageQuerySet(ScopedQuerySet):
    """Outages by their state."""

    def open(self) -> "OutageQuerySet":
        """Return the outages that have not ended."""
        return self.filter(ended_at__isnull=True)


class Outage(ScopedChild):
    """One outage. Full and partial stops count as downtime, slowness does not.

    A planned outage is a stop agreed beforehand and leaves the denominator, as maintenance does.
    """

    scope_path = "system"

    system = models.ForeignKey(
        InformationSystem, on_delete=models.PROTECT, related_name="+", verbose_name=_("情報システム")
    )
    started_at = models.DateTimeField(_("発生日時"))
    ended_at = models.DateTimeField(_("復旧日時"), null=True, blank=True)
    severity = models.CharField(_("程度"), max_length=10, choices=OutageSeverity.choices)
    is_planned = models.BooleanField(_("計画した停止"), default=False)
    title = models.CharField(_("件名"), max_length=160)
    cause = models.TextField(_("原因"), max_length=2000, blank=True)

    objects: ClassVar[Any] = ScopedManager.from_queryset(OutageQuerySet)()

    class Meta(ScopedChild.Meta):
        verbose_name = _("障害")
        verbose_name_plural = _("障害")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["system", "started_at"], name="registry_outage_by_system")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=models.F("started_at")),
                name="registry_outage_ends_after_start",
                violation_error_message=_("復旧日時は発生日時より後にしてください。"),
            ),
            models.UniqueConstraint(
                fields=["system", "started_at", "title"],
                name="registry_outage_unique",
                violation_error_message=_("同じ発生日時と件名の障害がもう登録されています。"),
            ),
            models.CheckConstraint(
                condition=models.Q(severity__in=OutageSeverity.values) & ~models.Q(title=""),
                name="registry_outage_choices_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("registry:outage", self.pk)
