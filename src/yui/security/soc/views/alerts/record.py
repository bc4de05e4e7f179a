"""記録: one group of alerts, why it was raised, and what can be done with it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import Alert, AlertGroup, AlertState, Level, RuleKind
from yui.security.soc.operations.alerts.locking import hands_of
from yui.security.soc.queries.alerts.detail import alert_detail
from yui.security.soc.views.alerts.access import may_work, visible_group
from yui.security.soc.views.alerts.drawing import SIGNS, row_of
from yui.security.soc.views.alerts.forms import AssignForm, AttachForm, CloseForm, CommentForm
from yui.security.soc.views.alerts.steps import LAST_STEP

MOST_BESIDE = 10
"""Companions that are shown; all of them go into the incident."""


@login_required
@require_safe
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one record with its history; ``?event=`` chooses the event that is shown."""
    context = record_context(request, visible_group(request, pk))
    context["here"] = request.get_full_path()
    context["entries"] = history_of(urn("soc.alert", pk))
    context["last_step"] = request.session.pop(LAST_STEP, None)
    return render(request, "soc/alerts/record.html", context)


def record_context(request: HttpRequest, group: AlertGroup) -> dict[str, Any]:
    """Return what the record of a group shows, on its own page and beside the queue."""
    actor = actor_of(request)
    asked = request.GET.get("event", "")
    key = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else None
    detail = alert_detail(actor, group, key)
    works = may_work(actor, group)
    return {
        "detail": detail,
        "group": group,
        "sign": SIGNS[Level(group.level)],
        "may_work": works,
        "is_open": group.state != AlertState.CLOSED,
        "is_mine": group.assignee_id is not None and group.assignee_id == actor.user_id,
        "hands": hands_of(group),
        "links": _links(group, detail.shown),
        "neighbours": [row_of(each, url=each.get_absolute_url()) for each in detail.neighbours],
        "companions": [row_of(each, url=each.get_absolute_url()) for each in detail.companions[:MOST_BESIDE]],
        **(_forms(group, detail.incidents) if works else {}),
    }


def _forms(group: AlertGroup, incidents: Any) -> dict[str, Any]:
    """Return the empty forms of the steps."""
    return {
        "close_form": CloseForm(auto_id="close_%s"),
        "comment_form": CommentForm(auto_id="comment_%s"),
        "assign_form": AssignForm(groups=[group], auto_id="assign_%s"),
        "attach_form": AttachForm(incidents=incidents, auto_id="attach_%s") if incidents else None,
    }


def _links(group: AlertGroup, shown: Alert | None) -> dict[str, str]:
    """Return the ways to other pages of the SOC; one that this installation lacks is empty."""
    wanted = {"alert": str(group.pk)}
    # A correlation's alert is about several events; its own number names none.
    event = shown.event_id if shown and group.rule.kind == RuleKind.EVENT else ""
    at = {"at": str(int(shown.event_at.timestamp() * 1_000_000))} if shown else {}
    return {
        "exclusion": _with(_address("soc:exclusion-new"), {"rule": str(group.rule_id), **wanted}),
        "incident": _with(_address("soc:incident-new"), wanted),
        "event": _with(_address("soc:event", group.organisation.code, event), at) if event else "",
        "rule": _address("soc:rule", group.rule_id),
    }


def _address(name: str, *arguments: object) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _with(address: str, parameters: dict[str, str]) -> str:
    return f"{address}?{urlencode(parameters)}" if address else ""
