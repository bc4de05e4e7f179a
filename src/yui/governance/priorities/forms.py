"""Forms of the room: each ends as facts for an operation."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.governance.priorities.facts import EvidenceFacts, OptionFacts, ScoreFacts, SetFacts
from yui.governance.priorities.models import Criterion, EvidenceKind, Option
from yui.governance.priorities.queries.scores import Cell
from yui.kernel.scope.models import Organisation, Visibility

EVIDENCE_ROWS = 3
TIMES = (1, 2, 3, 5, 7, 9)


class SetForm(forms.Form):
    """A new set."""

    code = forms.CharField(
        label=gettext_lazy("コード"), max_length=20, help_text=gettext_lazy("例: pillars-2027")
    )
    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("何を決めるか"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    visibility = forms.ChoiceField(label=gettext_lazy("見える範囲"))
    participants = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("参加団体"),
        required=False,
        help_text=gettext_lazy("見える範囲が「指定した団体」のときに選びます。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [choice for choice in Visibility.choices if choice[0] != Visibility.PUBLIC]
        self.fields["visibility"].choices = shown  # type: ignore[attr-defined]
        self.fields["visibility"].initial = Visibility.WARDS
        self.fields["participants"].queryset = Organisation.objects.active()  # type: ignore[attr-defined]

    def facts(self) -> SetFacts:
        """Return what the person stated, with the article's five criteria."""
        names = ("code", "title", "purpose", "visibility")
        return SetFacts(**{name: self.cleaned_data[name] for name in names})

    def taking_part(self) -> list[Organisation]:
        """Return the organisations named."""
        named = self.cleaned_data["visibility"] == Visibility.PARTICIPANTS
        return list(self.cleaned_data["participants"]) if named else []


class OptionForm(forms.ModelForm):
    """An option."""

    class Meta:
        model = Option
        fields = ("code", "title", "description", "pillar", "urn")
        widgets = {"description": forms.Textarea({"rows": 3})}
        help_texts = {"urn": gettext_lazy("関係する記録のURN(なくてもかまいません)")}

    def facts(self) -> OptionFacts:
        """Return what the person stated."""
        return OptionFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def _post_clean(self) -> None:
        """Leave the record as it is: the operation changes and checks it."""


class CriterionForm(forms.Form):
    """Words and place of a criterion."""

    title = forms.CharField(label=gettext_lazy("観点"), max_length=60)
    description = forms.CharField(
        label=gettext_lazy("見方"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    position = forms.IntegerField(label=gettext_lazy("並び順"), min_value=1)


class ScoreForm(forms.Form):
    """A score with its evidence."""

    value = forms.DecimalField(
        label=gettext_lazy("点数(1〜5)"), min_value=1, max_value=5, decimal_places=1, max_digits=2
    )
    uncertainty = forms.DecimalField(
        label=gettext_lazy("幅(±)"),
        min_value=0,
        max_value=2,
        decimal_places=1,
        max_digits=2,
        initial=Decimal(0),
        help_text=gettext_lazy("点数がどれくらいずれるかもしれないか。3点で幅0.5なら、2.5から3.5です。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def facts(self, evidence: Sequence[EvidenceFacts]) -> ScoreFacts:
        """Return what the person stated."""
        return ScoreFacts(**self.cleaned_data, evidence=tuple(evidence))


class EvidenceForm(forms.Form):
    """One piece of evidence; an empty row is none."""

    kind = forms.ChoiceField(label=gettext_lazy("種類"), choices=EvidenceKind.choices)
    title = forms.CharField(label=gettext_lazy("根拠の名称"), max_length=200, required=False)
    address = forms.CharField(label=gettext_lazy("アドレスまたはURN"), max_length=500, required=False)
    published_on = forms.DateField(
        label=gettext_lazy("公表日"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a title where an address or a date was given."""
        given = super().clean() or {}
        if (given.get("address") or given.get("published_on")) and not given.get("title"):
            self.add_error("title", _("根拠の名称を書いてください。"))
        return given


EvidenceFormSet = forms.formset_factory(EvidenceForm, extra=EVIDENCE_ROWS, max_num=12)


def evidence_of(formset: forms.BaseFormSet) -> list[EvidenceFacts]:
    """Return the rows that were filled."""
    return [EvidenceFacts(**row.cleaned_data) for row in formset if row.cleaned_data.get("title")]


def initial_evidence(cell: Cell) -> list[dict[str, Any]]:
    """Return the evidence of a cell as the rows of a form."""
    names = ("kind", "title", "address", "published_on")
    return [{name: getattr(each, name) for name in names} for each in cell.evidence]


class WeightsForm(forms.Form):
    """A number from 0 to 100 for each criterion; only their proportions count."""

    note = forms.CharField(
        label=gettext_lazy("考え方"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[f"w-{each.code}"] = forms.DecimalField(
                label=each.title, min_value=0, max_value=100, max_digits=5, decimal_places=2
            )
        self.order_fields([*(f"w-{each.code}" for each in criteria), "note"])

    def parts(self) -> dict[str, Decimal]:
        """Return the number for each criterion."""
        return {each.code: self.cleaned_data[f"w-{each.code}"] for each in self.criteria}


class ComparisonForm(forms.Form):
    """For each pair of criteria, which one matters more, and how many times (Saaty's scale)."""

    note = forms.CharField(
        label=gettext_lazy("考え方"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = list(combinations(criteria, 2))
        for one, other in self.pairs:
            more = [
                (f"{times}", _("「%(one)s」が%(times)s倍大切") % {"one": one.title, "times": times})
                for times in reversed(TIMES[1:])
            ]
            less = [
                (f"1/{times}", _("「%(one)s」が%(times)s倍大切") % {"one": other.title, "times": times})
                for times in TIMES[1:]
            ]
            self.fields[f"c-{one.code}:{other.code}"] = forms.ChoiceField(
                label=_("%(one)s と %(other)s") % {"one": one.title, "other": other.title},
                choices=[*more, ("1", _("同じくらい大切")), *less],
                initial="1",
            )
        self.order_fields([*(f"c-{a.code}:{b.code}" for a, b in self.pairs), "note"])

    def comparisons(self) -> dict[tuple[str, str], Decimal]:
        """Return how many times the first of each pair matters more."""
        return {
            (one.code, other.code): _times(self.cleaned_data[f"c-{one.code}:{other.code}"])
            for one, other in self.pairs
        }


def _times(text: str) -> Decimal:
    over, _slash, under = text.partition("/")
    return Decimal(over) / Decimal(under or 1)


class DecisionForm(forms.Form):
    """A decision and its reason."""

    decision = forms.CharField(
        label=gettext_lazy("決定"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=4000, widget=forms.Textarea({"rows": 3}))


class RepeatForm(forms.Form):
    """Why a new round begins."""

    reason = forms.CharField(
        label=gettext_lazy("新しい回を始める理由"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )


def place_of(criterion: Criterion) -> dict[str, Any]:
    """Return a criterion as the first values of its form."""
    return {"title": criterion.title, "description": criterion.description, "position": criterion.position}
