"""重み: what each ward weighs, and the form of the reader's own ward."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.governance.priorities.charting import ward_chart
from yui.governance.priorities.engine.pairwise import ACCEPTABLE
from yui.governance.priorities.forms import ComparisonForm, WeightsForm
from yui.governance.priorities.models import Criterion, PrioritySet, SetState, WardWeights, WeightMethod
from yui.governance.priorities.operations import compare_criteria, set_weights
from yui.governance.priorities.policies import wards_weighed_by
from yui.governance.priorities.queries.sets import criteria_of
from yui.governance.priorities.queries.weights import WardWeighting, shared_weights, ward_weightings
from yui.governance.priorities.views.access import asked_round, visible_set
from yui.governance.priorities.words import percent
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, attempt


@login_required
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the wards' weights; a ward that takes part sets its own, directly or by comparing."""
    priority_set = visible_set(request, pk)
    chosen, rounds = asked_round(request, priority_set)
    actor = actor_of(request)
    criteria = criteria_of(actor, priority_set)
    known = ward_weightings(actor, chosen, criteria)
    ward = _own_ward(request, priority_set)
    if request.method == "POST" and ward is None:
        raise PermissionRefused(actor, Verb.EDIT)
    is_open = ward is not None and chosen.is_open and priority_set.state == SetState.DELIBERATING
    method = request.GET.get("method", "")
    own = next((each for each in known if ward and each.stated.ward_id == ward.pk), None)
    if method not in WeightMethod.values:
        method = own.stated.method if own else WeightMethod.DIRECT
    form = _form(request, criteria, method, own)
    if request.method == "POST" and ward is not None:
        done, stored = attempt(form, lambda: _saved(request, priority_set, ward, form))
        if done and stored is not None:
            _tell(request, stored)
            return redirect("priorities:weights", priority_set.pk)
    context: dict[str, Any] = {
        "set": priority_set,
        "round": chosen,
        "rounds": rounds,
        "criteria": criteria,
        "rows": [
            (each, [(at.title, percent(weight)) for at, weight in zip(criteria, each.weights, strict=True)])
            for each in known
        ],
        "chart": ward_chart(criteria, known, shared_weights(known, len(criteria))) if known else None,
        "form": form if is_open else None,
        "ward": ward,
        "method": method,
        "methods": WeightMethod.choices,
        "acceptable": ACCEPTABLE,
    }
    return render(request, "priorities/weights.html", context, status=422 if form.errors else 200)


def _own_ward(request: HttpRequest, priority_set: PrioritySet) -> Organisation | None:
    """Return the first ward whose weights the reader may set here, if there is one."""
    wards = wards_weighed_by(actor_of(request), priority_set)
    return wards[0] if wards else None


def _form(
    request: HttpRequest, criteria: list[Criterion], method: str, own: WardWeighting | None
) -> WeightsForm | ComparisonForm:
    """Return the form of a method, with what the ward has stated before."""
    note = {"note": own.stated.note} if own else {}
    if method == WeightMethod.PAIRWISE:
        stated = own.stated.comparisons if own else {}
        before = {f"c-{pair}": _as_choice(times) for pair, times in stated.items()}
        return ComparisonForm(request.POST or None, initial=before | note, criteria=criteria)
    shares = own.weights if own else (1 / max(1, len(criteria)),) * len(criteria)
    first = {
        f"w-{each.code}": Decimal(share * 100).quantize(Decimal("0.01"))
        for each, share in zip(criteria, shares, strict=True)
    }
    return WeightsForm(request.POST or None, initial=first | note, criteria=criteria)


def _as_choice(times: str) -> str:
    """Return a stored number as the choice that it came from: 3, or 1/3 below 1."""
    value = Decimal(times)
    return f"{round(value)}" if value >= 1 else f"1/{round(1 / value)}"


def _saved(request: HttpRequest, priority_set: PrioritySet, ward: Organisation, form: Form) -> WardWeights:
    note = form.cleaned_data["note"]
    if isinstance(form, ComparisonForm):
        return compare_criteria(
            actor_of(request),
            priority_set=priority_set,
            ward=ward,
            comparisons=form.comparisons(),
            note=note,
        )
    assert isinstance(form, WeightsForm)
    return set_weights(actor_of(request), priority_set=priority_set, ward=ward, parts=form.parts(), note=note)


def _tell(request: HttpRequest, stored: WardWeights) -> None:
    if stored.ratio is not None and float(stored.ratio) > ACCEPTABLE:
        messages.warning(
            request,
            _(
                "重みを保存しました。比べ方に食い違いがあります(整合度 %(ratio)s、目安は0.1以下)。"
                "見直してください。"
            )
            % {"ratio": f"{stored.ratio:.2f}"},
        )
    else:
        messages.success(request, _("重みを保存しました。"))
