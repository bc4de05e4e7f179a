"""The form of a line of a budget."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear
from yui.kernel.money import AmountNotUnderstood, parse_yen
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.forms import OrganisationForm
from yui.transition.costs.models import BudgetKind, BudgetLine
from yui.transition.costs.operations.save_budget_line import BudgetFacts

FIELDS = (
    "fiscal_year",
    "kind",
    "revision",
    "budget_item",
    "budget_detail",
    "system_code",
    "cost_category",
    "amount_yen",
    "note",
)


class BudgetLineForm(OrganisationForm):
    """One line of a budget."""

    fiscal_year = forms.CharField(
        label=_("年度"), max_length=20, help_text=_("2026 か 令和8年度 のように書きます。")
    )
    kind = forms.ChoiceField(label=_("予算の種類"), choices=BudgetKind.choices)
    revision = forms.IntegerField(
        label=_("補正の回"),
        min_value=0,
        max_value=99,
        initial=0,
        help_text=_("当初予算は 0、補正予算は 1 以上です。"),
    )
    budget_item = forms.CharField(label=_("款項目"), max_length=160, required=False)
    budget_detail = forms.CharField(label=_("節細節"), max_length=120, required=False)
    system_code = forms.CharField(
        label=_("システムコード"),
        max_length=80,
        required=False,
        help_text=_("いくつものシステムの予算なら、空にします。"),
    )
    cost_category = forms.ChoiceField(label=_("経費区分"), choices=CostCategory.choices)
    amount_yen = forms.CharField(
        label=_("予算額(円)"), max_length=40, help_text=_("減額の補正は ▲ を付けてください。")
    )
    note = forms.CharField(label=_("備考"), max_length=200, required=False)

    @classmethod
    def of(cls, line: BudgetLine, data: Mapping[str, Any] | None) -> Self:
        """Return the form of a line that exists; whose it is does not change."""
        form = cls([line.organisation], data, initial={name: getattr(line, name) for name in FIELDS})
        del form.fields["organisation"]
        return form

    def clean_fiscal_year(self) -> int:
        """Read the year as people write it."""
        try:
            return FiscalYear.parse(self.cleaned_data["fiscal_year"]).year
        except DateNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error

    def clean_amount_yen(self) -> int:
        """Read the amount as people write it."""
        try:
            amount = parse_yen(self.cleaned_data["amount_yen"])
        except AmountNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error
        if amount is None:
            raise forms.ValidationError(_("金額を書いてください。"))
        return amount

    def facts(self) -> BudgetFacts:
        """Return what the form says."""
        return BudgetFacts(**{name: self.cleaned_data[name] for name in FIELDS})
