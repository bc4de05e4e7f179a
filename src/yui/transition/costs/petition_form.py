"""The form that writes a petition."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.scope.models import Organisation, Visibility
from yui.transition.costs.forms import OrganisationForm
from yui.transition.costs.models import ExhibitKind, Petition
from yui.transition.costs.operations.draft_petition import PetitionFields
from yui.transition.costs.queries.exhibits import BILLED, CONSTANT
from yui.transition.costs.queries.petitions import parts_of

RATE_CHOICES = [(BILLED, _("月ごとのレート")), (CONSTANT, _("定義の基準レート"))]


class PetitionForm(OrganisationForm):
    """Title, addressees, requests (one a line) and the evidence chosen for them."""

    title = forms.CharField(label=_("題名"), max_length=120)
    addressees = forms.CharField(
        label=_("宛先"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("1行に1つ書きます。"),
    )
    dated = forms.DateField(
        label=_("日付"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    preamble = forms.CharField(
        label=_("前文"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    requests = forms.CharField(
        label=_("要望事項"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("1行に1つ書きます。番号は順に付きます。"),
    )
    kinds = forms.MultipleChoiceField(
        label=_("根拠"),
        choices=ExhibitKind.choices,
        initial=ExhibitKind.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("選んだ根拠は、この順に資料になります。"),
    )
    until = forms.CharField(
        label=_("使う請求の最後の月"), max_length=20, help_text=_("2026-04 のように書きます。")
    )
    rates = forms.ChoiceField(label=_("外貨の円換算"), choices=RATE_CHOICES)
    visibility = forms.ChoiceField(label=_("見える範囲"), choices=Visibility.choices)
    participants = forms.ModelMultipleChoiceField(
        label=_("参加団体"),
        queryset=Organisation.objects.active(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("見える範囲が「指定した団体」のときに使います。"),
    )

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(organisations, *args, **kwargs)
        self.order_fields(["organisation", *self.base_fields])

    def clean_until(self) -> Month:
        """Read the month as people write it."""
        try:
            return Month.parse(self.cleaned_data["until"])
        except DateNotUnderstood as error:
            raise ValidationError(str(error)) from error

    def clean_requests(self) -> list[str]:
        """Take one request a line."""
        return [line.strip() for line in self.cleaned_data["requests"].splitlines() if line.strip()]

    def fields_of_petition(self) -> PetitionFields:
        """Return what the form says, for the operations."""
        data: dict[str, Any] = dict(self.cleaned_data)
        data.pop("organisation")
        data["participants"] = list(data["participants"])
        return PetitionFields(**data)


def initial_of(petition: Petition) -> dict[str, Any]:
    """Return what the form shows of a petition."""
    parts = parts_of(petition)
    return {
        "organisation": petition.organisation.code,
        "title": petition.title,
        "addressees": petition.addressees,
        "dated": petition.dated,
        "preamble": petition.preamble,
        "requests": "\n".join(each.text for each in parts.requests),
        "kinds": [each.kind for each in parts.evidence],
        "until": petition.until,
        "rates": parts.evidence[0].question["rates"] if parts.evidence else BILLED,
        "visibility": petition.visibility,
        "participants": list(petition.participants.all()),
    }
