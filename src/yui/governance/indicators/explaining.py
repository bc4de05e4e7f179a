"""What the indicators say of a month: the largest change, what was reached, what lags."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from yui.governance.indicators.engine.judgement import Status
from yui.governance.indicators.queries.rows import IndicatorRow, pillar_rows_of
from yui.governance.indicators.tree import Direction, Indicator, Window, tree
from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Statement, Topic, explainer
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor

MOST_NAMED = 3
APRIL = 4


@explainer(code="indicators", title=pgettext_lazy("list", "指標"))
def explain(actor: Actor, scope: MeasureScope, month: Month) -> Sequence[Statement]:
    """Say which indicator moved most against the month before, which reached its target, and which lag.

    Read from the stored figures, which all wards share.
    """
    rows = _rows(actor, month, scope.code)
    before = {row.code: row.status for row in _rows(actor, month.previous(), scope.code)}
    reached = [
        row
        for row in rows
        if row.status == Status.ACHIEVED and before.get(row.code) in {Status.ON_TRACK, Status.LATE}
    ]
    late = [row for row in rows if row.status == Status.LATE]
    return [*_largest(rows, month), *_reached(reached, month), *_late(late, month)]


def _rows(actor: Actor, month: Month, scope_code: str) -> list[IndicatorRow]:
    return [row for pillar in pillar_rows_of(actor, month, scope_code) for row in pillar.rows]


def _largest(rows: Iterable[IndicatorRow], month: Month) -> list[Statement]:
    """Tell the change that is largest against the target; none where nothing moved."""
    moved = [
        (abs(row.change) / abs(target), row)
        for row in rows
        if row.change and (target := _measure_of_change(row, month))
    ]
    if not moved:
        return []
    _share, row = max(moved, key=lambda pair: (pair[0], pair[1].code))
    words = {"title": row.title, "value": row.value_text, "change": row.change_text}
    text = _(
        "「%(title)s」は%(value)s(前月比%(change)s)です。目標に対する動きが、指標のなかで最も大きいものです。"
    )
    return [Statement("largest_change", Topic.CHANGE, text % words, 70, row.url)]


def _measure_of_change(row: IndicatorRow, month: Month) -> Decimal | None:
    """Return the target by which a change is judged; none where a new window makes any change."""
    indicator = tree().find(row.code)
    if indicator is None or _begins_anew(indicator, month):
        return None
    return row.target if indicator.direction in {Direction.AT_LEAST, Direction.AT_MOST} else None


def _begins_anew(indicator: Indicator, month: Month) -> bool:
    """Tell whether the figure counts from zero again in this month."""
    return month.month == APRIL and indicator.window in {Window.FISCAL_YEAR, Window.THREE_FISCAL_YEARS}


def _reached(rows: Sequence[IndicatorRow], month: Month) -> list[Statement]:
    if not rows:
        return []
    text = _("今月、目標に届いた指標: %(titles)s。") % {"titles": _named(rows)}
    return [Statement("reached", Topic.CHANGE, text, 75, _tree(month))]


def _late(rows: Sequence[IndicatorRow], month: Month) -> list[Statement]:
    if not rows:
        return []
    text = ngettext(
        "遅れている指標が%(count)s件あります: %(titles)s。",
        "遅れている指標が%(count)s件あります: %(titles)s。",
        len(rows),
    )
    words = {"count": len(rows), "titles": _named(rows)}
    return [Statement("late", Topic.RISK, text % words, min(100, 60 + 5 * len(rows)), _tree(month))]


def _named(rows: Sequence[IndicatorRow]) -> str:
    """Name the first rows, and say that there are more."""
    titles = pgettext("separator", "、").join(row.title for row in rows[:MOST_NAMED])
    return titles if len(rows) <= MOST_NAMED else _("%(titles)s ほか") % {"titles": titles}


def _tree(month: Month) -> str:
    return f"{reverse('indicators:tree')}?month={month}"
