"""The form that proposes a definition of 対歳出比率."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.money import AmountNotUnderstood, to_decimal
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.forms import OrganisationForm
from yui.transition.costs.models import CompletionRule
from yui.transition.costs.operations.define_ratio import RatioFields

_RATE = re.compile(r"\s*([A-Z]{3})\s*[=:＝：]\s*(\S+)\s*\Z")


class DefinitionForm(OrganisationForm):
    """One version of the definition; base rates are one a line, ``USD=145``."""

    valid_from = forms.CharField(
        label=_("使い始める月"), max_length=20, help_text=_("2026-04 のように書きます。")
    )
    statement = forms.CharField(
        label=_("範囲の説明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("何を数え、何を除くかを、あとで読む人に分かるように書きます。"),
    )
    categories = forms.MultipleChoiceField(
        label=_("数える経費区分"),
        choices=CostCategory.choices,
        initial=CostCategory.values,
        widget=forms.CheckboxSelectMultiple,
    )
    one_off_categories = forms.MultipleChoiceField(
        label=_("一時的な経費の区分"),
        choices=CostCategory.choices,
        initial=[CostCategory.MIGRATION],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    base_fiscal_year = forms.IntegerField(label=_("基準の年度"), min_value=2000, max_value=2100)
    base_rates = forms.CharField(
        label=_("基準の為替レート"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("1行に1つ、USD=145 のように書きます。予算で使ったレートです。"),
    )
    agreed_level = forms.DecimalField(
        label=_("合意した水準(%)"), max_digits=7, decimal_places=4, min_value=0, required=False
    )
    completed_on = forms.DateField(
        label=_("移行完了の日(T0)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    completion_rule = forms.ChoiceField(label=_("移行完了の決め方"), choices=CompletionRule.choices)

    def clean_valid_from(self) -> Month:
        """Read the month as people write it."""
        try:
            return Month.parse(self.cleaned_data["valid_from"])
        except DateNotUnderstood as error:
            raise ValidationError(str(error)) from error

    def clean_base_rates(self) -> dict[str, Decimal]:
        """Read one rate a line."""
        found: dict[str, Decimal] = {}
        for number, line in enumerate(self.cleaned_data["base_rates"].splitlines(), start=1):
            if not line.strip():
                continue
            match = _RATE.match(line)
            try:
                if match is None:
                    raise AmountNotUnderstood(line)
                found[match.group(1)] = to_decimal(match.group(2))
            except AmountNotUnderstood as error:
                message = _("{number}行目を読めません。USD=145 のように書いてください。")
                raise ValidationError(str(message).format(number=number)) from error
        return found

    def fields_of_ratio(self) -> RatioFields:
        """Return what the form says, for the operation."""
        data: dict[str, Any] = dict(self.cleaned_data)
        data.pop("organisation")
        return RatioFields(**data)
