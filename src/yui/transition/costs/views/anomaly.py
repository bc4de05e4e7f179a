"""One anomaly: what was expected and what came, the lines behind it, and what people found out."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import Month
from yui.kernel.charts.engine.band import BandChart, BandPoint
from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.anomaly_queries import DAY
from yui.transition.costs.models import AnomalyKind, AnomalyState, CostAnomaly
from yui.transition.costs.operations.acknowledge_anomaly import acknowledge_anomaly
from yui.transition.costs.operations.explain_anomaly import OUTCOMES, explain_anomaly
from yui.transition.costs.queries.anomalies import course_of, same_cause

BAND = 3


class ExplanationForm(forms.Form):
    """How things stand with an anomaly, and what was found out."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("状態"),
        choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=gettext_lazy("わかったこと"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("原因と、次にすること。「説明済」と「誤検知」では必ず書きます。"),
    )


def _visible(request: HttpRequest, pk: int) -> CostAnomaly:
    anomalies = CostAnomaly.objects.visible_to(actor_of(request)).select_related("organisation")
    found: CostAnomaly = get_object_or_404(anomalies, pk=pk)
    return found


def _require_edit(request: HttpRequest, anomaly: CostAnomaly) -> None:
    if not allows(actor_of(request), Verb.EDIT, anomaly.organisation):
        raise PermissionRefused(actor_of(request), Verb.EDIT)


@login_required
@require_safe
def anomaly(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the record."""
    return _page(request, _visible(request, pk))


@login_required
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody looked at it."""
    found = _visible(request, pk)
    _require_edit(request, found)
    acknowledge_anomaly(actor_of(request), anomaly=found)
    messages.success(request, _("確認済にしました。"))
    return redirect(found)


@login_required
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what it was."""
    found = _visible(request, pk)
    _require_edit(request, found)
    form = ExplanationForm(request.POST)
    if form.is_valid():
        try:
            explain_anomaly(actor_of(request), anomaly=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("explanation", ValidationError(error.messages))
        else:
            messages.success(request, _("記録しました。"))
            return redirect(found)
    return _page(request, found, form)


def _page(request: HttpRequest, found: CostAnomaly, form: ExplanationForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    may_edit = allows(actor, Verb.EDIT, found.organisation) and found.state != AnomalyState.CLEARED
    initial = {
        "outcome": found.state if found.state in OUTCOMES else AnomalyState.EXPLAINED.value,
        "explanation": found.explanation,
    }
    context: dict[str, Any] = {
        "anomaly": found,
        "form": (form or ExplanationForm(initial=initial)) if may_edit else None,
        "may_acknowledge": may_edit and found.state == AnomalyState.OPEN,
        "chart": _chart(request, found),
        "others": same_cause(actor, found),
        "lines_url": _lines_address(found),
        "lines_month": Month.parse(found.month),
        "entries": history_of(urn("costs.anomaly", found.pk)),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "costs/anomaly.html", context, status=status)


def _chart(request: HttpRequest, found: CostAnomaly) -> BandChart | None:
    """Return the amounts around the anomaly with the usual range of its first period."""
    course = course_of(actor_of(request), found)
    if not course:
        return None
    expected, spread = float(found.expected), float(found.usual_spread)
    usual = (max(0.0, expected - BAND * spread) if expected >= 0 else expected, expected + BAND * spread)
    is_daily = found.grain == DAY
    points = tuple(
        BandPoint(
            label=each.period[5:] if is_daily else each.period[2:],
            value=each.amount,
            expected=expected if is_in else None,
            inner=usual if is_in else None,
            is_marked=is_in and each.amount is not None,
        )
        for each in course
        for is_in in [found.period <= each.period <= found.last_period]
    )
    return BandChart(
        title=_("{name}の移り変わり").format(name=found.name),
        finding=_("{period}は {actual} でした。ふだんは {expected} です。").format(
            period=found.period, actual=found.texts["actual"], expected=found.texts["expected"]
        ),
        unit=_("円") if found.currency == "JPY" else f" {found.currency}",
        points=points,
        value_name=_("請求"),
        expected_name=_("ふだんの額"),
        inner_name=_("ふだんの範囲"),
        point_label=pgettext("grain", "日") if is_daily else pgettext("grain", "月"),
    )


def _lines_address(found: CostAnomaly) -> str:
    """Return the address of the bill lines behind the anomaly; a bill that is missing has none."""
    if found.kind == AnomalyKind.MISSING:
        return ""
    query = {"ward": found.organisation.code, "system": found.system_code, "month": found.month}
    return f"{reverse('costs:lines')}?{urlencode(query)}"
