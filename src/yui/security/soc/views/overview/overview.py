"""共同SOCの概況: the state of the watch in eight seconds, with the way to each piece of work."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.ui.asking import actor_of
from yui.security.soc.queries.overview.state import WatchState, watch_state
from yui.security.soc.views.alerts.access import may_see_joint
from yui.security.soc.views.overview.figures import (
    address,
    clock_facts,
    counted,
    level_counts,
    map_of,
    silent_for,
    waited,
)


def verdict(state: WatchState) -> tuple[str, str]:
    """Return the state of the watch as a status code and a sentence."""
    late = [each for each in state.clocks if each.is_late]
    if late or any(duty.due_at and duty.due_at < state.at for duty in state.duties):
        return "late", _("期限を過ぎた対応があります。先に片づけてください。")
    if state.grave or state.uncontained or state.silent_count:
        return "attention", _("対応中のもの、または気をつけるものがあります。")
    return "achieved", _("急ぐものはありません。")


def state_context(state: WatchState) -> dict[str, Any]:
    """Return what overview and wall show of the state."""
    code, sentence = verdict(state)
    return {
        "state": state,
        "code": code,
        "sentence": sentence,
        "levels": level_counts(state),
        "open_count": counted(state.open),
        "grave_count": counted(state.grave),
        "waiting": counted(state.waiting),
        "waited": waited(state),
        "clocks": [clock_facts(each) for each in state.clocks],
        "silent": silent_for(state),
        "map": map_of(state),
    }


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the state of the watch over the wards that the reader may read."""
    actor = actor_of(request)
    state = watch_state(actor, now())
    work = [(address(name), word) for name, word in _work() if address(name)]
    context = {**state_context(state), "work": work, "is_joint": may_see_joint(actor)}
    return render(request, "soc/overview/overview.html", context)


def _work() -> list[tuple[str, str]]:
    """Return the pages of the SOC with their names."""
    return [
        ("soc:alerts", _("検知")),
        ("soc:incidents", _("インシデント")),
        ("soc:hunting", _("ログを調べる")),
        ("soc:rules", _("検知ルール")),
        ("soc:coverage", _("ATT&CKの網羅")),
        ("soc:senders", _("ログの送信元")),
        ("soc:rota", _("当番")),
        ("soc:response-times", _("対応の時間")),
        ("soc:sightings", _("目撃情報")),
    ]
