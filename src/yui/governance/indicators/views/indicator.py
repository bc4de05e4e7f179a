"""記録: one indicator — its value, where it is heading, the wards, and what it means."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.indicators import words
from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.indicators.queries.figures import definition_version, what_lacks
from yui.governance.indicators.queries.outlook import Outlook, outlook
from yui.governance.indicators.queries.rows import IndicatorRow, history_of, row_of
from yui.governance.indicators.queries.snapshots import StoredFigure, stored_figures, versions_of
from yui.governance.indicators.queries.wards import WardValues, ward_values_from
from yui.governance.indicators.tree import Indicator, tree
from yui.governance.indicators.views.asking import Asked, asked, asked_indicator
from yui.kernel.charts import TrendChart, TrendPoint, TrendSeries
from yui.kernel.measures.registry import measures
from yui.kernel.money import round_half_up
from yui.kernel.statistics.stability import POINTS_NEEDED, RULE_VERSION, YEARLY_MARGIN
from yui.kernel.ui.asking import actor_of


@login_required
@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an indicator for a month and a scope, from what is stored."""
    found = asked_indicator(slug)
    question = asked(request)
    actor = actor_of(request)
    months = history_of(question.month)
    stored = stored_figures(actor, months[0], question.month, indicator_codes=[found.code])
    line = stored.get((found.code, question.scope_code), [])
    row = row_of(found, question.scope_code, question.month, line)
    coming = outlook(found, question.month, row.points, joint=question.ward is None)
    context = {
        "asked": question,
        "indicator": found,
        "row": row,
        "figure": next((figure for figure in reversed(line) if figure.month == question.month), None),
        "pillar": next(pillar for pillar in tree().pillars if pillar.number == found.pillar),
        "outlook": coming,
        "stability": _stability(found, coming),
        "chart": trend_chart(found, row, coming),
        "definition": _definition(found),
        "versions": _versions(found, versions_of(actor, found.code, question.scope_code, question.month)),
        **_formula(found, line, question),
        **_wards(found, question, stored),
    }
    return render(request, "indicators/indicator.html", context)


def trend_chart(found: Indicator, row: IndicatorRow, coming: Outlook) -> TrendChart | None:
    """Return the chart of 36 months with target and projected band; nothing without any value."""
    if all(point is None for point in row.points):
        return None
    points = tuple(
        TrendPoint(month, None if value is None else round_half_up(value, found.decimals))
        for month, value in zip(history_of(row.month), row.points, strict=True)
    )
    return TrendChart(
        title=_("%(title)s の推移") % {"title": found.title},
        unit=words.unit_text(found.unit),
        finding=coming.sentence,
        series=(TrendSeries(found.title, points),),
        target=row.target,
        target_label=_("目標 %(target)s") % {"target": row.target_text} if row.target is not None else "",
        projection=coming.projection,
        from_zero=found.cumulative,
    )


def _stability(found: Indicator, coming: Outlook) -> dict[str, Any] | None:
    """Return the verdict with everything that it rests on, in words."""
    verdict, gated = coming.stability, coming.gated
    if verdict is None:
        return None
    known = verdict.yearly_drift is not None and verdict.low is not None and verdict.high is not None
    return {
        "state": gated.state.value if gated else verdict.state.value,
        "rule": RULE_VERSION,
        "level": _level_of(found, gated.level) if gated else "",
        "agreed": _level_of(found, gated.agreed) if gated else "",
        "has_gate": gated is not None,
        "points": verdict.points,
        "needed": POINTS_NEEDED,
        "margin": f"±{YEARLY_MARGIN:.0%}",
        "drift": words.drift_text(verdict.yearly_drift or 0) if known else "",
        "interval": words.interval_text(verdict.low or 0, verdict.high or 0) if known else "",
    }


def _level_of(found: Indicator, level: float | None) -> str:
    """Return a level as the indicator's values are written; nothing where it is not known."""
    return "" if level is None else words.value_text(Decimal(level), found)


def _formula(found: Indicator, line: Sequence[StoredFigure], question: Asked) -> dict[str, Any]:
    figure = next((each for each in reversed(line) if each.month == question.month), None)
    formula = formula_of(found, figure.value, figure.numerator, figure.denominator) if figure else None
    lacking = () if formula else what_lacks(found, question.scope, question.month)
    return {"formula": formula, "lacking": lacking}


def formula_of(
    found: Indicator, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> dict[str, str] | None:
    """Return value, numerator and denominator in words; nothing where there is no value."""
    if value is None:
        return None
    return {
        "value": words.value_text(value, found),
        "numerator": words.plain_text(numerator),
        "denominator": words.plain_text(denominator),
    }


def _definition(found: Indicator) -> dict[str, Any]:
    definition = measures().get(found.measure)
    return {
        "measure": found.measure,
        "measure_title": definition.title if definition else "",
        "purpose": definition.purpose if definition else "",
        "window": words.window_text(found),
        "target": words.target_text(found),
        "unit": words.unit_text(found.unit),
        "version": definition_version(found),
    }


def _versions(found: Indicator, snapshots: Sequence[IndicatorSnapshot]) -> list[dict[str, Any]]:
    return [
        {
            "measured_at": each.measured_at,
            "value": words.value_text(each.value, found),
            "numerator": words.plain_text(each.numerator),
            "denominator": words.plain_text(each.denominator),
            "definition": each.definition,
            "is_current": each.is_current,
        }
        for each in snapshots
    ]


def _wards(
    found: Indicator, question: Asked, stored: dict[tuple[str, str], list[StoredFigure]]
) -> dict[str, Any]:
    wards = ward_values_from(found, question.month, question.wards, stored)
    if not wards.has_data:
        return {"map": None, "ranking": ()}
    title = _("%(title)s(%(month)s)") % {"title": found.title, "month": question.month.label}
    return {
        "map": wards.tile_map(title, headed(found), _ward_finding(wards)),
        "ranking": wards.ranking,
        "without_data": [ward for ward in wards.wards if ward.row.value is None],
    }


def headed(found: Indicator) -> str:
    """Return the heading of a column of the indicator's values."""
    return _("値(%(unit)s)") % {"unit": words.unit_text(found.unit)}


def _ward_finding(wards: WardValues) -> str:
    """Say in one sentence which wards lie at the ends."""
    (_one, first), (_last, last) = wards.ranking[0], wards.ranking[-1]
    if first.row.value == last.row.value:
        return _("値のある%(count)d区はどれも%(value)sです。") % {
            "count": len(wards.ranking),
            "value": first.row.value_text,
        }
    return _("大きいのは%(high)s(%(high_value)s)、小さいのは%(low)s(%(low_value)s)です。") % {
        "high": first.ward_name,
        "high_value": first.row.value_text,
        "low": last.ward_name,
        "low_value": last.row.value_text,
    }
