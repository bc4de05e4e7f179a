"""作業の列: the alerts to be worked, the most urgent first, with the chosen one beside them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import CloseReason, DetectionRule
from yui.security.soc.policies import readable_wards
from yui.security.soc.queries.alerts.conditions import QueueConditions
from yui.security.soc.queries.alerts.detail import groups_in_full
from yui.security.soc.queries.alerts.queue import (
    QueuePage,
    capped_count,
    groups_meeting,
    newer_than,
    queue_page,
    shown_count,
)
from yui.security.soc.views.alerts.access import may_see_joint
from yui.security.soc.views.alerts.chips import choices_of, level_chips, set_chips, state_chips
from yui.security.soc.views.alerts.drawing import ChoiceWords, draw_rows, row_of
from yui.security.soc.views.alerts.record import record_context
from yui.security.soc.views.alerts.steps import LAST_STEP


@login_required
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Show the queue; ``?alert=`` opens one record beside it."""
    actor, conditions = actor_of(request), QueueConditions.of(request.GET.dict())
    wards = readable_wards(actor)
    page = queue_page(
        actor, conditions, wards, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = _list_context(request, conditions, page)
    context |= _condition_context(actor, conditions, wards)
    context |= _chosen(request, page)
    context["last_step"] = request.session.pop(LAST_STEP, None)
    return render(request, "soc/alerts/queue.html", context)


@login_required
@require_safe
def alert_news(request: HttpRequest) -> HttpResponse:
    """Tell how many alerts that meet the conditions came since the queue was drawn (``?newest=``)."""
    actor, conditions = actor_of(request), QueueConditions.of(request.GET.dict())
    newest = request.GET.get("newest", "")
    groups = groups_meeting(actor, conditions, readable_wards(actor))
    count = (
        newer_than(groups, int(newest)) if newest.isascii() and newest.isdecimal() and len(newest) < 18 else 0
    )
    number, is_more = shown_count(count)
    context = {"count": number, "is_more": is_more, "queue_url": _queue_url(conditions)}
    return render(request, "soc/alerts/_news.html", context)


def _list_context(request: HttpRequest, conditions: QueueConditions, page: QueuePage) -> dict[str, Any]:
    """Return the rows with their addresses, and the ways to the pages before and after."""
    base, moment, words = conditions.address(), now(), ChoiceWords.here()
    place = {name: request.GET[name] for name in ("after", "before") if request.GET.get(name)}
    chosen = request.GET.get("alert", "")
    rows = [
        row_of(
            group,
            url=f"?{urlencode({**base, **place, 'alert': str(group.pk)})}",
            current=chosen == str(group.pk),
            moment=moment,
            words=words,
        )
        for group in page.rows
    ]
    return {
        "rows": draw_rows(rows),
        "conditions": conditions,
        "here": request.get_full_path(),
        "queue_url": _queue_url(conditions),
        "next_url": f"?{urlencode({**base, 'after': page.after})}" if page.after else "",
        "previous_url": f"?{urlencode({**base, 'before': page.before})}" if page.before else "",
        "news_url": f"{reverse('soc:alert-news')}?{urlencode({**base, 'newest': page.newest})}",
    }


def _condition_context(
    actor: Actor, conditions: QueueConditions, wards: list[Organisation]
) -> dict[str, Any]:
    number, is_more = shown_count(capped_count(groups_meeting(actor, conditions, wards)))
    rule = None
    if conditions.rule is not None:
        rule = DetectionRule.objects.visible_to(actor).filter(pk=conditions.rule).only("pk", "title").first()
    return {
        "count": number,
        "is_more": is_more,
        "states": state_chips(actor, conditions, wards),
        "levels": level_chips(conditions),
        "conditions_set": set_chips(conditions, rule),
        "choices": choices_of(wards),
        "close_reasons": CloseReason.choices,
        "is_joint": may_see_joint(actor),
        "kept": {key: value for key, value in conditions.address().items() if key in _KEPT_BY_THE_FORM},
    }


_KEPT_BY_THE_FORM = frozenset({"state", "level", "mine", "rule"})


def _chosen(request: HttpRequest, page: QueuePage) -> dict[str, Any]:
    """Return the record that the address names; one that the reader may not see is none."""
    asked = request.GET.get("alert", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return {"detail": None}
    group = groups_in_full(actor_of(request)).filter(pk=int(asked)).first()
    if group is None:
        return {"detail": None, "is_gone": True}
    return record_context(request, group)


def _queue_url(conditions: QueueConditions) -> str:
    return f"{reverse('soc:alerts')}?{urlencode(conditions.address())}"
