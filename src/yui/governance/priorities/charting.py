"""The charts of a result."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from yui.governance.priorities.drawings import IntervalBars, IntervalRow, ParallelLine, ParallelLines
from yui.governance.priorities.models import Criterion
from yui.governance.priorities.queries.result import Result
from yui.governance.priorities.queries.weights import WardWeighting
from yui.governance.priorities.words import order_text, percent, sign
from yui.kernel.charts import Bar, BarChart, StackedColumns, StackSeries

PERCENT = 100
PLACES_SHOWN = 3
"""Places told apart in the drawing; the ones behind are drawn as one, so that the parts stay readable."""


def acceptability_chart(result: Result) -> StackedColumns:
    """Return how often each option takes each rank when nothing is known of the weights."""
    first, count = result.first, len(result.options)
    names = [_("%(rank)s位") % {"rank": rank + 1} for rank in range(min(count, PLACES_SHOWN))]
    if count > PLACES_SHOWN:
        names.append(_("%(rank)s位以下") % {"rank": PLACES_SHOWN + 1})
    columns = [_whole(each.acceptability, len(names)) for each in result.options]
    return StackedColumns(
        title=_("重みを決めずに見たときの順位"),
        unit="%",
        finding=_("%(option)sは、あらゆる重みのうち%(share)sで1位です。")
        % {"option": sign(first.option), "share": percent(first.first_share)},
        columns=tuple(sign(each.option) for each in result.options),
        column_label=_("選択肢"),
        series=tuple(
            StackSeries(name, tuple(column[place] for column in columns)) for place, name in enumerate(names)
        ),
    )


def _whole(shares: tuple[float, ...], parts: int) -> list[Decimal]:
    """Return shares as percentages with one decimal that add up to 100, the last part taking the rest."""
    shown = [Decimal(share * PERCENT).quantize(Decimal("0.1")) for share in shares[: parts - 1]]
    return [*shown, max(Decimal(0), PERCENT - sum(shown, Decimal(0)))]


def first_place_chart(result: Result) -> BarChart:
    """Return how often each option is first."""
    return BarChart(
        title=_("1位になる重みの割合"),
        unit="%",
        name_label=_("選択肢"),
        bars=tuple(
            Bar(
                f"{sign(each.option)} {each.option.title}",
                round(each.first_share * PERCENT, 1),
                is_marked=each.rank == 1,
            )
            for each in result.options
        ),
    )


def interval_chart(result: Result) -> IntervalBars:
    """Return how far each weight may move, the others in proportion, and where the order can hold at all."""
    boxes = result.box or (None,) * len(result.weights)
    rows = zip(result.table.criteria, result.weights, result.intervals, boxes, strict=True)
    return IntervalBars(
        title=_("順位が変わらない重みの範囲"),
        finding=_(
            "濃い棒: その観点の重みだけを動かしても %(order)s のままの範囲。"
            "薄い棒: ほかの重みも動かせば成り立つ範囲。縦の線: いまの重み。"
        )
        % {"order": order_text(each.option for each in result.options)},
        headers=(_("観点"), _("いまの重み"), _("1つだけ動かしたとき"), _("成り立つ範囲")),
        rows=tuple(IntervalRow(each.title, weight, one, box) for each, weight, one, box in rows),
    )


def ward_chart(
    criteria: Sequence[Criterion], weightings: Sequence[WardWeighting], weights: tuple[float, ...]
) -> ParallelLines:
    """Return the wards' weights beside each other, and the present weights among them."""
    lines = [ParallelLine(each.name, each.weights) for each in weightings]
    between = ParallelLine(_("いまの重み"), weights, is_marked=True)
    return ParallelLines(
        title=_("区ごとの重み"),
        finding=_("細い線が区、太い線がいまの重みです。離れている観点ほど、区の考えが分かれています。"),
        name_label=_("区"),
        criteria=tuple(each.title for each in criteria),
        lines=(*lines, between),
    )
