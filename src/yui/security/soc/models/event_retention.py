"""保存期間: for how many days a ward keeps its events."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.security.soc.models.scoping import WatchedModel

EVERY_CLASS = 0
USUAL_DAYS = 400
"""What holds without a record: a year and a month, so that last year's same month can be looked at."""


class EventRetention(WatchedModel):
    """How long events of one OCSF class are kept; ``class_uid`` 0 stands for all that have no row."""

    class_uid = models.PositiveIntegerField(_("OCSFのクラス"), default=EVERY_CLASS)
    days = models.PositiveSmallIntegerField(
        _("保存日数"), validators=[MinValueValidator(30), MaxValueValidator(3660)]
    )

    class Meta(WatchedModel.Meta):
        verbose_name = _("ログの保存期間")
        ordering = ("class_uid",)
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "class_uid"),
                name="soc_retention_once_per_class",
                violation_error_message=_("その種類の保存期間はもう決まっています。"),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=30, days__lte=3660), name="soc_retention_days_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_uid}: {self.days}"
