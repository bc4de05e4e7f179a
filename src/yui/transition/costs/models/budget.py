"""What an organisation may spend on its systems in a fiscal year."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.scope.models import ScopedModel
from yui.transition.costs.facts import CostCategory


class BudgetKind(models.TextChoices):
    """Whether an amount was voted before the year or added to it."""

    INITIAL = "initial", _("当初予算")
    SUPPLEMENTARY = "supplementary", _("補正予算")


class BudgetLine(ScopedModel):
    """One line of a budget, in whole yen; a supplementary one may take away.

    ``revision`` is the number of the 補正 (1, 2, …), and 0 for the 当初. ``system_code`` is empty where the
    line is for several systems.
    """

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("予算の種類"), max_length=16, choices=BudgetKind.choices)
    revision = models.PositiveSmallIntegerField(_("補正の回"), default=0)
    budget_item = models.CharField(_("款項目"), max_length=160, blank=True)
    budget_detail = models.CharField(_("節細節"), max_length=120, blank=True)
    system_code = models.CharField(_("システムコード"), max_length=80, blank=True)
    cost_category = models.CharField(_("経費区分"), max_length=12, choices=CostCategory.choices)
    amount_yen = models.BigIntegerField(_("予算額(円)"))
    note = models.CharField(_("備考"), max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("予算の行")
        ordering = ("-fiscal_year", "organisation", "revision", "cost_category", "system_code", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=(
                    "organisation",
                    "fiscal_year",
                    "revision",
                    "budget_item",
                    "budget_detail",
                    "system_code",
                    "cost_category",
                ),
                name="budget_line_once",
                violation_error_message=_(
                    "同じ年度・補正の回・款項目・節細節・システム・経費区分の行があります。"
                ),
            ),
            models.CheckConstraint(condition=Q(kind__in=BudgetKind.values), name="budget_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.INITIAL, revision=0)
                | Q(kind=BudgetKind.SUPPLEMENTARY, revision__gte=1),
                name="budget_revision_fits_kind",
                violation_error_message=_("補正の回は、当初予算なら 0、補正予算なら 1 以上にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.SUPPLEMENTARY) | Q(amount_yen__gte=0),
                name="initial_budget_not_negative",
                violation_error_message=_("当初予算の額は 0 円以上にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(cost_category__in=CostCategory.values), name="budget_category_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year.short_label} {self.get_cost_category_display()} {self.system_code}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of the line's page."""
        return reverse("costs:budget-edit", args=[self.pk])

    @property
    def year(self) -> FiscalYear:
        """The fiscal year."""
        return FiscalYear(self.fiscal_year)
