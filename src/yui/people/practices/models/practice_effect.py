"""効果: a figure of a version, before and after."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.people.practices.engine.effects import EffectUnit as Units
from yui.people.practices.engine.effects import Saving, saving_of
from yui.people.practices.models.method_grade import MethodGrade
from yui.people.practices.models.practice_version import PracticeVersion, UnfinishedManager


class EffectUnit(models.TextChoices):
    """What an effect is counted in; the first four say what was saved in a year."""

    MINUTES_PER_CASE = Units.MINUTES_PER_CASE.value, _("分/件")
    HOURS_PER_YEAR = Units.HOURS_PER_YEAR.value, _("時間/年")
    YEN_PER_CASE = Units.YEN_PER_CASE.value, _("円/件")
    YEN_PER_YEAR = Units.YEN_PER_YEAR.value, _("円/年")
    CASES_PER_YEAR = Units.CASES_PER_YEAR.value, _("件/年")
    DAYS = Units.DAYS.value, _("日")
    PERCENT = Units.PERCENT.value, _("%")


class Figured(models.Model):
    """A figure before and after, of the ward that thought of it or of one that adopted it."""

    lineage = models.UUIDField(_("効果の系列"), default=uuid.uuid4)
    name = models.CharField(_("何の効果か"), max_length=120)
    unit = models.CharField(_("単位"), max_length=16, choices=EffectUnit.choices)
    before = models.DecimalField(_("変える前"), max_digits=16, decimal_places=2)
    after = models.DecimalField(_("変えたあと"), max_digits=16, decimal_places=2)
    volume_per_year = models.PositiveIntegerField(_("年間の件数"), null=True, blank=True)
    grade = models.CharField(_("測り方の確かさ"), max_length=10, choices=MethodGrade.choices)
    measured_on = models.DateField(_("測った日"), null=True, blank=True)
    method = models.CharField(_("測り方"), max_length=400, blank=True)

    class Meta:
        abstract = True

    @property
    def saving(self) -> Saving:
        """What is saved in a year, as far as the unit tells."""
        return saving_of(Units(self.unit), self.before, self.after, self.volume_per_year)

    @property
    def change(self) -> Any:
        """After minus before."""
        return self.after - self.before


def figure_constraints(name: str) -> list[models.BaseConstraint]:
    """Return what every figure must meet; ``name`` begins the constraints' names."""
    return [
        models.CheckConstraint(condition=~Q(name=""), name=f"{name}_is_named"),
        models.CheckConstraint(
            condition=Q(unit__in=EffectUnit.values, grade__in=MethodGrade.values), name=f"{name}_words_known"
        ),
        models.CheckConstraint(
            condition=Q(before__gte=0, after__gte=0),
            name=f"{name}_not_negative",
            violation_error_message=_("変える前と変えたあとの値は、0以上で入れてください。"),
        ),
        models.CheckConstraint(
            condition=~Q(unit__in=[EffectUnit.MINUTES_PER_CASE, EffectUnit.YEN_PER_CASE])
            | Q(volume_per_year__isnull=False),
            name=f"{name}_per_case_has_a_volume",
            violation_error_message=_("1件あたりの効果には、年間の件数を入れてください。"),
        ),
        models.CheckConstraint(
            condition=Q(grade=MethodGrade.ESTIMATED) | Q(measured_on__isnull=False),
            name=f"{name}_measured_on_a_day",
            violation_error_message=_("実測や比較の効果には、測った日を入れてください。"),
        ),
    ]


class PracticeEffect(Figured, ScopedChild):
    """One figure of a version; ``lineage`` is the same for the same figure in later versions and adopters."""

    scope_path = "version__practice"
    version_path = "version__"

    version = models.ForeignKey(
        PracticeVersion, on_delete=models.CASCADE, related_name="effects", verbose_name=_("版")
    )
    position = models.PositiveSmallIntegerField(_("順番"), default=1)

    objects: ClassVar[Any] = UnfinishedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("効果")
        verbose_name_plural = _("効果")
        ordering = ("version_id", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=("version", "lineage"), name="practices_figure_once"),
            *figure_constraints("practices_figure"),
        ]

    def __str__(self) -> str:
        return self.name
