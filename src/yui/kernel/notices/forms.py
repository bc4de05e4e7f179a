"""Forms of the room: how I want notices, and a new channel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.notices.models import NoticeWebhook, WebhookFormat
from yui.kernel.notices.preferences import Choice
from yui.kernel.notices.registry import EVERY_KIND, MailTiming, notice_kinds
from yui.kernel.scope.models import Organisation

PAGES = (("", _("ほかの種類と同じ")), ("yes", _("出す")), ("no", _("出さない")))
_PAGE_VALUES = {"": None, "yes": True, "no": False}
_PAGE_WORDS = {value: word for word, value in _PAGE_VALUES.items()}


class PreferenceForm(forms.Form):
    """The choices for one kind."""

    page = forms.ChoiceField(label=_("通知のページ"), choices=PAGES, required=False)
    mail = forms.ChoiceField(
        label=_("メール"), choices=[("", _("ほかの種類と同じ")), *MailTiming.choices], required=False
    )

    def __init__(self, data: Any, *, kind: str, title: Any, choice: Choice) -> None:
        initial = {"page": _PAGE_WORDS[choice.page], "mail": choice.mail}
        super().__init__(data, prefix=f"kind-{kind}", initial=initial)
        self.kind, self.title = kind, title
        if kind == EVERY_KIND:
            for name, default in (("page", _("出す")), ("mail", _("種類ごとのおすすめ"))):
                first, *rest = self.fields[name].choices  # type: ignore[attr-defined]
                self.fields[name].choices = [(first[0], default), *rest]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{title}: {self.fields[name].label}"

    @property
    def choice(self) -> Choice:
        """What the person chose."""
        return Choice(_PAGE_VALUES[self.cleaned_data["page"]], self.cleaned_data["mail"])


def preference_forms(data: Any, choices: dict[str, Choice]) -> list[PreferenceForm]:
    """Return one form for all kinds together, and one for each kind."""
    kinds = [(EVERY_KIND, _("すべての通知")), *((kind.code, kind.title) for kind in notice_kinds())]
    return [
        PreferenceForm(data, kind=code, title=title, choice=choices.get(code, Choice()))
        for code, title in kinds
    ]


class WebhookForm(forms.Form):
    """A new channel."""

    organisation = forms.ModelChoiceField(label=_("団体"), queryset=Organisation.objects.none())
    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("例: 情報政策課のチャンネル"))
    url = forms.CharField(
        label=_("アドレス(Webhook URL)"),
        max_length=1000,
        help_text=_("チャンネルの側で作った https:// のアドレス。保存したあとは、ホスト名だけを表示します。"),
    )
    format = forms.ChoiceField(label=_("形式"), choices=WebhookFormat.choices)
    kinds = forms.MultipleChoiceField(
        label=_("知らせる種類"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["organisation"].initial = organisations.first()
        self.fields["kinds"].choices = [(kind.code, kind.title) for kind in notice_kinds()]  # type: ignore[attr-defined]


def kind_titles(webhook: NoticeWebhook) -> list[str]:
    """Return the titles of the kinds that a channel is told of."""
    titles = {kind.code: str(kind.title) for kind in notice_kinds()}
    return [titles.get(code, code) for code in webhook.kinds]
