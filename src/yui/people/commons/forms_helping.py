"""Forms of helping."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.people.commons.engine.turns import MOST_WEEKS
from yui.people.commons.operations.helping.set_helping import HelpingFacts
from yui.people.commons.operations.tagging import tag_names

MOST_PER_WEEK = 20


class HelpingForm(forms.Form):
    """How a person wants to be asked."""

    may_be_asked = forms.BooleanField(
        label=_("質問の相談を受ける"),
        required=False,
        help_text=_("選ぶと、あなたが答えられそうな質問があるときに、通知で頼まれることがあります。"),
    )
    most_per_week = forms.IntegerField(
        label=_("1週間に受ける数"),
        min_value=0,
        max_value=MOST_PER_WEEK,
        help_text=_("これより多くは頼まれません。"),
    )
    away_until = forms.DateField(
        label=_("この日まで不在"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("この日までは頼まれません。"),
    )
    tags = forms.CharField(
        label=_("得意なこと"),
        required=False,
        max_length=300,
        help_text=_("「、」で区切ります。頼むときの理由として、質問した人に見えます。例: 介護保険、Excel"),
    )
    takes_turns = forms.BooleanField(
        label=_("相談役の当番を受ける"),
        required=False,
        help_text=_("選ぶと、所属の管理者が、週の相談役に選べるようになります。"),
    )

    def facts(self) -> HelpingFacts:
        """Return what the person says."""
        stated = dict(self.cleaned_data)
        return HelpingFacts(**{**stated, "tags": tag_names(stated["tags"])})


class PlanForm(forms.Form):
    """How many weeks are planned at once."""

    weeks = forms.IntegerField(label=_("何週分"), min_value=1, max_value=MOST_WEEKS, initial=23)


class MentorForm(forms.Form):
    """Who is the mentor of a week."""

    mentor = forms.IntegerField(required=False, min_value=1)


class SwapForm(forms.Form):
    """Two weeks that change places."""

    one = forms.ChoiceField(label=_("入れ替える週"))
    other = forms.ChoiceField(label=_("相手の週"))

    def __init__(self, *args: Any, weeks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = weeks  # type: ignore[attr-defined]
