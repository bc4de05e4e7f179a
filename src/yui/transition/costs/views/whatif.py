"""為替と仮定: sliders for rate, discount and subsidy, and the rate at which two costs meet."""

from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.charts import Curve, CurveChart, CurveMark
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import AmountNotUnderstood, format_yen, parse_yen, to_decimal
from yui.kernel.policy import Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.exchange import Scenario
from yui.transition.costs.engine.pilot import SOURCE, pilot
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.bridge import Question
from yui.transition.costs.queries.whatif import HIGHEST, LOWEST, WhatIf, Wish, rounded, what_if
from yui.transition.costs.views.downloads import table_as_file
from yui.transition.costs.views.question import as_query, newest_month, question_of

PERCENT = 100


@login_required
@require_safe
def whatif_page(request: HttpRequest) -> HttpResponse:
    """Show what the later period would cost under the assumptions of the address."""
    actor = actor_of(request)
    newest = newest_month(actor)
    context: dict[str, Any] = {"pilot": _pilot(), "pilot_source": SOURCE}
    if newest is None:
        context["may_import"] = bool(organisations_with(actor, Verb.IMPORT))
        return render(request, "costs/whatif.html", context)
    question, problem = question_of(request, newest)
    wish, wrong = wish_of(request)
    answer = what_if(actor, question, wish)
    context |= {
        "question": question,
        "problem": problem or wrong,
        "wards": Organisation.objects.active(),
        "categories": CostCategory.choices,
        "answer": answer,
        "lowest": int(LOWEST),
        "highest": int(HIGHEST),
        "wish": wish,
        "query": f"{as_query(question)}&{_wish_query(request)}",
        "lines_url": _lines_url(question),
        **_figures(answer),
    }
    if answer.target is not None and answer.now.rows:
        context |= {"rows": _rows(answer), "chart": _chart(question, answer)}
    return render(request, "costs/whatif.html", context)


@login_required
@require_safe
def whatif_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send the burden at each rate as a file."""
    actor = actor_of(request)
    newest = newest_month(actor)
    if newest is None:
        raise Http404
    question = question_of(request, newest)[0]
    answer = what_if(actor, question, wish_of(request)[0])
    columns = [
        ExportColumn(_("為替レート(円)"), CellKind.NUMBER),
        ExportColumn(_("負担額(円)"), CellKind.YEN),
        ExportColumn(_("比べる額との差(円)"), CellKind.YEN),
        ExportColumn(_("差の割合(%)"), CellKind.NUMBER),
    ]
    rows = [
        (rounded(each.rate), rounded(each.yen), rounded(each.difference), _percent(each))
        for each in answer.steps
    ]
    return table_as_file(
        request,
        file_format,
        code="costs.whatif",
        columns=columns,
        rows=rows,
        name=f"whatif-{question.after.first}-{question.after.last}",
    )


def wish_of(request: HttpRequest) -> tuple[Wish, str]:
    """Return the assumptions of the address, and what is wrong with them (then nothing is assumed)."""
    try:
        rate = _number(request, "rate")
        discount, subsidy = _number(request, "discount"), _number(request, "subsidy")
        target = parse_yen(request.GET.get("target", ""))
    except AmountNotUnderstood as error:
        return Wish(), str(error)
    if rate is not None and not LOWEST <= rate <= HIGHEST:
        return Wish(), _("為替レートは {low} 円から {high} 円の間にしてください。").format(
            low=LOWEST, high=HIGHEST
        )
    off, borne = (discount or Fraction(0)) / PERCENT, (subsidy or Fraction(0)) / PERCENT
    if not (0 <= off <= 1 and 0 <= borne <= 1):
        return Wish(), _("値引きと補助は 0% から 100% の間にしてください。")
    return Wish(rate, off, borne, target), ""


def _number(request: HttpRequest, name: str) -> Fraction | None:
    """Read a number of the address; an exponent would let one address keep the server busy, so none is read.

    Raises:
        AmountNotUnderstood: for what is no number.
    """
    text = request.GET.get(name, "").strip()
    return Fraction(to_decimal(text[:20])) if text else None


def _wish_query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in list(kept):
        if name not in {"rate", "discount", "subsidy", "target"}:
            del kept[name]
    return kept.urlencode()


def _lines_url(question: Question) -> str:
    span, ward = question.after, f"&ward={question.ward}" if question.ward else ""
    return f"{reverse('costs:overview')}?from={span.first}&to={span.last}{ward}"


def _figures(answer: WhatIf) -> dict[str, Any]:
    """Return the figures at the top of the page, rounded."""
    assumed, target = answer.assumed, answer.target
    share = None
    if target:
        share = rounded((answer.burden - target) / target * PERCENT, 1)
    return {
        "rate": rounded(assumed.rate, 1),
        "discount": rounded(assumed.discount * PERCENT),
        "subsidy": rounded(assumed.subsidy * PERCENT),
        "actual_rate": None if answer.now.rate is None else rounded(answer.now.rate, 2),
        "burden": rounded(answer.burden),
        "target": None if target is None else rounded(target),
        "difference": None if target is None else rounded(answer.burden - target),
        "share": share,
        "per_yen": rounded(answer.per_yen),
        "break_even": None if answer.break_even is None else rounded(answer.break_even, 1),
        "yen_part": f"{rounded(answer.now.mix.yen):,}",
        "dollars": f"{rounded(answer.now.mix.foreign, 2):,}",
    }


def _percent(each: Scenario) -> Any:
    return None if each.share is None else rounded(each.share * PERCENT, 1)


def _rows(answer: WhatIf) -> list[dict[str, Any]]:
    return [
        {
            "rate": rounded(each.rate),
            "yen": rounded(each.yen),
            "difference": rounded(each.difference),
            "share": _percent(each),
            "is_dearer": each.difference > 0,
        }
        for each in answer.steps
    ]


def _chart(question: Question, answer: WhatIf) -> CurveChart:
    """Return the burden over the rate, beside what it is compared with."""
    places = tuple(rounded(each.rate) for each in answer.steps)
    target = rounded(answer.target or Fraction(0))
    marks = [CurveMark(rounded(answer.assumed.rate, 1), _("仮定 {rate}円").format(rate=_rate(answer)))]
    if answer.break_even is not None:
        even = rounded(answer.break_even, 1)
        marks.append(CurveMark(even, _("分かれ目 {rate}円").format(rate=even)))
    return CurveChart(
        title=_("為替レートと負担額({span})").format(span=question.after.label),
        unit=_("円"),
        finding=finding_of(answer),
        places=places,
        place_label=_("1ドルの値段"),
        place_unit=_("円"),
        curves=(
            Curve(_("負担額"), tuple(rounded(each.yen) for each in answer.steps)),
            Curve(_("比べる額"), (target,) * len(places)),
        ),
        marks=tuple(marks),
    )


def _rate(answer: WhatIf) -> Any:
    return rounded(answer.assumed.rate, 1)


def finding_of(answer: WhatIf) -> str:
    """Say what one yen does, and where both costs meet."""
    if not answer.per_yen:
        return _("外貨の請求がないか、すべて補助されるので、為替レートでは変わりません。")
    per_yen = _("1円の円安で、負担は {amount} 増えます。").format(
        amount=format_yen(int(rounded(answer.per_yen)))
    )
    if answer.break_even is None:
        return per_yen + _("どの為替レートでも、比べる額と同じにはなりません。")
    even = rounded(answer.break_even, 1)
    return per_yen + _("1ドル {rate} 円で、比べる額と同じになります。").format(rate=even)


def _pilot() -> dict[str, Any]:
    """Return the published example for reading."""
    made = pilot()
    return {
        "target": rounded(made.target),
        "rows": [
            {"rate": rounded(each.rate), "yen": rounded(each.yen), "share": _percent(each)}
            for each in made.scenarios
        ],
        "break_even": rounded(made.break_even, 1),
        "lowest": rounded(made.lowest, 1),
        "highest": rounded(made.highest, 1),
    }
