"""Forms of the figures about proposals: effects, baselines, staff, and the ward's own rules."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, FiscalYear
from yui.people.practices.engine.proposal_deadlines import USUAL_DAYS
from yui.people.practices.engine.proposal_states import Stage
from yui.people.practices.forms_proposals import NumberCheckedForm, day_input, lines
from yui.people.practices.models import ProposalEffect, ProposalKind, ProposalStage
from yui.people.practices.operations.proposals.facts import EffectFacts

EFFECT_FIELDS = (
    "phase",
    "measured_on",
    "grade",
    "minutes_before",
    "minutes_after",
    "volume",
    "yen_once",
    "yen_yearly",
    "errors_before",
    "errors_after",
    "waiting_before",
    "waiting_after",
    "method",
)


class FiscalYearField(forms.CharField):
    """A fiscal year as people write it."""

    def to_python(self, value: Any) -> Any:
        """Return the fiscal year.

        Raises:
            ValidationError: with the sentence for the reader.
        """
        text = super().to_python(value)
        if not text:
            return None
        try:
            return FiscalYear.parse(text)
        except DateNotUnderstood as error:
            raise ValidationError(str(error)) from error


class EffectForm(NumberCheckedForm, forms.ModelForm):
    """One look at the effect."""

    written = ("method",)

    class Meta:
        model = ProposalEffect
        fields = list(EFFECT_FIELDS)
        widgets = {"measured_on": day_input(), "method": lines(3)}
        help_texts = {
            "yen_yearly": _("減った額を正の数で入れます。"),
            "method": _("どう測ったか。だれが、いつ、何件を測ったか。"),
        }

    def _post_clean(self) -> None:
        """Leave the record's own checks to the operation."""

    def facts(self) -> EffectFacts:
        """Return what the person stated."""
        return EffectFacts(**{name: self.cleaned_data[name] for name in EFFECT_FIELDS})


class BaselineForm(forms.Form):
    """How many proposals of a kind a ward had in a closed year."""

    kind = forms.ChoiceField(label=_("種別"), choices=ProposalKind.choices)
    fiscal_year = FiscalYearField(label=_("年度"), help_text=_("令和7年度、2025 のように書いてください。"))
    count = forms.IntegerField(
        label=_("件数"), required=False, min_value=0, help_text=_("空にすると、記録から数えます。")
    )
    source_note = forms.CharField(
        label=_("出所"),
        required=False,
        max_length=300,
        help_text=_("件数を申告するときに書きます。例: 人事課「職員提案制度 令和7年度実績」"),
    )
    definition = forms.CharField(
        label=_("新しい数え方"),
        required=False,
        max_length=2000,
        widget=lines(2),
        help_text=_("固定した値を新しい版にするときに書きます。グラフは新しい版から別の線になります。"),
    )


class StaffForm(forms.Form):
    """How many people work for a ward."""

    fiscal_year = FiscalYearField(label=_("年度"))
    people = forms.IntegerField(label=_("職員数(人)"), min_value=1)
    source = forms.CharField(label=_("出所"), max_length=300)


class CategoriesForm(forms.Form):
    """The categories, one a line."""

    names = forms.CharField(label=_("分類(1行に1つ)"), required=False, max_length=4000, widget=lines(8))

    def clean_names(self) -> list[str]:
        """Return the names."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class PeriodsForm(forms.Form):
    """Business days by stage."""

    def __init__(self, *args: Any, days: dict[Stage, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage, usual in USUAL_DAYS.items():
            self.fields[stage.value] = forms.IntegerField(
                label=ProposalStage(stage.value).label,
                min_value=1,
                max_value=500,
                initial=days.get(stage, usual),
            )

    def days(self) -> dict[Stage, int]:
        """Return the days as they were stated."""
        return {stage: self.cleaned_data[stage.value] for stage in USUAL_DAYS}
