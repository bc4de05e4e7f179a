"""部・課: the tree of departments of one organisation."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel


class Department(ScopedModel):
    """A department. ``valid_to`` is the first day on which it no longer exists."""

    code = models.CharField(_("コード"), max_length=20)
    name = models.CharField(_("名称"), max_length=100)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上位の部署"),
    )
    valid_from = models.DateField(_("開始日"))
    valid_to = models.DateField(_("終了日"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("部署")
        verbose_name_plural = _("部署")
        ordering = ["organisation_id", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="organisations_department_code_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisations_department_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date | None:
        """The last day of the period, as people name its end; None while it is open."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None
