"""増減の理由: the bridge between two spans, as a waterfall and as a table of groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.charts import Step, WaterfallChart
from yui.kernel.exchange.export.values import CellKind, ExportColumn
from yui.kernel.money import format_yen, percent, round_half_up
from yui.kernel.policy import Actor, Verb
from yui.kernel.scope.choosing import organisations_with
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.registry.public import systems_by_code
from yui.transition.costs.engine.bridge import Bridge, Effect, Row
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import AllocatedCost
from yui.transition.costs.queries.bridge import Question, bridge_for
from yui.transition.costs.views.downloads import table_as_file
from yui.transition.costs.views.question import EVERY_SYSTEM, as_query, newest_month, question_of
from yui.transition.costs.wording import EFFECT_MEANINGS, EFFECT_NAMES

ROWS_SHOWN = 50
GROUPS: dict[str, Any] = {
    "ward": (gettext_lazy("団体"), lambda key: (key.ward,)),
    "system": (gettext_lazy("システム"), lambda key: (key.ward, key.system)),
    "category": (gettext_lazy("経費区分"), lambda key: (key.category,)),
}


@dataclass(frozen=True)
class GroupName:
    """How a group of items is called, and the address parameters that choose its items."""

    names: tuple[str, ...]
    chosen: dict[str, str]


@login_required
@require_safe
def bridge_page(request: HttpRequest) -> HttpResponse:
    """Show why the cost of the second span differs from that of the first."""
    actor = actor_of(request)
    newest = newest_month(actor)
    if newest is None:
        may_import = bool(organisations_with(actor, Verb.IMPORT))
        return render(request, "costs/bridge.html", {"may_import": may_import})
    question, problem = question_of(request, newest)
    by = _by(request)
    answer = bridge_for(actor, question)
    context: dict[str, Any] = {
        "question": question,
        "problem": problem,
        "by": by,
        "groups": [(name, title) for name, (title, _key) in GROUPS.items()],
        "wards": Organisation.objects.active(),
        "categories": CostCategory.choices,
        "systems": _systems(actor, question),
        "every_system": EVERY_SYSTEM,
        "missing": answer.missing,
        "query": as_query(question, by=by),
        "meanings": [(EFFECT_NAMES[effect], EFFECT_MEANINGS[effect]) for effect in Effect],
        "has_lines": bool(answer.rows),
        "has_shares": AllocatedCost.objects.visible_to(actor).exists(),
    }
    if answer.bridge is not None and answer.rows:
        context |= _shown(request, question, answer.bridge, by)
    return render(request, "costs/bridge.html", context)


@login_required
@require_safe
def bridge_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send the table of groups as a file."""
    actor = actor_of(request)
    newest = newest_month(actor)
    if newest is None:
        raise Http404
    question, by = question_of(request, newest)[0], _by(request)
    answer = bridge_for(actor, question)
    if answer.bridge is None:
        raise Http404
    title, key_of = GROUPS[by]
    heads = [_("団体"), title] if by == "system" else [title]
    columns = [
        *(ExportColumn(head) for head in heads),
        ExportColumn(question.before.label, CellKind.YEN),
        *(ExportColumn(EFFECT_NAMES[effect], CellKind.YEN) for effect in Effect),
        ExportColumn(question.after.label, CellKind.YEN),
    ]
    names = _Names(actor)
    return table_as_file(
        request,
        file_format,
        code="costs.bridge",
        columns=columns,
        rows=_export_rows(answer.bridge.by(key_of), by, names),
        name=f"bridge-{question.before.first}-{question.after.last}",
    )


def _export_rows(rows: Sequence[Row], by: str, names: "_Names") -> Iterator[list[Any]]:
    for row in rows:
        effects = [row.effects[effect] for effect in Effect]
        yield [*names.of(by, row.key).names, row.before, *effects, row.after]


class _Names:
    """The names of wards, systems and categories, read once."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._wards = {ward.code: ward for ward in Organisation.objects.all()}
        self._systems: dict[str, dict[str, str]] = {}

    def of(self, by: str, key: tuple[str, ...]) -> GroupName:
        """Return the name of a group and how it is chosen."""
        if by == "category":
            return GroupName((str(CostCategory(key[0]).label),), {"g_category": key[0]})
        ward = self._wards[key[0]]
        if by == "ward":
            return GroupName((ward.name,), {"g_ward": ward.code})
        if ward.code not in self._systems:
            known = systems_by_code(self._actor, ward).values()
            self._systems[ward.code] = {system.code: system.name for system in known}
        name = self._systems[ward.code].get(key[1], key[1]) or _("未対応")
        return GroupName((ward.name, name), {"g_ward": ward.code, "g_system": key[1]})


def _shown(request: HttpRequest, question: Question, bridge: Bridge, by: str) -> dict[str, Any]:
    """Return chart, totals and one page of the table."""
    names, total = _Names(actor_of(request)), bridge.total()
    effects = [effect for effect in Effect if total.effects[effect] or bridge.items_of(effect)]
    rows = sorted(bridge.by(GROUPS[by][1]), key=lambda row: (-abs(row.change), row.key))
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    return {
        "total": total,
        "change_percent": _percent(total),
        "effects": [(effect, EFFECT_NAMES[effect]) for effect in effects],
        "totals": [(total.effects[e], _items_url(question, e)) for e in effects],
        "page": page,
        "rows": [_row(row, names.of(by, row.key), effects, question) for row in page],
        "chart": _chart(question, total, effects),
    }


def _row(row: Row, name: GroupName, effects: Sequence[Effect], question: Question) -> dict[str, Any]:
    cells = [
        (
            EFFECT_NAMES[effect],
            row.effects[effect],
            _items_url(question, effect, **name.chosen) if row.effects[effect] else "",
        )
        for effect in effects
    ]
    return {"names": name.names, "row": row, "cells": cells}


def _items_url(question: Question, effect: Effect, **chosen: str) -> str:
    return f"{reverse('costs:bridge-items', args=[effect.value])}?{as_query(question, **chosen)}"


def _chart(question: Question, total: Row, effects: Sequence[Effect]) -> WaterfallChart:
    """Return the waterfall; every bar leads to the items behind it."""
    steps = tuple(
        Step(str(EFFECT_NAMES[effect]), total.effects[effect], _items_url(question, effect))
        for effect in effects
        if total.effects[effect]
    )
    ward = f"&ward={question.ward}" if question.ward else ""
    overview = reverse("costs:overview")
    return WaterfallChart(
        title=_("{before}から{after}への増減").format(
            before=question.before.label, after=question.after.label
        ),
        unit=_("円"),
        finding=_finding(question, total),
        start_name=question.before.label,
        start=total.before,
        start_url=f"{overview}?from={question.before.first}&to={question.before.last}{ward}",
        steps=steps,
        end_name=question.after.label,
        end=total.after,
        end_url=f"{overview}?from={question.after.first}&to={question.after.last}{ward}",
        step_label=_("理由"),
    )


def _finding(question: Question, total: Row) -> str:
    """Say the difference, and its largest reason."""
    if not any(total.effects.values()):
        return _("どちらの期間も {total} で、増減はありません。").format(total=format_yen(total.after))
    largest = max(Effect, key=lambda effect: abs(total.effects[effect]))
    sentence = (
        _("{before} から {after} へ {change} 増えました。いちばん大きい理由は「{reason}」({amount})です。")
        if total.change > 0
        else _(
            "{before} から {after} へ {change} 減りました。いちばん大きい理由は「{reason}」({amount})です。"
        )
    )
    return sentence.format(
        before=format_yen(total.before),
        after=format_yen(total.after),
        change=format_yen(abs(total.change)),
        reason=EFFECT_NAMES[largest],
        amount=signed_yen(total.effects[largest]),
    )


def signed_yen(amount: int) -> str:
    """Write a difference with its sign."""
    return f"+{format_yen(amount)}" if amount > 0 else format_yen(amount)


def _percent(total: Row) -> Any:
    share = percent(total.change, total.before)
    return None if share is None else round_half_up(share, 1)


def _by(request: HttpRequest) -> str:
    by = request.GET.get("by", "")
    return by if by in GROUPS else "system"


def _systems(actor: Actor, question: Question) -> list[tuple[str, str]]:
    """Return the systems to choose from: those of the chosen ward."""
    ward = Organisation.objects.filter(code=question.ward).first()
    if ward is None:
        return []
    return [(system.code, system.name) for system in systems_by_code(actor, ward).values()]
