"""Forms about rules; each ends as arguments of an operation."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.security.soc.engine.triage.flooding import GREATEST_LIMIT, LEAST_LIMIT
from yui.security.soc.operations.rules.add_exclusion import LONGEST_DAYS
from yui.security.soc.operations.rules.conditions import ConditionRow

ROWS = 6
USUAL_DAYS = 30
MODIFIERS = (
    ("", _("と同じ")),
    ("contains", _("を含む")),
    ("startswith", _("で始まる")),
    ("endswith", _("で終わる")),
    ("re", _("正規表現に合う")),
    ("cidr", _("のネットワークにある")),
)


def day_input() -> forms.DateInput:
    """Return the browser's own chooser of a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ImportRulesForm(forms.Form):
    """A file of rules."""

    file = forms.FileField(
        label=_("ルールのファイル"),
        help_text=_("zip、tar(.gz、.xz、.bz2)、または YAML ファイル1つ"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.tar,.gz,.tgz,.xz,.bz2,.yml,.yaml"}),
    )
    licence = forms.CharField(
        label=_("ライセンス"),
        max_length=120,
        required=False,
        help_text=_("ファイルの中に LICENSE があれば、書かなくてかまいません。例: DRL 1.1"),
    )
    retires_missing = forms.BooleanField(
        label=_("同じ名前の前回の取り込みにあって、今回無いルールを廃止する"), required=False
    )


class ReasonForm(forms.Form):
    """Why a decision is made."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class LimitForm(forms.Form):
    """How many alerts a rule may raise in a ward and hour."""

    hourly_limit = forms.IntegerField(
        label=_("1時間に登録する上限(件)"),
        min_value=LEAST_LIMIT,
        max_value=GREATEST_LIMIT,
        help_text=_("区ごと・1時間ごとの上限です。超えた分は数だけを記録し、ログはそのまま残ります。"),
    )


class TrialForm(forms.Form):
    """Over how many days a rule is tried."""

    days = forms.TypedChoiceField(
        label=_("さかのぼる日数"),
        coerce=int,
        initial=7,
        choices=[(1, _("1日")), (7, _("7日")), (30, _("30日")), (90, _("90日"))],
    )


class ExclusionForm(forms.Form):
    """The condition of an exclusion, row by row, its reason and its end."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("なぜ問題ないのかを、あとで見直す人にわかるように書きます。"),
    )
    expires_on = forms.DateField(
        label=_("期限(この日まで)"),
        widget=day_input(),
        help_text=_("過ぎると、除外は自動で終わります。最長180日です。"),
    )

    def __init__(
        self, data: Any = None, *, suggested: Sequence[str] = (), rows: Iterable[ConditionRow] = ()
    ) -> None:
        initial: dict[str, Any] = {"expires_on": today() + timedelta(days=min(USUAL_DAYS, LONGEST_DAYS))}
        for number, row in enumerate(list(rows)[:ROWS]):
            initial[f"field_{number}"] = row.field
            initial[f"modifier_{number}"] = row.modifier
            initial[f"values_{number}"] = "\n".join(row.values)
        super().__init__(data, initial=initial)
        self.suggested = tuple(suggested)
        for number in range(ROWS):
            self.fields[f"field_{number}"] = forms.CharField(
                label=_("項目"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"list": "exclusion-fields", "autocomplete": "off"}),
            )
            self.fields[f"modifier_{number}"] = forms.ChoiceField(
                label=_("くらべ方"), required=False, choices=MODIFIERS
            )
            self.fields[f"values_{number}"] = forms.CharField(
                label=_("値(1行に1つ。どれかに合えば除外)"),
                required=False,
                max_length=20_000,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    @property
    def row_fields(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields of each row, for the template."""
        return [
            (self[f"field_{number}"], self[f"modifier_{number}"], self[f"values_{number}"])
            for number in range(ROWS)
        ]

    @property
    def plain_fields(self) -> list[Any]:
        """The bound fields besides the rows."""
        return [self["reason"], self["expires_on"]]

    def condition_rows(self) -> list[ConditionRow]:
        """Return the rows as the person filled them."""
        found = []
        for number in range(ROWS):
            lines = self.cleaned_data.get(f"values_{number}", "").replace("\r\n", "\n").split("\n")
            found.append(
                ConditionRow(
                    self.cleaned_data.get(f"field_{number}", ""),
                    self.cleaned_data.get(f"modifier_{number}", ""),
                    tuple(line for line in lines if line.strip()),
                )
            )
        return found
