"""Forms of incidents: each ends as facts or arguments of an operation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.basis import BasedForm
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User
from yui.security.soc.models import Incident, Severity, Tlp
from yui.security.soc.operations.incidents.facts import (
    CaseFacts,
    PersonalDataFacts,
    ReportFacts,
    SeverityFacts,
)
from yui.security.soc.queries.alerts.people import people_for


def moment_input() -> forms.DateTimeInput:
    """Return the browser's own chooser of a moment, with seconds: minutes alone would fall before others."""
    return forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")


def area(rows: int = 3) -> forms.Textarea:
    """Return a field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class NewIncidentForm(forms.ModelForm):
    """What is known when an incident is opened."""

    ward = forms.ModelChoiceField(Organisation.objects.none(), label=_("区"), to_field_name="code")
    detected_at = forms.DateTimeField(label=_("検知した日時"), widget=moment_input())
    occurred_at = forms.DateTimeField(
        label=_("発生した日時"),
        required=False,
        widget=moment_input(),
        help_text=_("わからないときは空にします。幅があるときは、早いほうを入れます。"),
    )
    occurred_until = forms.DateTimeField(
        label=_("発生した日時(遅くとも)"), required=False, widget=moment_input()
    )

    class Meta:
        model = Incident
        fields = list(CaseFacts.names())
        widgets = {"summary": area(4)}
        help_texts = {
            "title": _("一覧に出る短い名前です。個人の名前は書きません。"),
            "category": _("種類に合った手順書が、作業として入ります。"),
            "is_exercise": _("指標に数えず、外への報告も出しません。"),
        }

    def __init__(
        self, *args: Any, wards: list[Organisation], from_alerts: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            pk__in=[ward.pk for ward in wards]
        )
        if from_alerts:
            for name in ("ward", "detected_at", "occurred_at", "occurred_until"):
                del self.fields[name]
        else:
            self.order_fields(["ward", "title", "category", "detected_at", "occurred_at", "occurred_until"])

    def facts(self) -> CaseFacts:
        """Return what the person stated."""
        return CaseFacts.among(self.cleaned_data)


class CaseForm(BasedForm):
    """What the incident is."""

    class Meta:
        model = Incident
        fields = list(CaseFacts.names())
        widgets = {"summary": area(5)}

    def facts(self) -> CaseFacts:
        """Return what the person stated."""
        return CaseFacts.among(self.cleaned_data)


class PersonalDataForm(BasedForm):
    """What is known of leaked personal data."""

    class Meta:
        model = Incident
        fields = list(PersonalDataFacts.names())
        widgets = {"leak_known_at": moment_input()}
        help_texts = {
            "leaked_people": _("わからないときは空、漏えいがないときは0にします。"),
            "leak_known_at": _("報告の期限はここから数えます。空のときは検知した日時から数えます。"),
            "wrongful_purpose": _("不正アクセスや持ち出しなど。確報の期限が60日になります。"),
        }

    def facts(self) -> PersonalDataFacts:
        """Return what the person stated."""
        return PersonalDataFacts.among(self.cleaned_data)


class ReportForm(BasedForm):
    """What reports to authorities ask for."""

    class Meta:
        model = Incident
        fields = list(ReportFacts.names())
        widgets = {name: area() for name in ReportFacts.names()}

    def facts(self) -> ReportFacts:
        """Return what the person stated."""
        return ReportFacts.among(self.cleaned_data)


class SeverityForm(forms.Form):
    """深刻度評価: three views, of which the highest counts."""

    severity_continuity = forms.TypedChoiceField(
        label=_("持続性(行政サービスが止まったか)"), coerce=int, choices=Severity.choices
    )
    severity_safety = forms.TypedChoiceField(
        label=_("安全性(人の生命や身体、財産への影響)"), coerce=int, choices=Severity.choices
    )
    severity_trust = forms.TypedChoiceField(
        label=_("信頼(区民や取引先の信頼への影響)"), coerce=int, choices=Severity.choices
    )
    core_system_stopped = forms.BooleanField(
        label=_("基幹システムが長い間止まった"),
        required=False,
        help_text=_("目標復旧時間を過ぎても戻らなかったときに選びます。KGIの重大インシデントに数えます。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=1000, widget=area())

    def facts(self) -> SeverityFacts:
        """Return the three views."""
        return SeverityFacts.among(self.cleaned_data)


class PastMomentForm(forms.Form):
    """A time that lies back, and how it is known."""

    at = forms.DateTimeField(label=_("日時"), widget=moment_input())
    until = forms.DateTimeField(
        label=_("推定の終わり"),
        required=False,
        widget=moment_input(),
        help_text=_("日時に幅があるときだけ入れます。"),
    )
    note = forms.CharField(
        label=_("理由"), max_length=500, widget=area(2), help_text=_("その日時をどうやって知ったか")
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=area())


class CloseForm(forms.Form):
    """A reason where something is left to do."""

    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=500,
        widget=area(),
        help_text=_("必須の作業や報告が残っているときは、終える理由を書きます。"),
    )


class ReopenForm(ReasonForm):
    """Why it begins again, and since when."""

    detected_at = forms.DateTimeField(
        label=_("再び検知した日時"),
        required=False,
        widget=moment_input(),
        help_text=_("空のときは今にします。"),
    )


class MergeForm(forms.Form):
    """Into which running incident of the ward."""

    into = forms.ModelChoiceField(Incident.objects.none(), label=_("統合先"))

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = choices  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Somebody who may work the ward's incidents, or nobody."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("指揮"), required=False)

    def __init__(self, *args: Any, ward: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_for([ward])  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A line of the timeline."""

    text = forms.CharField(label=_("記録"), max_length=8000, widget=area(3))
    tlp = forms.ChoiceField(label=_("共有範囲(TLP)"), choices=Tlp.choices, initial=Tlp.AMBER)
    for_wards = forms.BooleanField(
        label=_("ほかの区にも知らせる"),
        required=False,
        help_text=_("TLP:CLEAR か TLP:GREEN のときだけ選べます。区の名前は出ません。"),
    )


class TaskForm(forms.Form):
    """A task added by hand."""

    title = forms.CharField(label=_("やること"), max_length=300)
    due_at = forms.DateTimeField(label=_("期限"), required=False, widget=moment_input())
    assignee = forms.ModelChoiceField(User.objects.none(), label=_("担当"), required=False)
    is_required = forms.BooleanField(label=_("必須"), required=False)

    def __init__(self, *args: Any, ward: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people_for([ward])  # type: ignore[attr-defined]


class AffectForm(forms.Form):
    """A system of the ward's registry."""

    system = forms.ChoiceField(label=_("情報システム"))
    effect = forms.CharField(label=_("影響"), max_length=300, required=False)
    stopped_at = forms.DateTimeField(label=_("止まった日時"), required=False, widget=moment_input())

    def __init__(self, *args: Any, systems: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].choices = systems  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """A file to keep."""

    file = forms.FileField(label=_("ファイル"), help_text=_("2GBまで。開いたり実行したりはしません。"))
    description = forms.CharField(label=_("説明"), max_length=500, required=False)
    tlp = forms.ChoiceField(label=_("共有範囲(TLP)"), choices=Tlp.choices, initial=Tlp.AMBER)


class HandOverForm(forms.Form):
    """To whom evidence goes, and what for."""

    holder = forms.CharField(label=_("渡す相手"), max_length=120)
    purpose = forms.CharField(label=_("目的"), max_length=300)


class SentForm(forms.Form):
    """When a paper was sent."""

    at = forms.DateTimeField(
        label=_("提出した日時"),
        required=False,
        widget=moment_input(),
        help_text=_("空のときは今にします。"),
    )
    note = forms.CharField(
        label=_("説明"),
        max_length=300,
        required=False,
        help_text=_("前の日時を入れるときは、どうやって知ったかを書きます。"),
    )


class ReceiptForm(forms.Form):
    """The receipt of a paper."""

    receipt = forms.CharField(label=_("受付番号"), max_length=80, required=False)
    at = forms.DateTimeField(
        label=_("受領の日時"),
        required=False,
        widget=moment_input(),
        help_text=_("空のときは今にします。"),
    )
