"""The forms of a step on alerts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.security.soc.models import AlertGroup, CloseReason
from yui.security.soc.queries.alerts.people import people_for


class CloseForm(forms.Form):
    """Why alerts are closed."""

    reason = forms.ChoiceField(label=_("理由"), choices=[("", _("選んでください")), *CloseReason.choices])
    note = forms.CharField(
        label=_("説明"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class CommentForm(forms.Form):
    """What somebody has to say."""

    text = forms.CharField(label=_("コメント"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    """Who takes over."""

    def __init__(self, *args: Any, groups: list[AlertGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wards = {group.organisation_id: group.organisation for group in groups}
        self.fields["person"] = forms.ModelChoiceField(label=_("担当"), queryset=people_for(wards.values()))


class AttachForm(forms.Form):
    """Which incident alerts belong to; the incidents are those of the ward that the reader may see."""

    def __init__(self, *args: Any, incidents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"] = forms.ModelChoiceField(label=_("インシデント"), queryset=incidents)
