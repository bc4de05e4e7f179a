"""Forms of the costs room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.scope.models import Organisation
from yui.transition.costs.formats.focus_columns import VERSIONS
from yui.transition.costs.models import BillKind, InvoiceKind, MatchColumn
from yui.transition.costs.operations.take_in_file import AUTO, EXPENDITURE

KIND_CHOICES = [(AUTO, _("自動で見分ける")), *BillKind.choices, (EXPENDITURE, _("歳出総額"))]


class OrganisationForm(forms.Form):
    """A form that acts for one of several organisations."""

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(
            queryset=Organisation.objects.filter(pk__in=[one.pk for one in organisations]),
            to_field_name="code",
            label=_("団体"),
            initial=organisations[0].code if organisations else None,
            empty_label=None,
            widget=forms.HiddenInput() if len(organisations) == 1 else forms.Select(),
        )
        self.order_fields(["organisation"])


class UploadForm(OrganisationForm):
    """A file of costs."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_(
            "FOCUS 1.0〜1.4 と AWS・Azure・Google Cloud・OCI・さくらのクラウドの請求"
            "(CSV、gzip、Parquet、JSON)、契約・支出台帳、歳出総額(CSV、XLSX、e-Stat)。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.gz,.parquet,.xlsx,.xls,.json"}),
    )
    kind = forms.ChoiceField(label=_("種類"), choices=KIND_CHOICES, initial=AUTO, required=False)


class FocusCheckForm(OrganisationForm):
    """A file to examine against FOCUS."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_("FOCUS の CSV、gzip した CSV、Parquet。取り込みはしません。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.gz,.parquet"}),
    )
    version = forms.ChoiceField(
        label=_("FOCUS の版"),
        choices=[("", _("自動で見分ける")), *((version, version) for version in VERSIONS)],
        required=False,
    )
    criteria = forms.BooleanField(
        label=_("条件つきの列もすべて検査する"),
        help_text=_("事業者が確約割引や予約などをすべて提供するとみなします(ALL)。"),
        required=False,
    )


class RateForm(OrganisationForm):
    """An exchange rate."""

    currency = forms.RegexField(
        r"\A[A-Z]{3}\Z", label=_("通貨"), initial="USD", help_text=_("大文字3字(USD など)")
    )
    month = forms.CharField(label=_("月"), max_length=20, help_text=_("2026-04 のように書きます。"))
    yen_per_unit = forms.DecimalField(
        label=_("1単位あたりの円"), max_digits=14, decimal_places=6, min_value=0
    )
    source = forms.CharField(label=_("出典"), max_length=200)

    def clean_month(self) -> Month:
        """Read the month as people write it."""
        try:
            return Month.parse(self.cleaned_data["month"])
        except DateNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error


class MappingForm(OrganisationForm):
    """A rule that gives bill lines to a system."""

    column = forms.ChoiceField(label=_("見る列"), choices=MatchColumn.choices)
    value = forms.CharField(label=_("列の値"), max_length=255)
    system_code = forms.CharField(
        label=_("システムの管理番号"), max_length=80, help_text=_("情報システム台帳のコードです。")
    )


class InvoiceForm(OrganisationForm):
    """The total of an invoice, or a payment into 保管金."""

    kind = forms.ChoiceField(label=_("種類"), choices=InvoiceKind.choices)
    provider = forms.CharField(
        label=_("事業者"), max_length=200, help_text=_("取り込んだ請求と同じ書き方です。")
    )
    account = forms.CharField(label=_("請求先"), max_length=200)
    invoice_id = forms.CharField(label=_("請求書番号"), max_length=120, required=False)
    month = forms.CharField(label=_("月"), max_length=20, help_text=_("2026-04 のように書きます。"))
    currency = forms.RegexField(
        r"\A[A-Z]{3}\Z", label=_("通貨"), initial="JPY", help_text=_("大文字3字(USD など)")
    )
    amount = forms.DecimalField(label=_("金額"), max_digits=38, decimal_places=18)
    paid_on = forms.DateField(
        label=_("支払日"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_month(self) -> Month:
        """Read the month as people write it."""
        try:
            return Month.parse(self.cleaned_data["month"])
        except DateNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error
