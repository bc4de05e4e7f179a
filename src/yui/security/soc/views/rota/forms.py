"""Forms of the rota, of hand-overs and of the escalation."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import TOKYO
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User
from yui.security.soc.models import EscalationChannel, Level, Shift, ShiftKind
from yui.security.soc.operations.rota.change_shifts import ShiftFacts
from yui.security.soc.operations.rota.keep_steps import StepFacts
from yui.security.soc.queries.rota.people import watch_people
from yui.security.soc.views.rules.forms import day_input


def moment_input() -> forms.DateTimeInput:
    """Return the browser's own chooser of a moment."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class OfPeople(forms.Form):
    """A form that names people of the joint body."""

    def __init__(self, *args: Any, body: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = watch_people(body, datetime.now(TOKYO).date())
        for name in ("person", "people"):
            if name in self.fields:
                self.fields[name].queryset = people  # type: ignore[attr-defined]


class PlanForm(OfPeople):
    """Which days are planned, with whom."""

    first = forms.DateField(label=_("最初の日"), widget=day_input())
    last = forms.DateField(label=_("最後の日"), widget=day_input())
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("当番に入る人"), widget=forms.CheckboxSelectMultiple
    )
    day_people = forms.IntegerField(label=_("日勤の人数"), min_value=0, max_value=10, initial=2)
    night_people = forms.IntegerField(label=_("夜勤の人数"), min_value=0, max_value=10, initial=2)
    on_call_people = forms.IntegerField(label=_("オンコールの人数"), min_value=0, max_value=5, initial=1)


class ShiftForm(OfPeople):
    """One shift."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("担当"))
    kind = forms.ChoiceField(label=_("種類"), choices=ShiftKind.choices)
    starts_at = forms.DateTimeField(label=_("開始"), widget=moment_input())
    ends_at = forms.DateTimeField(label=_("終了"), widget=moment_input())
    is_lead = forms.BooleanField(label=_("責任者"), required=False)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=300,
        help_text=_("休みの決まりに合わない当番を、それでも入れるときに書きます。"),
    )

    def facts(self) -> ShiftFacts:
        """Return what the person stated."""
        return ShiftFacts(**self.cleaned_data)


class SwapForm(forms.Form):
    """The shift with which another one is swapped."""

    other: Any = forms.ModelChoiceField(Shift.objects.none(), label=_("入れかえる当番"))
    reason = forms.CharField(label=_("理由"), required=False, max_length=300)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        self.fields["other"].label_from_instance = lambda shift: (  # type: ignore[attr-defined]
            f"{shift.starts_at.astimezone(TOKYO):%m/%d %H:%M} {shift.get_kind_display()} {shift.person}"
        )


class AbsenceForm(OfPeople):
    """When somebody is away."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("担当"))
    first_day = forms.DateField(label=_("最初の日"), widget=day_input())
    last_day = forms.DateField(label=_("最後の日"), widget=day_input())


class HandoverForm(forms.Form):
    """A note for the next shift."""

    shift_kind = forms.ChoiceField(label=_("終わる当番"), choices=ShiftKind.choices)
    for_shift_at = forms.DateTimeField(label=_("次の当番の開始"), widget=moment_input())
    text = forms.CharField(label=_("引継ぎ事項"), max_length=8000, widget=forms.Textarea(attrs={"rows": 14}))


class StepForm(forms.Form):
    """One step of the escalation."""

    position = forms.IntegerField(label=_("順番"), min_value=1, max_value=99)
    minimum_level = forms.TypedChoiceField(
        label=_("重さの下限"), coerce=int, choices=Level.choices, initial=Level.HIGH.value
    )
    after_minutes = forms.IntegerField(
        label=_("待つ時間(分)"),
        min_value=0,
        max_value=10_080,
        initial=15,
        help_text=_("検知してから、だれも着手しないまま過ぎた時間"),
    )
    channel = forms.ChoiceField(label=_("方法"), choices=EscalationChannel.choices)
    target = forms.CharField(
        label=_("宛先"),
        max_length=300,
        help_text=_("メールアドレス(「, 」で区切る)か、許された宛先の URL"),
    )
    to_on_call = forms.BooleanField(label=_("オンコールの人にもメールする"), required=False)

    def facts(self) -> StepFacts:
        """Return what the person stated."""
        return StepFacts(**self.cleaned_data)
