"""Forms of allocation rules and their versions."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.scope.models import Organisation
from yui.registry.public import business_areas
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.forms import OrganisationForm
from yui.transition.costs.models import AllocationMethod, AllocationRuleVersion, UseForm
from yui.transition.costs.operations.save_allocation_rule import RuleFields
from yui.transition.costs.operations.save_allocation_version import VersionFields

SIMPLE = [method for method in AllocationMethod if method != AllocationMethod.MIXED]


class RuleForm(OrganisationForm):
    """Which costs are shared."""

    name = forms.CharField(label=_("名称"), max_length=120)
    provider = forms.CharField(
        label=_("事業者"), max_length=200, required=False, help_text=_("空にすると、どの事業者でも対象です。")
    )
    account = forms.CharField(
        label=_("請求先"), max_length=200, required=False, help_text=_("請求先アカウントや会計の名前です。")
    )
    system_code = forms.CharField(label=_("システムの管理番号"), max_length=80, required=False)
    cost_category = forms.ChoiceField(
        label=_("経費区分"), choices=[("", _("すべて")), *CostCategory.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(area.code, area.name_ja) for area in business_areas()]
        self.fields["business_area"] = forms.ChoiceField(
            label=_("業務"),
            required=False,
            choices=[("", _("台帳のとおり")), *areas],
            help_text=_("情報システム台帳に業務がない費用だけに使います。"),
        )

    def facts(self) -> RuleFields:
        """Return what was entered."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        return RuleFields(**given)


class MonthField(forms.CharField):
    """A month as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-04"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Month | None:
        """Return the month, ``None`` for nothing where nothing is asked."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except DateNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error


class VersionForm(forms.Form):
    """How a rule divides: months, method, receivers with their weights."""

    valid_from = MonthField(label=_("最初の月"))
    valid_to = MonthField(
        label=_("最後の月"), required=False, help_text=_("空にすると、次の版が承認されるまで続きます。")
    )
    method = forms.ChoiceField(label=_("分け方"), choices=AllocationMethod.choices)
    driver = forms.CharField(
        label=_("使用量の名前"),
        max_length=80,
        required=False,
        help_text=_("使用量割のときだけ。取り込んだ使用量の名前です(利用者数など)。"),
    )
    percent_even = forms.DecimalField(label=_("均等割の割合(%)"), required=False, min_value=0)
    percent_population = forms.DecimalField(label=_("人口割の割合(%)"), required=False, min_value=0)
    percent_usage = forms.DecimalField(label=_("使用量割の割合(%)"), required=False, min_value=0)
    percent_weight = forms.DecimalField(label=_("比率の割合(%)"), required=False, min_value=0)
    reason = forms.CharField(
        label=_("理由"), max_length=400, help_text=_("協定や会議の名前と日付を書きます。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = list(Organisation.objects.active())
        for each in self.organisations:
            self.fields[f"receives_{each.code}"] = forms.BooleanField(required=False, label=each.name)
            self.fields[f"weight_{each.code}"] = forms.DecimalField(
                required=False, min_value=0, max_digits=18, decimal_places=6, label=_("比率")
            )

    @staticmethod
    def initial_of(version: AllocationRuleVersion) -> dict[str, Any]:
        """Return the values of a version, for its owner."""
        found: dict[str, Any] = {
            "valid_from": version.valid_from,
            "valid_to": version.valid_to,
            "method": version.method,
            "driver": version.driver,
            "reason": version.reason,
        }
        found |= {f"percent_{name}": percent for name, percent in version.components.items()}
        for share in version.shares.owned_by(version.organisation).select_related("receiver"):
            found[f"receives_{share.receiver.code}"] = True
            found[f"weight_{share.receiver.code}"] = share.weight
        return found

    def receivers(self) -> Iterator[tuple[Organisation, forms.BoundField, forms.BoundField]]:
        """Yield each organisation with its two fields."""
        for each in self.organisations:
            yield each, self[f"receives_{each.code}"], self[f"weight_{each.code}"]

    def facts(self) -> VersionFields:
        """Return what was entered; a receiver without a weight counts once."""
        given = self.cleaned_data
        weights = {
            each: given[f"weight_{each.code}"] if given[f"weight_{each.code}"] is not None else Decimal(1)
            for each in self.organisations
            if given[f"receives_{each.code}"]
        }
        components = {method.value: given[f"percent_{method.value}"] or Decimal(0) for method in SIMPLE}
        return VersionFields(
            given["valid_from"],
            given["valid_to"],
            given["method"],
            given["reason"],
            weights,
            given["driver"],
            components,
        )


class StepForm(forms.Form):
    """A decision on a version."""

    because = forms.CharField(label=_("理由"), max_length=400, required=False)
    last_month = MonthField(
        label=_("最後に使う月"), required=False, help_text=_("空にすると、初めから使わなかったことにします。")
    )


class AccountUseForm(OrganisationForm):
    """Whether an account is used alone or together."""

    provider = forms.CharField(label=_("事業者"), max_length=200, required=False)
    account = forms.CharField(label=_("請求先"), max_length=200)
    use_form = forms.ChoiceField(label=_("利用方式"), choices=UseForm.choices)
