"""Forms of effects and of adoptions."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Organisation
from yui.people.practices.engine.adoption import AdoptionState as State
from yui.people.practices.forms_practices import uuid_or_none
from yui.people.practices.forms_proposals import NumberCheckedForm, day_input, lines
from yui.people.practices.models import AdoptionState, Figured, PracticeEffect
from yui.people.practices.operations.practices.facts import EffectFacts

FIGURE = ("name", "unit", "before", "after", "volume_per_year", "grade", "measured_on", "method")
NEEDED = ("name", "unit", "before", "after", "grade")
SPARE_ROWS = 2
MOST_EFFECTS = 20
PER_CASE = frozenset({"minutes_per_case", "yen_per_case"})


class EffectForm(NumberCheckedForm, forms.ModelForm):
    """One figure; a row without a name is left out."""

    written = ("name", "method")
    lineage = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = PracticeEffect
        fields = list(FIGURE)
        widgets = {"measured_on": day_input()}
        help_texts = {
            "before": _("その単位での、変える前の値"),
            "volume_per_year": _("単位が「分/件」「円/件」のときに入れます。"),
            "measured_on": _("実測や比較のときに入れます。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.name:
            self.initial["lineage"] = str(self.instance.lineage)
        self.order_fields([*FIGURE, "is_no_personal_number", "lineage"])

    def clean(self) -> dict[str, Any]:
        """Ask for what the unit and the grade need."""
        cleaned = super().clean()
        if cleaned.get("unit") in PER_CASE and cleaned.get("volume_per_year") is None:
            self.add_error("volume_per_year", _("1件あたりの効果には、年間の件数を入れてください。"))
        if cleaned.get("grade") not in (None, "", "estimated") and cleaned.get("measured_on") is None:
            self.add_error("measured_on", _("実測や比較の効果には、測った日を入れてください。"))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the record's own checks to the operation, so that the form does not change the record."""

    def facts(self) -> EffectFacts:
        """Return the figure; a new one begins a lineage of its own."""
        lineage = uuid_or_none(self.cleaned_data.get("lineage", "")) or uuid4()
        return EffectFacts(**{name: self.cleaned_data[name] for name in FIGURE}, lineage=lineage)


class EffectRowForm(EffectForm):
    """One of several rows: an empty one is left out, one that was begun must be whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIGURE:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing in a row that was begun."""
        cleaned = super().clean()
        if cleaned.get("DELETE") or all(cleaned.get(name) in (None, "") for name in FIGURE):
            return cleaned
        for name in NEEDED:
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("入れてください。使わない行は、すべて空にします。"))
        return cleaned


_EffectRows: Any = forms.formset_factory(
    EffectRowForm, extra=SPARE_ROWS, can_delete=True, max_num=MOST_EFFECTS, validate_max=True
)


def effect_rows(data: Any, effects: Iterable[Figured | EffectFacts] = ()) -> forms.BaseFormSet:
    """Return the rows of figures, filled with those there are and some spare ones."""
    initial = [
        {name: getattr(each, name) for name in FIGURE} | {"lineage": str(each.lineage)} for each in effects
    ]
    return cast(forms.BaseFormSet, _EffectRows(data, initial=initial, prefix="effects"))


def effects_in(rows: forms.BaseFormSet) -> tuple[EffectFacts, ...]:
    """Return the figures that the person stated."""
    return tuple(
        row.facts()
        for row in rows.forms
        if row.cleaned_data.get("name") and not row.cleaned_data.get("DELETE")
    )


class BeginForm(NumberCheckedForm):
    """A ward begins to consider a practice."""

    written = ("note",)
    ward = forms.ModelChoiceField(label=_("区"), queryset=Organisation.objects.none())
    on = forms.DateField(label=_("検討を始めた日"), widget=day_input())
    note = forms.CharField(label=_("どこが役に立ちそうか"), required=False, max_length=4000, widget=lines(2))

    def __init__(self, *args: Any, wards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]
        self.initial.update({"on": today(), "ward": wards.first()})


class StepForm(NumberCheckedForm):
    """The next step of an adoption."""

    written = ("note",)
    state = forms.ChoiceField(label=_("次の段階"))
    on = forms.DateField(label=_("その日"), widget=day_input())
    note = forms.CharField(
        label=_("説明・理由"),
        required=False,
        max_length=4000,
        widget=lines(3),
        help_text=_("見送りと中止には理由を書いてください。"),
    )

    def __init__(self, *args: Any, states: Iterable[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(state.value, AdoptionState(state.value).label) for state in states]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
        self.initial["on"] = today()


class ChangedForm(NumberCheckedForm):
    """What the ward changed to make it fit."""

    written = ("changed",)
    changed = forms.CharField(
        label=_("自区に合わせて変えたこと"), required=False, max_length=4000, widget=lines(4)
    )
