"""Forms of the administration pages; what they cannot check, the operations do."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, parse_date, today
from yui.kernel.policy import Role
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.organisations.models import Department, IdentityProvider, Membership, User
from yui.organisations.operations.invite_member import Person
from yui.organisations.operations.save_provider import ProviderFields
from yui.organisations.policies import offered_roles


class DateField(forms.CharField):
    """A day in any way that offices write it: 2026-11-23, 2026/11/23, 令和8年11月23日, R8.11.23."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("例: 2026-04-01、令和8年4月1日"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """Return the day, or None where none is required."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except DateNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error


class LastDayField(DateField):
    """The last day of a period; its value is the first day after, as records hold it."""

    def clean(self, value: Any) -> date | None:
        """Return the day after the last one."""
        last = super().clean(value)
        return last + timedelta(days=1) if last else None

    def prepare_value(self, value: Any) -> Any:
        """Show the last day of a stored period."""
        return value - timedelta(days=1) if isinstance(value, date) else value


class RoleForm(forms.Form):
    """Role, department and period in one organisation."""

    role = forms.ChoiceField(label=_("役割"))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("部署"), required=False)
    valid_from = DateField(label=_("開始日"))
    valid_to = LastDayField(label=_("最後の日"), required=False)

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        membership: Membership | None = None,
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {"valid_from": today(), "role": Role.VIEWER}
        if membership is not None:
            initial = {
                name: getattr(membership, name) for name in ("role", "department", "valid_from", "valid_to")
            }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in offered_roles(organisation)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        departments = Department.objects.owned_by(organisation)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Id, names and address of a person."""

    username = forms.CharField(
        label=_("職員ID"), max_length=64, help_text=_("サインインに使います。例: 131032-10234")
    )
    name_ja = forms.CharField(label=_("氏名"), max_length=100)
    name_kana = forms.CharField(label=_("フリガナ"), max_length=100, required=False)
    name_en = forms.CharField(label=_("氏名(英語)"), max_length=100, required=False)
    email = forms.EmailField(label=_("メールアドレス"), required=False)

    def person(self) -> Person:
        """Return what was written."""
        return Person(**{name: self.cleaned_data[name] for name in PersonForm.base_fields})

    @staticmethod
    def initial_of(user: User) -> dict[str, str]:
        """Return what the form shows for a person."""
        return {name: getattr(user, name) for name in PersonForm.base_fields}


class InvitationForm(RoleForm, PersonForm):
    """A new member: the person, then the role."""

    field_order = [*PersonForm.base_fields, *RoleForm.base_fields]


class DepartmentForm(forms.Form):
    """Code, name, place and period of a department."""

    code = forms.CharField(label=_("コード"), max_length=20)
    name = forms.CharField(label=_("名称"), max_length=100)
    parent = forms.ModelChoiceField(Department.objects.none(), label=_("上位の部署"), required=False)
    valid_from = DateField(label=_("開始日"))
    valid_to = LastDayField(label=_("最後の日"), required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, department: Department | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"valid_from": today()}
        if department is not None:
            initial = {name: getattr(department, name) for name in DepartmentForm.base_fields}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        others = Department.objects.owned_by(organisation).exclude(pk=department.pk if department else None)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """A new joint body or municipality."""

    kind = forms.ChoiceField(
        label=_("種別"),
        choices=[
            (kind.value, kind.label) for kind in (OrganisationKind.JOINT_BODY, OrganisationKind.MUNICIPALITY)
        ],
    )
    code = forms.CharField(
        label=_("団体コード"),
        max_length=12,
        help_text=_("市区町村は6桁の全国地方公共団体コード。共同体は英大文字・数字・ハイフンの4〜12字。"),
    )
    name_ja = forms.CharField(label=_("名称"), max_length=80)
    name_en = forms.CharField(label=_("名称(英語)"), max_length=120)
    name_kana = forms.CharField(label=_("フリガナ"), max_length=120)


class ProviderForm(forms.Form):
    """An organisation's sign-in service."""

    name = forms.CharField(label=_("名称"), max_length=100, help_text=_("サインインのボタンに出ます。"))
    slug = forms.SlugField(
        label=_("識別名"), max_length=40, help_text=_("戻り先のURLに入ります。英小文字・数字・ハイフン。")
    )
    issuer = forms.URLField(label=_("発行者(issuer)のURL"), max_length=300, assume_scheme="https")
    client_id = forms.CharField(label=_("クライアントID"), max_length=200)
    secret = forms.CharField(
        label=_("クライアントの秘密の値"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("暗号化して保存します。空のままなら、今の値を使い続けます。"),
    )
    email_domains = forms.CharField(
        label=_("メールのドメイン"),
        required=False,
        help_text=_("このサービスが保証するドメイン。コンマで区切ります。"),
    )
    is_enabled = forms.BooleanField(label=_("サインインの画面に出す"), required=False)
    creates_members = forms.BooleanField(label=_("初めての人を自動で登録する"), required=False)
    default_role = forms.ChoiceField(
        label=_("自動で登録する人の役割"),
        choices=[(role.value, role.label) for role in (Role.VIEWER, Role.OFFICER)],
    )

    def provider_fields(self) -> ProviderFields:
        """Return what was written, without the secret."""
        values = {name: self.cleaned_data[name] for name in ProviderForm.base_fields if name != "secret"}
        domains = values["email_domains"].replace("、", ",").split(",")
        values["email_domains"] = [domain.strip().lower().lstrip("@") for domain in domains if domain.strip()]
        return ProviderFields(**values)

    @staticmethod
    def initial_of(provider: IdentityProvider | None) -> dict[str, Any]:
        """Return what the form shows for a provider; the secret is never shown."""
        if provider is None:
            return {"default_role": Role.VIEWER}
        values = {name: getattr(provider, name) for name in ProviderForm.base_fields if name != "secret"}
        return values | {"email_domains": ", ".join(provider.email_domains)}


class SettingsForm(forms.ModelForm[User]):
    """The look that a person chooses."""

    class Meta:
        model = User
        fields = ["language", "density", "font", "theme"]
        widgets = dict.fromkeys(fields, forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # One of the buttons is always pressed, so that a mark of need would only be noise.
            field.required = False

    def clean(self) -> dict[str, Any]:
        """Return the choices; where one is missing, what the person has now."""
        chosen = super().clean() or {}
        return {name: chosen.get(name) or getattr(self.instance, name) for name in self.fields}
