"""Values for the style page: made up, labelled as samples, one for every state of every component."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.components.icons import SHAPES
from yui.kernel.ui.components.words import STATUS_WORDS


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("システム名"), help_text=_("台帳に載っている正式な名前。"), max_length=80)
    cost = forms.IntegerField(label=_("年間経費(円)"), min_value=0)
    zone = forms.ChoiceField(
        label=_("ネットワーク区分"),
        choices=[
            ("", _("選んでください")),
            ("lgwan", _("LGWAN接続系")),
            ("internet", _("インターネット接続系")),
        ],
    )
    hosting = forms.ChoiceField(
        label=_("置き場所"),
        widget=forms.RadioSelect,
        choices=[("onpremise", _("オンプレミス")), ("cloud", _("ガバメントクラウド"))],
        help_text=_("移行したあとの置き場所。"),
    )
    agreed = forms.BooleanField(label=_("共同調達に加わる"), required=False)
    started_on = forms.DateField(
        label=_("開始日"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    remarks = forms.CharField(label=_("備考"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ExampleText(forms.Form):
    """A text in Markdown."""

    text = forms.CharField(label=_("本文"), required=False, widget=forms.Textarea(attrs={"rows": 5}))


class ExampleUpload(forms.Form):
    """A form with one file."""

    file = forms.FileField(label=_("取り込むファイル"), help_text=_("CSV または XLSX、1GBまで。"))


@dataclass(frozen=True)
class ExampleChange:
    """A change as the ledger would tell it."""

    at: datetime
    actor_name: Any
    summary: Any
    changes: dict[Any, list[Any]]


@dataclass(frozen=True)
class ExampleRow:
    """A row of the sample table."""

    name: Any
    ward: Any
    state: str
    yearly_yen: int
    until: date


@dataclass(frozen=True)
class ExampleTile:
    """A tile of the sample ward map; ``level`` is the step of the scale, or "none"."""

    name: str
    column: int
    row: int
    level: str
    value: str


CHANGES = (
    ExampleChange(
        datetime(2026, 11, 20, 1, 15, tzinfo=UTC),
        _("見本 花子"),
        _("契約の満了日を直した"),
        {_("満了日"): ["2027-03-31", "2028-03-31"]},
    ),
    ExampleChange(
        datetime(2026, 4, 1, 0, 0, tzinfo=UTC),
        _("見本 太郎"),
        _("システムを登録した"),
        {_("名前"): [None, "見本システム"], _("年間経費"): [None, 123_400_000]},
    ),
)
ROWS = (
    ExampleRow(_("見本 文書管理システム"), _("見本A区"), "achieved", 123_400_000, date(2027, 3, 31)),
    ExampleRow(_("見本 庶務事務システム"), _("見本B区"), "on_track", 48_250_000, date(2028, 3, 31)),
    ExampleRow(
        _("見本 とても長い名前の住民情報連携基盤および内部情報系共通基盤統合管理システム"),
        _("見本C区"),
        "late",
        1_234_567_890,
        date(2026, 12, 31),
    ),
    ExampleRow(_("見本 財務会計システム"), _("見本D区"), "no_data", 0, date(2029, 9, 30)),
)
_TILE_ROWS = (
    (2, ("板橋", "北", "足立")),
    (1, ("練馬", "豊島", "文京", "荒川", "葛飾")),
    (0, ("杉並", "中野", "新宿", "千代田", "台東", "墨田", "江戸川")),
    (1, ("世田谷", "渋谷", "港", "中央", "江東")),
    (2, ("目黒", "品川")),
    (3, ("大田",)),
)


def example_tiles() -> list[ExampleTile]:
    """Return the 23 wards at their places with made-up steps of the scale, one of them without data."""
    tiles = []
    for row, (start, names) in enumerate(_TILE_ROWS):
        for offset, name in enumerate(names):
            step = (row * 3 + offset * 2) % 8
            level, value = ("none", "—") if step == 7 else (str(step), f"{step * 14}%")
            tiles.append(ExampleTile(name, start + offset, row, level, value))
    return tiles


def example_page(number: int = 3) -> Page[int]:
    """Return page ``number`` of a list of 482 entries."""
    return Paginator(range(482), 50).page(number)


def style_context() -> dict[str, Any]:
    """Return everything that the style page shows."""
    return {
        "form": ExampleForm(),
        "bad_form": ExampleForm({"name": "", "cost": "-5", "zone": "", "hosting": ""}, auto_id="bad_%s"),
        "upload": ExampleUpload(),
        "text_form": ExampleText(),
        "statuses": tuple(STATUS_WORDS),
        "icons": tuple(SHAPES),
        "changes": CHANGES,
        "rows": ROWS,
        "tiles": example_tiles(),
        "levels": range(7),
        "list_page": example_page(),
        "today": date(2026, 11, 23),
        "moment": datetime(2026, 11, 23, 5, 30, tzinfo=UTC),
        "now": timezone.now(),
        "ratio": Decimal("1.82"),
        "change": Decimal("-0.12"),
        "sum": 123_400_000,
        "vega_spec": _vega_spec(),
    }


def _vega_spec() -> dict[str, Any]:
    """Return a small chart specification that exercises the interpreted expressions."""
    values = [{"month": f"2026-{month:02}", "ratio": 1.5 + (month * 7 % 5) / 10} for month in range(4, 12)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Made-up monthly ratio",
        "width": "container",
        "height": 200,
        "data": {"values": values},
        "mark": {"type": "line", "point": True, "tooltip": True},
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "title": str(_("月")), "axis": {"labelAngle": 0}},
            "y": {
                "field": "ratio",
                "type": "quantitative",
                "title": str(_("比率(%)")),
                "scale": {"zero": False},
            },
        },
    }
