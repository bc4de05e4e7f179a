"""点数: the table of scores with the evidence behind each, and one score at a time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.governance.priorities.forms import EvidenceFormSet, ScoreForm, evidence_of, initial_evidence
from yui.governance.priorities.models import Round, SetState
from yui.governance.priorities.operations import score_option
from yui.governance.priorities.policies import may_keep
from yui.governance.priorities.queries.scores import Cell, score_table
from yui.governance.priorities.views.access import asked_round, require_keep, visible_set
from yui.kernel.links import resolve
from yui.kernel.ui.asking import actor_of, attempt


@login_required
@require_safe
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Show options by criteria."""
    priority_set = visible_set(request, pk)
    chosen, rounds = asked_round(request, priority_set)
    table, actor = score_table(actor_of(request), chosen), actor_of(request)
    keeps = may_keep(actor, priority_set)
    context = {
        "set": priority_set,
        "round": chosen,
        "rounds": rounds,
        "table": table,
        "links": list(resolve([option.urn for option in table.options if option.urn], actor).values()),
        "may_score": keeps and chosen.is_open,
        "may_prepare": keeps and priority_set.state == SetState.PREPARING,
    }
    return render(request, "priorities/scores.html", context)


@login_required
def score(request: HttpRequest, pk: int, option: str, criterion: str) -> HttpResponse:
    """Show one score with its reason and evidence; who keeps the set may change it."""
    priority_set = visible_set(request, pk)
    chosen, _rounds = asked_round(request, priority_set)
    cell = _cell(request, chosen, option, criterion)
    if request.method == "POST":
        require_keep(request, priority_set)
    is_changed = may_keep(actor_of(request), priority_set) and chosen.is_open
    may_score = is_changed and not cell.criterion.is_derived
    form = ScoreForm(request.POST or None, initial=_initial(cell))
    rows = EvidenceFormSet(request.POST or None, initial=initial_evidence(cell))
    if request.method == "POST" and rows.is_valid():
        done, _score = attempt(
            form,
            lambda: score_option(
                actor_of(request),
                priority_set=priority_set,
                option=cell.option,
                criterion=cell.criterion,
                facts=form.facts(evidence_of(rows)),
            ),
        )
        if done:
            messages.success(request, _("点数を保存しました。"))
            return redirect("priorities:scores", priority_set.pk)
    is_wrong = request.method == "POST"
    context = {
        "set": priority_set,
        "round": chosen,
        "cell": cell,
        "form": form,
        "rows": rows,
        "may_score": may_score,
    }
    return render(request, "priorities/score.html", context, status=422 if is_wrong else 200)


def _cell(request: HttpRequest, round_: Round, option: str, criterion: str) -> Cell:
    """Return the cell that the address names, or answer 404."""
    table = score_table(actor_of(request), round_)
    found = (cell for _option, cells in table.rows for cell in cells)
    for cell in found:
        if cell.option.code == option and cell.criterion.code == criterion:
            return cell
    raise Http404


def _initial(cell: Cell) -> dict[str, object]:
    return {"value": cell.value, "uncertainty": cell.uncertainty, "reason": cell.reason}
