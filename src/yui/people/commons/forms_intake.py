"""The form that takes an export."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import Organisation, Visibility
from yui.people.commons.formats.slack import SOLVED_REACTIONS
from yui.people.commons.models import IntakeFormat


class IntakeForm(forms.Form):
    """An export and how it is taken in.

    Args:
        bodies: the bodies for which the person may take posts in.
    """

    source = forms.ChoiceField(
        label=_("形式"), choices=IntakeFormat.choices, widget=forms.RadioSelect, initial=IntakeFormat.SLACK
    )
    file = forms.FileField(
        label=_("書き出したZIP"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
        help_text=_("Slackの書き出し、またはDiscourseの /t/番号.json か投稿のCSVを入れたZIP"),
    )
    organisation = forms.ModelChoiceField(
        label=_("どの団体の質問にするか"), queryset=Organisation.objects.none(), empty_label=None
    )
    visibility = forms.ChoiceField(
        label=_("見える範囲"),
        choices=((Visibility.WARDS, _("全区")), (Visibility.OWN, _("自分の団体だけ"))),
        widget=forms.RadioSelect,
        initial=Visibility.WARDS,
    )
    solved_reaction = forms.CharField(
        label=_("解決とみなすリアクション(Slack)"),
        required=False,
        max_length=200,
        help_text=_("「、」で区切ります。空なら、チェックのマークを使います。"),
    )
    all_messages = forms.BooleanField(label=_("返信のない発言も質問にする(Slack)"), required=False)

    def __init__(self, *args: Any, bodies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Organisation.objects.filter(pk__in=[body.pk for body in bodies])
        self.fields["organisation"].queryset = choices  # type: ignore[attr-defined]
        if bodies:
            self.fields["organisation"].initial = bodies[0].pk

    def clean_solved_reaction(self) -> list[str]:
        """Return the names, without the colons that people type around them."""
        text = self.cleaned_data["solved_reaction"].replace(",", "、").replace(",", "、")
        names = [name.strip().strip(":") for name in text.split("、")]
        return [name for name in names if name] or list(SOLVED_REACTIONS)
