"""The items behind one reason of the bridge, and one item with its lines in both spans."""

from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import Month
from yui.kernel.money import round_half_up, whole_yen
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.bridge import UNITS_PER_YEN, Bridge, Contribution, Effect, Item, Side
from yui.transition.costs.engine.rows import EXACT, exact_text, grouped_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.queries.bridge import (
    Question,
    Span,
    bridge_for,
    key_from,
    key_values,
    lines_of_item,
)
from yui.transition.costs.queries.bridge_shared import SHARED
from yui.transition.costs.views.lines import LinesPager
from yui.transition.costs.views.question import as_query, newest_month, question_of
from yui.transition.costs.wording import EFFECT_MEANINGS, EFFECT_NAMES

SHOWN = 50
LINES_SHOWN = 25
LARGE = 100
GROUPED_BY = ("ward", "system", "category")


@login_required
@require_safe
def bridge_items(request: HttpRequest, effect: str) -> HttpResponse:
    """List the items that contributed to one reason, the largest first."""
    if effect not in set(Effect):
        raise Http404
    question, bridge = _asked(request)
    reason = Effect(effect)
    chosen = {name: request.GET[f"g_{name}"] for name in GROUPED_BY if f"g_{name}" in request.GET}
    found = [
        each
        for each in bridge.items_of(reason)
        if all(getattr(each.item.key, name) == value for name, value in chosen.items())
    ]
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    wards = {ward.code: ward.name for ward in Organisation.objects.all()}
    context = {
        "question": question,
        "title": EFFECT_NAMES[reason],
        "meaning": EFFECT_MEANINGS[reason],
        "amount": _yen(sum(each.effects[reason] for each in found)),
        "page": page,
        "rows": [_row(each, reason, question, wards) for each in page],
        "bridge_url": f"{reverse('costs:bridge')}?{as_query(question)}",
        "before_label": question.before.label,
        "after_label": question.after.label,
    }
    return render(request, "costs/bridge_items.html", context)


@login_required
@require_safe
def bridge_item(request: HttpRequest) -> HttpResponse:
    """Show one item: quantity, price and rate in both spans, the reasons, and the lines themselves."""
    question, bridge = _asked(request)
    key = key_from(
        {name.removeprefix("i_"): str(request.GET[name]) for name in request.GET if name.startswith("i_")}
    )
    found = next((each for each in bridge.contributions if each.item.key == key), None)
    if found is None or key is None or key.unit == SHARED:
        raise Http404(_("その期間の明細はありません。"))
    ward = get_object_or_404(Organisation, code=key.ward)
    sides = [
        _side(request, ward, found.item, name, span)
        for name, span in (("before", question.before), ("after", question.after))
    ]
    context = {
        "name": name_of(found.item),
        "ward": ward,
        "key": key,
        "category": CostCategory(key.category).label,
        "question": question,
        "sides": sides,
        "columns": lines_of_item(ward, question.before, key).columns,
        "effects": [
            (EFFECT_NAMES[effect], _yen(amount)) for effect, amount in found.effects.items() if amount
        ],
        "change": _yen(found.after - found.before),
        "bridge_url": f"{reverse('costs:bridge')}?{as_query(question)}",
        "is_counted": found.item.counts_quantity,
    }
    return render(request, "costs/bridge_item.html", context)


def _asked(request: HttpRequest) -> tuple[Question, Bridge]:
    """Return the question of the address and its bridge; without one there is nothing to see."""
    actor: Actor = actor_of(request)
    newest: Month | None = newest_month(actor)
    if newest is None:
        raise Http404(_("その期間の明細はありません。"))
    question = question_of(request, newest)[0]
    answer = bridge_for(actor, question)
    if answer.bridge is None or not answer.rows:
        raise Http404(_("その期間の明細はありません。"))
    return question, answer.bridge


def name_of(item: Item) -> str:
    """Return what people call an item: its contract and subject, or its service and SKU."""
    parts = [item.key.contract, item.name, item.key.sku]
    return " ".join(filter(None, parts)) or item.key.provider or item.key.currency


def _row(each: Contribution, effect: Effect, question: Question, wards: dict[str, str]) -> dict[str, Any]:
    key = each.item.key
    if key.unit == SHARED:
        address = f"{reverse('costs:allocated-costs')}?{urlencode({'organisation': key.ward})}"
    else:
        query = as_query(question, **{f"i_{name}": value for name, value in key_values(key).items()})
        address = f"{reverse('costs:bridge-item')}?{query}"
    return {
        "ward": wards.get(key.ward, key.ward),
        "system": key.system,
        "name": name_of(each.item),
        "provider": wards.get(key.provider, key.provider),
        "before": _facts(each.item, each.item.before),
        "after": _facts(each.item, each.item.after),
        "amount": _yen(each.effects[effect]),
        "url": address,
    }


def _side(request: HttpRequest, ward: Organisation, item: Item, name: str, span: Span) -> dict[str, Any]:
    evidence = lines_of_item(ward, span, item.key)
    pager = Paginator(LinesPager(evidence, request), LINES_SHOWN)
    side = item.before if name == "before" else item.after
    return {
        "label": span.label,
        "facts": _facts(item, side),
        "page": pager.get_page(request.GET.get(f"{name}_page")),
        "parameter": f"{name}_page",
    }


def _facts(item: Item, side: Side | None) -> dict[str, Any] | None:
    """Return one side for reading."""
    if side is None:
        return None
    return {
        "yen": whole_yen(side.yen),
        "quantity": _shortened(Fraction(item.quantity(side))),
        "unit": item.key.unit if item.counts_quantity else _("か月"),
        "price": _shortened(item.unit_price(side)),
        "currency": item.key.currency,
        "rate": _decimal(side.rate, 2),
        "rows": side.rows,
        "share": f"{_decimal(side.share * 100, 4)}%" if item.key.unit == SHARED else "",
    }


def _shortened(value: Fraction) -> str:
    """Return a factor for reading: large ones to the hundredth, small ones to the millionth."""
    return grouped_text(_decimal(value, 2 if abs(value) >= LARGE else 6))


def _decimal(value: Fraction, places: int) -> str:
    """Return a fraction in plain notation, rounded to so many places."""
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return exact_text(round_half_up(exact, places))


def _yen(units: int) -> int:
    """Return 10⁻²⁴ yen as whole yen, halves away from zero."""
    return whole_yen(EXACT.divide(Decimal(units), Decimal(UNITS_PER_YEN)))
