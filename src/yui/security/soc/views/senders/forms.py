"""Forms of senders and of the entrustment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.security.soc.models import SenderProof, SenderProtocol
from yui.security.soc.operations.senders.entrust_watch import EntrustmentFacts
from yui.security.soc.operations.senders.register_sender import SenderFacts
from yui.security.soc.views.rules.forms import day_input

MOST_CERTIFICATE_BYTES = 64_000


class SenderForm(forms.Form):
    """What is stated of a sender."""

    name = forms.CharField(label=_("名前"), max_length=120, help_text=_("例: 情報政策課 AD監査サーバー"))
    proof = forms.ChoiceField(
        label=_("確認の方法"),
        choices=SenderProof.choices,
        widget=forms.RadioSelect,
        initial=SenderProof.TOKEN,
        help_text=_("平文のsyslogは、閉域網の中だけで使ってください。"),
    )
    protocols = forms.MultipleChoiceField(
        label=_("受け付ける形式"), choices=SenderProtocol.choices, widget=forms.CheckboxSelectMultiple
    )
    certificate = forms.CharField(
        label=_("証明書(PEM)または指紋"),
        required=False,
        max_length=MOST_CERTIFICATE_BYTES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("確認の方法が「クライアント証明書」のときに入れます。"),
    )
    certificate_file = forms.FileField(label=_("証明書のファイル"), required=False)
    address = forms.CharField(
        label=_("送信元アドレス"),
        required=False,
        max_length=60,
        help_text=_("確認の方法が「送信元アドレス」のときに入れます。例: 192.0.2.10、192.0.2.0/24"),
    )
    system_id = forms.TypedChoiceField(
        label=_("情報システム"), required=False, coerce=int, empty_value=None, help_text=_("台帳にあるもの")
    )
    expires_on = forms.DateField(label=_("期限(この日まで)"), required=False, widget=day_input())

    def __init__(self, *args: Any, systems: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system_id"].choices = [("", "—"), *systems]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take an uploaded certificate where none was written."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        upload = cleaned.get("certificate_file")
        if upload and not cleaned.get("certificate"):
            content = upload.read(MOST_CERTIFICATE_BYTES)
            cleaned["certificate"] = content.decode("ascii", "replace")
        return cleaned

    def facts(self) -> SenderFacts:
        """Return what the person stated."""
        stated = self.cleaned_data
        return SenderFacts(
            name=stated["name"],
            proof=stated["proof"],
            protocols=tuple(stated["protocols"]),
            certificate=stated["certificate"],
            address=stated["address"],
            system_id=stated["system_id"],
            expires_on=stated["expires_on"],
        )


class EntrustForm(forms.Form):
    """What a ward agrees to."""

    valid_from = forms.DateField(label=_("任せる最初の日"), widget=day_input(), initial=today)
    valid_until = forms.DateField(
        label=_("最後の日"), required=False, widget=day_input(), help_text=_("空なら、終えるまで続きます。")
    )
    shares_sightings = forms.BooleanField(
        label=_("ほかの区に目撃情報を知らせる"),
        required=False,
        initial=True,
        help_text=_("種類、値、最初と最後の日時、件数だけです。区の名前、端末、利用者、ログは知らせません。"),
    )
    minimum_wards = forms.IntegerField(
        label=_("区の数を示す下限"),
        min_value=2,
        max_value=23,
        initial=2,
        help_text=_("目撃した区がこの数より少ないときは、区の数も知らせません。"),
    )

    def facts(self) -> EntrustmentFacts:
        """Return what the person stated."""
        return EntrustmentFacts(**self.cleaned_data)


class SharingForm(forms.Form):
    """What of the ward is told to others."""

    shares_sightings = forms.BooleanField(label=_("ほかの区に目撃情報を知らせる"), required=False)
    minimum_wards = forms.IntegerField(label=_("区の数を示す下限"), min_value=2, max_value=23)


class EndForm(forms.Form):
    """The last day of an entrustment."""

    last_day = forms.DateField(label=_("最後の日"), widget=day_input(), initial=today)
