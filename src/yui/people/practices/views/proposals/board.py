"""事務局の一覧: what waits, by stage, overdue first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Verb
from yui.kernel.ui.asking import actor_of
from yui.people.practices.queries.proposals.board import board_of, to_confirm
from yui.people.practices.views.proposals.access import chosen_organisation
from yui.people.practices.views.proposals.tabs import with_tabs


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what waits at the secretariat of one of the reader's organisations."""
    organisation, organisations = chosen_organisation(request, Verb.EDIT)
    day = today()
    stages = board_of(actor_of(request), organisation, day)
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "day": day,
        "stages": stages,
        "count": sum(stage.count for stage in stages),
        "late": sum(stage.late for stage in stages),
        "to_confirm": to_confirm(actor_of(request), organisation, day),
    }
    return render(request, "practices/proposals/board.html", with_tabs(request, context))
