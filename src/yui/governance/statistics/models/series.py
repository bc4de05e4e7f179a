"""系列: one quantity in one unit at one frequency, for many areas."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yui.governance.statistics.models.source import CODE, Source
from yui.kernel.scope.models import ScopedChild

MOST_DECIMALS = 9


class Topic(models.TextChoices):
    """The view of the present state that a series belongs to."""

    MIGRATION = "migration", _("移行の進捗")
    COSTS = "costs", _("運用コスト")
    THREATS = "threats", _("脅威")
    PEOPLE = "people", _("人材")
    OTHER = "other", _("その他")


class Frequency(models.TextChoices):
    """How long one period of a series is."""

    YEAR = "year", pgettext_lazy("frequency", "年")
    FISCAL_YEAR = "fiscal_year", pgettext_lazy("frequency", "年度")
    QUARTER = "quarter", pgettext_lazy("frequency", "四半期")
    MONTH = "month", pgettext_lazy("frequency", "月")
    DAY = "day", pgettext_lazy("frequency", "日")


class Series(ScopedChild):
    """One quantity of a source.

    ``decimals`` is how many decimal places are shown; ``retrieved_on`` the newest day on which its figures
    were fetched from the publisher, None while it has none.
    """

    scope_path = "source"

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="series", verbose_name=_("出典")
    )
    code = models.CharField(_("コード"), max_length=60, validators=[CODE])
    title = models.CharField(_("系列名"), max_length=200)
    title_en = models.CharField(_("系列名(英語)"), max_length=200, blank=True)
    unit = models.CharField(_("単位"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("小数の桁"), default=0)
    frequency = models.CharField(_("頻度"), max_length=12, choices=Frequency.choices)
    topic = models.CharField(_("分野"), max_length=12, choices=Topic.choices, default=Topic.OTHER)
    description = models.TextField(_("内容"), max_length=2000, blank=True)
    retrieved_on = models.DateField(_("取得日"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("統計の系列")
        ordering = ("topic", "title", "code")
        constraints = [
            models.UniqueConstraint(fields=("code",), name="statistics_series_code_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(code=""), name="statistics_series_is_named"),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="statistics_series_frequency_known"
            ),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="statistics_series_topic_known"),
            models.CheckConstraint(
                condition=Q(decimals__lte=MOST_DECIMALS),
                name="statistics_series_decimals_few",
                violation_error_message=_("小数の桁は9までです。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") and self.title_en else self.title

    def get_absolute_url(self) -> str:
        """Return the address of the series' page."""
        return reverse("statistics:series", args=[self.code])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the texts without the blanks around them, so that an empty title is empty."""
        self.title, self.title_en, self.unit = self.title.strip(), self.title_en.strip(), self.unit.strip()
        super().save(*args, **kwargs)
