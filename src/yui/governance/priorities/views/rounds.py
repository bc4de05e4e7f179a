"""回: the rounds of deliberation, and the steps from preparation to decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.governance.priorities.forms import DecisionForm, RepeatForm
from yui.governance.priorities.models import PrioritySet
from yui.governance.priorities.operations import begin_deliberation, decide, repeat_round
from yui.governance.priorities.policies import may_decide
from yui.governance.priorities.queries.result import result_of
from yui.governance.priorities.queries.sets import rounds_of
from yui.governance.priorities.views.access import asked_round, require_decide, visible_set
from yui.kernel.ui.asking import actor_of, attempt


@login_required
def rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rounds; who approves for the keeping organisation begins, decides and repeats."""
    priority_set = visible_set(request, pk)
    step = request.POST.get("step", "")
    deciding = DecisionForm(request.POST if step == "decide" else None, prefix="decide")
    repeating = RepeatForm(request.POST if step == "repeat" else None, prefix="repeat")
    if request.method == "POST":
        require_decide(request, priority_set)
        done = {
            "begin": lambda: _begun(request, priority_set),
            "decide": lambda: _decided(request, priority_set, deciding),
            "repeat": lambda: _repeated(request, priority_set, repeating),
        }.get(step, lambda: False)()
        if done:
            return redirect("priorities:rounds", priority_set.pk)
    context = {
        "set": priority_set,
        "rounds": rounds_of(actor_of(request), priority_set),
        "may_decide": may_decide(actor_of(request), priority_set),
        "deciding": deciding,
        "repeating": repeating,
    }
    is_wrong = request.method == "POST"
    return render(request, "priorities/rounds.html", context, status=422 if is_wrong else 200)


def _begun(request: HttpRequest, priority_set: PrioritySet) -> bool:
    try:
        begin_deliberation(actor_of(request), priority_set=priority_set)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _("審議を始めました。"))
    return True


def _decided(request: HttpRequest, priority_set: PrioritySet, form: DecisionForm) -> bool:
    chosen, _rounds = asked_round(request, priority_set)
    found = result_of(actor_of(request), chosen)
    done, _round = attempt(
        form,
        lambda: decide(
            actor_of(request),
            priority_set=priority_set,
            order=found.order_codes if found else [],
            **form.cleaned_data,
        ),
    )
    if done:
        messages.success(request, _("決定を記録しました。"))
    return done


def _repeated(request: HttpRequest, priority_set: PrioritySet, form: RepeatForm) -> bool:
    done, fresh = attempt(
        form, lambda: repeat_round(actor_of(request), priority_set=priority_set, **form.cleaned_data)
    )
    if done and fresh is not None:
        messages.success(request, _("第%(number)s回の審議を始めました。") % {"number": fresh.number})
    return done
