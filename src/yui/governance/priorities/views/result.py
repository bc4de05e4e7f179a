"""結果: the ranking, how sure it is, who would rank otherwise; and the same as a file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from yui.governance.priorities.charting import (
    acceptability_chart,
    first_place_chart,
    interval_chart,
    ward_chart,
)
from yui.governance.priorities.formats.result_pdf import result_pdf
from yui.governance.priorities.formats.result_xlsx import result_xlsx
from yui.governance.priorities.models import Criterion
from yui.governance.priorities.papers import paper_of
from yui.governance.priorities.queries.result import OptionResult, Result, result_of
from yui.governance.priorities.queries.sets import criteria_of
from yui.governance.priorities.views.access import asked_round, visible_set
from yui.governance.priorities.words import (
    flip_text,
    no_font_text,
    order_text,
    paragraph,
    percent,
    sign,
)
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.downloads import FORMATS
from yui.kernel.ui.asking import actor_of

MAKERS = {"pdf": result_pdf, "xlsx": result_xlsx}
TYPES = {"pdf": "application/pdf", "xlsx": FORMATS["xlsx"]}
MOST_ORDERS = 6


@login_required
@require_safe
def result_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the result of a round, under the weights of the address if it names any."""
    priority_set = visible_set(request, pk)
    chosen, rounds = asked_round(request, priority_set)
    criteria = criteria_of(actor_of(request), priority_set)
    found = result_of(actor_of(request), chosen, asked_weights(request, criteria))
    context: dict[str, Any] = {
        "set": priority_set,
        "round": chosen,
        "rounds": rounds,
        "may_export": _exporting(request) is not None,
    }
    if found is not None:
        context |= _shown(found)
    return render(request, "priorities/result.html", context)


@login_required
@require_safe
def result_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """Send the result as a file; where it cannot be made, say on the page what is missing."""
    if file_format not in MAKERS:
        raise Http404
    priority_set = visible_set(request, pk)
    chosen, _rounds = asked_round(request, priority_set)
    actor = actor_of(request)
    weights = asked_weights(request, criteria_of(actor, priority_set))
    found = result_of(actor, chosen, weights)
    if found is None:
        raise Http404
    organisation = _exporting(request)
    if organisation is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    paper = paper_of(priority_set, chosen, found)
    try:
        made = MAKERS[file_format](paper)
    except NoJapaneseFont:
        messages.error(request, no_font_text())
        return redirect(priority_set)
    conditions = dict(request.GET.lists())
    record_export(
        actor,
        organisation,
        "priorities.result",
        len(found.options),
        file_format=file_format,
        conditions=conditions,
    )
    response = HttpResponse(made, content_type=TYPES[file_format])
    name = f"{priority_set.title}_{chosen.number}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def asked_weights(request: HttpRequest, criteria: list[Criterion]) -> list[float] | None:
    """Return the weights of the address (0 to 100 by the criterion's code); None without usable ones."""
    parts = [_part(request.GET.get(f"w-{each.code}", "")) for each in criteria]
    given = [part for part in parts if part is not None]
    return given if len(given) == len(criteria) and sum(given) > 0 else None


def _part(text: str) -> float | None:
    try:
        value = float(text[:12])
    except ValueError:
        return None
    return value if 0 <= value <= 100 else None


def _exporting(request: HttpRequest) -> Organisation | None:
    """Return the organisation in whose name the reader takes files away, if there is one."""
    allowed = actor_of(request).organisation_ids_with(Verb.EXPORT)
    return Organisation.objects.filter(pk__in=allowed).first()


def _shown(found: Result) -> dict[str, Any]:
    """Return what the page draws of a result."""
    criteria = found.table.criteria
    return {
        "result": found,
        "sentences": paragraph(found),
        "order": order_text(each.option for each in found.options),
        "rows": [_row(each, [criterion.title for criterion in criteria]) for each in found.options],
        "sliders": [
            (each, round(weight * 100, 1)) for each, weight in zip(criteria, found.weights, strict=True)
        ],
        "outputs": ",".join(f"#o-{each.code}" for each in criteria),
        "acceptability": acceptability_chart(found),
        "first_places": first_place_chart(found),
        "intervals": interval_chart(found),
        "wards": ward_chart(criteria, found.weightings, found.weights) if found.weightings else None,
        "flips": [flip_text(option, flip, criteria, found.weights) for option, flip in found.flips],
        "other_orders": [(order_text(order), percent(share)) for order, share in found.orders[:MOST_ORDERS]],
        "order_share": percent(found.order_share),
        "rankings": [(each, order_text(each.order)) for each in found.rankings],
        "agreement": None if found.agreement is None else f"{found.agreement:.2f}",
        "query": "&".join(
            f"w-{each.code}={weight * 100:.4f}" for each, weight in zip(criteria, found.weights, strict=True)
        ),
    }


def _row(each: OptionResult, criteria: list[str]) -> dict[str, Any]:
    return {
        "rank": each.rank,
        "sign": sign(each.option),
        "option": each.option,
        "value": f"{each.value:.2f}",
        "first": percent(each.first_share),
        "blurred": percent(each.with_uncertainty) if each.with_uncertainty is not None else "",
        "central": list(zip(criteria, map(percent, each.central or ()), strict=False)),
        "topsis": f"{each.topsis:g}",
        "promethee": f"{each.promethee:g}",
    }
