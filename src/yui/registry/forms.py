"""Forms of the registry: each ends as facts for an operation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.basis import BasedForm
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Department
from yui.registry.facts import ChangeFacts, ContractFacts, LinkFacts, OutageFacts, SystemFacts, WindowFacts
from yui.registry.models import (
    Change,
    Contract,
    DataLink,
    InformationSystem,
    MaintenanceWindow,
    Outage,
    Vendor,
)

VISIBILITIES = [choice for choice in Visibility.choices if choice[0] != Visibility.PARTICIPANTS]


def day_input() -> forms.DateInput:
    """Return the browser's own chooser of a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    """Return the browser's own chooser of a moment."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SystemForm(BasedForm):
    """Facts of an information system."""

    class Meta:
        model = InformationSystem
        fields = [name for name in SystemFacts.names() if name not in {"retired_on", "status"}]
        fields += ["status", "retired_on"]
        widgets = {
            "started_on": day_input(),
            "retired_on": day_input(),
            "purpose": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "code": _("団体の中で1つだけのコード(例: MN-001)"),
            "business_area": _("区分が「標準化対象業務」のときに選びます。"),
            "cloud_provider": _("設置場所が「ガバメントクラウド」のときに選びます。"),
            "rto_hours": _("止まってから何時間以内に動かすか"),
            "rpo_hours": _("何時間前までのデータに戻せるか"),
            "retired_on": _("状態が「廃止」のときに入れます。"),
        }

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = VISIBILITIES  # type: ignore[attr-defined]
        self.fields["department"].queryset = (  # type: ignore[attr-defined]
            Department.objects.visible_to(actor)
            .filter(organisation=organisation, valid_to__isnull=True)
            .order_by("code")
        )
        self.fields["vendor"].queryset = Vendor.objects.visible_to(actor)  # type: ignore[attr-defined]

    def facts(self) -> SystemFacts:
        """Return what the person stated."""
        return SystemFacts(**{name: self.cleaned_data[name] for name in SystemFacts.names()})


class RetireForm(forms.Form):
    """The day from which a system is out of use."""

    retired_on = forms.DateField(label=_("廃止日"), widget=day_input())


class VendorForm(forms.Form):
    """A company for the shared list."""

    name = forms.CharField(label=_("事業者名"), max_length=120)
    corporate_number = forms.CharField(
        label=_("法人番号"), max_length=20, required=False, help_text=_("13桁の数字。検査数字を確かめます。")
    )


class ContractForm(BasedForm):
    """Facts of a contract."""

    class Meta:
        model = Contract
        fields = [name for name in ContractFacts.names() if name != "systems"]
        widgets = {"starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = (
            InformationSystem.objects.visible_to(actor).filter(organisation=organisation).order_by("code")
        )
        self.fields["systems"] = forms.ModelMultipleChoiceField(
            systems,
            label=_("対象システム"),
            required=False,
            widget=forms.SelectMultiple(attrs={"size": 10}),
            help_text=_("2つ以上を選ぶときは、Ctrlキーを押しながら選びます。"),
        )
        if self.instance.pk:
            self.initial["systems"] = list(self.instance.systems.visible_to(actor))
        self.fields["visibility"].choices = VISIBILITIES  # type: ignore[attr-defined]
        self.fields["vendor"].queryset = Vendor.objects.visible_to(actor)  # type: ignore[attr-defined]

    def facts(self) -> ContractFacts:
        """Return what the person stated."""
        stated = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return ContractFacts(**stated, systems=frozenset(self.cleaned_data["systems"]))


class LinkForm(forms.ModelForm):
    """A data link that starts or ends at a system."""

    class Meta:
        model = DataLink
        fields = list(LinkFacts.names())

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = (
            InformationSystem.objects.visible_to(actor).filter(organisation=organisation).order_by("code")
        )
        for name in ("source", "target"):
            self.fields[name].queryset = systems  # type: ignore[attr-defined]

    def facts(self) -> LinkFacts:
        """Return what the person stated."""
        return LinkFacts(**{name: self.cleaned_data[name] for name in LinkFacts.names()})


class OfSystemForm(BasedForm):
    """A form about a system that can be chosen on the page."""

    def __init__(
        self, *args: Any, actor: Actor, organisation: Organisation, with_system: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if with_system:
            systems = InformationSystem.objects.visible_to(actor).filter(organisation=organisation)
            self.fields["system"] = forms.ModelChoiceField(systems.order_by("code"), label=_("情報システム"))
            self.order_fields(["system"])

    def stated(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Return the named facts as the person stated them."""
        return {name: self.cleaned_data[name] for name in names}


class WindowForm(OfSystemForm):
    """A maintenance window."""

    class Meta:
        model = MaintenanceWindow
        fields = list(WindowFacts.names())
        widgets = {"starts_at": moment_input(), "ends_at": moment_input()}

    def facts(self) -> WindowFacts:
        """Return what the person stated."""
        return WindowFacts(**self.stated(WindowFacts.names()))


class ChangeForm(OfSystemForm):
    """A change request."""

    class Meta:
        model = Change
        fields = list(ChangeFacts.names())
        widgets = {"planned_on": day_input(), "description": forms.Textarea(attrs={"rows": 4})}

    def facts(self) -> ChangeFacts:
        """Return what the person stated."""
        return ChangeFacts(**self.stated(ChangeFacts.names()))


class OutageForm(OfSystemForm):
    """An outage."""

    class Meta:
        model = Outage
        fields = list(OutageFacts.names())
        widgets = {
            "started_at": moment_input(),
            "ended_at": moment_input(),
            "cause": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"ended_at": _("まだ復旧していないときは空にします。")}

    def facts(self) -> OutageFacts:
        """Return what the person stated."""
        return OutageFacts(**self.stated(OutageFacts.names()))


class CloseOutageForm(forms.Form):
    """When a system ran again, and why it had stopped."""

    ended_at = forms.DateTimeField(label=_("復旧日時"), widget=moment_input())
    cause = forms.CharField(
        label=_("原因"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DecisionForm(forms.Form):
    """A word on a change: why it is declined, or how it went."""

    result = forms.CharField(
        label=_("結果・理由"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class StepForm(forms.Form):
    """The two days of one state of a migration."""

    planned_on = forms.DateField(label=_("予定日"), required=False, widget=day_input())
    actual_on = forms.DateField(label=_("実施日"), required=False, widget=day_input())
