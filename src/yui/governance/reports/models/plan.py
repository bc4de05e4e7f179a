"""報告の型: whose report, how often, and which indicators it shows."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild, ScopedModel, Visibility

LONGEST_MEMO = 2000
LAST_DAY = 28
"""The latest day of a month on which reports are made: every month has it."""


class ReportKind(models.TextChoices):
    """How long a period a report covers."""

    MONTHLY = "monthly", _("月次報告")
    ANNUAL = "annual", _("年次報告")


class ReportPlan(ScopedModel):
    """What is reported for an organisation, one plan for each kind; the secretariat's is about all wards."""

    kind = models.CharField(_("種類"), max_length=8, choices=ReportKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    is_active = models.BooleanField(_("自動でつくる"), default=True)
    day_of_month = models.PositiveSmallIntegerField(
        _("つくる日"), default=5, help_text=_("1から28まで。年次報告は4月から6月のこの日につくります。")
    )
    note = models.TextField(
        _("内部のメモ"), max_length=LONGEST_MEMO, validators=[MaxLengthValidator(LONGEST_MEMO)], blank=True
    )

    class Meta(ScopedModel.Meta):
        verbose_name = _("報告の型")
        ordering = ("organisation__sort_order", "kind")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "kind"),
                name="reports_one_plan_per_kind",
                violation_error_message=_("この団体のこの種類の型はもうあります。"),
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="reports_plan_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="reports_plan_is_named"),
            models.CheckConstraint(
                condition=Q(day_of_month__range=(1, LAST_DAY)),
                name="reports_plan_day_exists",
                violation_error_message=_("つくる日は1から28までです。"),
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC), name="reports_plan_not_public"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the plan's page."""
        return record_address("reports:plan", self.pk)


class PlanItem(ScopedChild):
    """An indicator of a plan; whoever is not signed in sees only what is marked public."""

    scope_path = "plan"

    plan = models.ForeignKey(ReportPlan, on_delete=models.CASCADE, related_name="items")
    indicator_code = models.CharField(_("指標"), max_length=20)
    position = models.PositiveSmallIntegerField(_("並び順"))
    is_public = models.BooleanField(_("公表する"), default=False)

    class Meta(ScopedChild.Meta):
        verbose_name = _("報告する指標")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("plan", "indicator_code"), name="reports_indicator_once"),
            models.UniqueConstraint(fields=("plan", "position"), name="reports_item_position_once"),
            models.CheckConstraint(condition=~Q(indicator_code=""), name="reports_item_names_indicator"),
        ]

    def __str__(self) -> str:
        return self.indicator_code
