"""The steps that a reader takes with one alert or many: one address, one form field that names the step."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import AlertGroup, CloseReason, Incident
from yui.security.soc.operations.alerts import (
    assign_alerts,
    attach_alerts,
    close_alerts,
    comment_alert,
    release_alert,
    reopen_alerts,
    take_alerts,
)
from yui.security.soc.views.alerts.forms import AssignForm, AttachForm, CloseForm, CommentForm

LAST_STEP = "soc_last_step"
"""Where the session keeps what was done last, so that the next page offers to undo it."""

_UNDONE_BY = {"take": "release", "close": "reopen"}


def _take(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    count = take_alerts(actor, groups=keys)
    return _("%(count)s件に着手しました。") % {"count": count}


def _release(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    for key in keys:
        release_alert(actor, group=key)
    return _("未着手に戻しました。")


def _assign(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    groups = list(AlertGroup.objects.visible_to(actor).filter(pk__in=keys).select_related("organisation"))
    form = _valid(AssignForm(data, groups=groups))
    person = form.cleaned_data["person"]
    count = assign_alerts(actor, groups=keys, person=person, hands=_hands(keys, data))
    return _("%(count)s件の担当を%(person)sさんにしました。") % {"count": count, "person": person}


def _comment(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    form = _valid(CommentForm(data))
    for key in keys:
        comment_alert(actor, group=key, text=form.cleaned_data["text"])
    return _("コメントを書きました。")


def _close(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    form = _valid(CloseForm(data))
    reason = CloseReason(form.cleaned_data["reason"])
    note = form.cleaned_data["note"]
    count = close_alerts(actor, groups=keys, reason=reason, note=note, hands=_hands(keys, data))
    return _("%(count)s件を完了しました(%(reason)s)。") % {"count": count, "reason": reason.label}


def _reopen(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    return _("%(count)s件を再開しました。") % {"count": reopen_alerts(actor, groups=keys)}


def _attach(actor: Actor, keys: list[int], data: Mapping[str, Any]) -> str:
    incidents = Incident.objects.visible_to(actor).open()
    incident = _valid(AttachForm(data, incidents=incidents)).cleaned_data["incident"]
    count = attach_alerts(actor, groups=keys, incident=incident)
    return _("%(count)s件を「%(incident)s」に加えました。") % {"count": count, "incident": incident}


STEPS: dict[str, Callable[[Actor, list[int], Mapping[str, Any]], str]] = {
    "take": _take,
    "release": _release,
    "assign": _assign,
    "comment": _comment,
    "close": _close,
    "reopen": _reopen,
    "attach": _attach,
}


@login_required
@require_POST
def alert_step(request: HttpRequest) -> HttpResponse:
    """Take the step ``step`` with the alerts ``alert``, and go back to the page it came from (``next``)."""
    name = request.POST.get("step", "")
    if name not in STEPS:
        return HttpResponseBadRequest(_("その操作はありません。"))
    keys = [
        int(key)
        for key in request.POST.getlist("alert")
        if key.isascii() and key.isdecimal() and len(key) < 18
    ]
    try:
        sentence = STEPS[name](actor_of(request), keys, request.POST)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(request, sentence)
        request.session[LAST_STEP] = {
            "undo": _UNDONE_BY.get(name, ""),
            "keys": keys,
            "is_attack": name == "close" and request.POST.get("reason") == CloseReason.TRUE_POSITIVE,
        }
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Return the address to go back to: one of Yui's own, else the queue."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("soc:alerts")


def _valid(form: Any) -> Any:
    """Return a form that holds what a step needs.

    Raises:
        ValidationError: with what is missing, in the reader's language.
    """
    if not form.is_valid():
        problems = [f"{form.fields[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]
        raise ValidationError(problems)
    return form


def _hands(keys: list[int], data: Mapping[str, Any]) -> str:
    """Return in whose hands the page showed a single alert; for many there is no such check."""
    return str(data.get("hands", "")) if len(keys) == 1 else ""
