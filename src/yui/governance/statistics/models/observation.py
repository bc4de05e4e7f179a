"""値: what a source said of one area in one period."""

from django.db import models
from django.db.models import Q, lookups
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.models.intake import Intake
from yui.governance.statistics.models.series import MOST_DECIMALS, Series
from yui.kernel.scope.models import ScopedChild

MOST_DIGITS = 15
"""Significant digits of a value: as many as a spreadsheet keeps, and as every database here keeps exactly."""


class Observation(ScopedChild):
    """One figure. It never changes: a later retrieval that says otherwise supersedes it, and both stay.

    A missing value keeps the sign that stood in its place. ``confirmed_on`` is the last retrieval that said
    the same; of two that differ, the one confirmed later is current.
    """

    scope_path = "series__source"

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="observations")
    area_code = models.CharField(_("地域コード"), max_length=6)
    starts_on = models.DateField(_("期間の初日"))
    value = models.DecimalField(
        _("値"), max_digits=MOST_DIGITS + MOST_DECIMALS, decimal_places=MOST_DECIMALS, null=True, blank=True
    )
    missing = models.CharField(_("欠測の記号"), max_length=8, blank=True)
    is_provisional = models.BooleanField(_("速報値"), default=False)
    is_marked_revised = models.BooleanField(_("改定値"), default=False)
    confirmed_on = models.DateField(_("取得日"))
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="observations")
    superseded_by = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="supersedes"
    )

    class Meta(ScopedChild.Meta):
        verbose_name = _("統計の値")
        ordering = ("starts_on", "area_code", "pk")
        indexes = [
            models.Index(fields=("series", "area_code", "starts_on"), name="statistics_cell"),
            models.Index(fields=("series", "starts_on"), name="statistics_period"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("series", "area_code", "starts_on"),
                condition=Q(superseded_by__isnull=True),
                name="statistics_one_current_value",
            ),
            models.CheckConstraint(
                condition=Q(lookups.Exact(Length("area_code"), 6)), name="statistics_area_has_six_digits"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="") | (Q(value__isnull=True) & ~Q(missing="")),
                name="statistics_value_or_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.starts_on}"
