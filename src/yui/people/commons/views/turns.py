"""相談役の当番: which ward, and who, looks after the commons in which week."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import format_date
from yui.kernel.ui.asking import actor_of
from yui.people.commons.engine.turns import MOST_WEEKS
from yui.people.commons.errors_helping import NoSuchTurn, NotReadyForTurns, WeeksOutOfRange
from yui.people.commons.forms_helping import MentorForm, PlanForm, SwapForm
from yui.people.commons.operations.helping.name_mentor import name_mentor
from yui.people.commons.operations.helping.plan_turns import plan_turns
from yui.people.commons.operations.helping.swap_turns import swap_turns
from yui.people.commons.policies import is_secretariat
from yui.people.commons.queries.helping.turns import TurnRow, turn_rows
from yui.people.commons.views.access import step


@login_required
@require_safe
def turns(request: HttpRequest) -> HttpResponse:
    """List the weeks with the forms that the reader may use."""
    actor = actor_of(request)
    rows = turn_rows(actor)
    weeks = _weeks(rows)
    context = {
        "rows": rows,
        "plan_form": PlanForm() if is_secretariat(actor) else None,
        "swap_form": SwapForm(weeks=weeks) if len(weeks) > 1 else None,
    }
    return render(request, "commons/turns.html", context)


@login_required
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Plan further weeks."""
    form = PlanForm(request.POST)

    def run() -> None:
        if not form.is_valid():
            raise WeeksOutOfRange(MOST_WEEKS)
        plan_turns(actor_of(request), weeks=form.cleaned_data["weeks"])

    step(request, run, _("当番を計画しました。"))
    return _back()


@login_required
@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the mentor of a week."""
    form = MentorForm(request.POST)

    def run() -> None:
        if not form.is_valid():
            raise NotReadyForTurns
        name_mentor(actor_of(request), turn=pk, mentor=form.cleaned_data["mentor"])

    step(request, run, _("相談役を決めました。"))
    return _back()


@login_required
@require_POST
def swap(request: HttpRequest) -> HttpResponse:
    """Let two weeks change places."""
    actor = actor_of(request)
    form = SwapForm(request.POST, weeks=_weeks(turn_rows(actor)))

    def run() -> None:
        if not form.is_valid():
            raise NoSuchTurn
        swap_turns(actor, one=int(form.cleaned_data["one"]), other=int(form.cleaned_data["other"]))

    step(request, run, _("当番を入れ替えました。"))
    return _back()


def _weeks(rows: list[TurnRow]) -> list[tuple[str, str]]:
    return [
        (str(row.turn.pk), f"{format_date(row.turn.starts_on)} {row.turn.organisation.name}")
        for row in rows
        if row.may_swap
    ]


def _back() -> HttpResponse:
    return redirect(reverse("commons:turns"))
