"""計画保守: hours in which a system is announced to be out of service."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.registry.models.information_system import InformationSystem


class MaintenanceWindow(ScopedChild):
    """A planned stop, from ``starts_at`` up to ``ends_at``; it does not count against availability."""

    scope_path = "system"

    system = models.ForeignKey(
        InformationSystem,
        on_delete=models.PROTECT,
        related_name="maintenance_windows",
        verbose_name=_("情報システム"),
    )
    title = models.CharField(_("内容"), max_length=160)
    starts_at = models.DateTimeField(_("開始日時"))
    ends_at = models.DateTimeField(_("終了日時"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("計画保守")
        verbose_name_plural = _("計画保守")
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["system", "starts_at"], name="registry_window_by_system")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="registry_window_ends_after_start",
                violation_error_message=_("終了日時は開始日時より後にしてください。"),
            ),
            models.UniqueConstraint(
                fields=["system", "starts_at"],
                name="registry_window_unique",
                violation_error_message=_("同じ開始日時の計画保守がもう登録されています。"),
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="registry_window_is_named"),
        ]

    def __str__(self) -> str:
        return self.title
