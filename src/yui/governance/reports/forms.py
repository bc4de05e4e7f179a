"""Forms of the room: each ends as facts for an operation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.governance.indicators.public import indicators
from yui.governance.reports.facts import ItemFacts, NoteFacts, PlanFacts
from yui.governance.reports.models import Note, PlanItem, ReportPlan
from yui.governance.reports.queries.periods import choices_of

MOST_CHOICES = 24
PRIVATE, PUBLIC, ABSENT = "private", "public", ""


class PlanForm(forms.ModelForm):
    """A plan: its facts, and for each indicator of the tree whether and where it stands."""

    class Meta:
        model = ReportPlan
        fields = ("kind", "title", "is_active", "day_of_month", "note")
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, items: Sequence[PlanItem] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["kind"].disabled = True
        known = {item.indicator_code: item for item in items}
        self.rows = []
        for place, indicator in enumerate(indicators(), start=1):
            item = known.get(indicator.code)
            marked = ABSENT if item is None else PUBLIC if item.is_public else PRIVATE
            self.fields[f"use-{indicator.slug}"] = forms.ChoiceField(
                label=indicator.title,
                required=False,
                choices=[(ABSENT, _("載せない")), (PRIVATE, _("載せる")), (PUBLIC, _("載せて公表する"))],
                initial=marked,
            )
            self.fields[f"place-{indicator.slug}"] = forms.IntegerField(
                label=_("並び順"),
                required=False,
                min_value=1,
                max_value=999,
                initial=item.position if item else place,
            )
            self.rows.append((indicator, self[f"use-{indicator.slug}"], self[f"place-{indicator.slug}"]))

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the plan itself."""
        return [self[name] for name in self.Meta.fields]

    def facts(self) -> PlanFacts:
        """Return what the person stated, the indicators in the order of their places."""
        cleaned = self.cleaned_data
        chosen = [each for each in indicators() if cleaned.get(f"use-{each.slug}")]
        chosen.sort(key=lambda each: cleaned.get(f"place-{each.slug}") or MOST_CHOICES * MOST_CHOICES)
        items = tuple(ItemFacts(each.code, cleaned[f"use-{each.slug}"] == PUBLIC) for each in chosen)
        return PlanFacts(items=items, **{name: cleaned[name] for name in self.Meta.fields})

    def _post_clean(self) -> None:
        """Leave the model's rules to the operation, which asks for the organisation too."""


class PeriodForm(forms.Form):
    """Which period's report is to be made."""

    period = forms.ChoiceField(label=_("期間"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = choices_of(kind, MOST_CHOICES)  # type: ignore[attr-defined]


class NoteForm(forms.ModelForm):
    """A note."""

    class Meta:
        model = Note
        fields = ("topic", "text", "weight", "is_public")
        widgets = {"text": forms.Textarea({"rows": 4})}
        help_texts: Mapping[str, Any] = {
            "is_public": _("公表すると、サインインしていない人にも見えます。"),
        }

    def facts(self) -> NoteFacts:
        """Return what the person stated."""
        return NoteFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def _post_clean(self) -> None:
        """Leave the model's rules to the operation, which knows the report."""
