"""事務局: the secretariat's page of one proposal, with one form per step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of, attempt
from yui.people.practices.engine.proposal_states import Stage, Step, steps_from
from yui.people.practices.forms_proposals import (
    AssignForm,
    DecisionForm,
    ExtendForm,
    ImplementForm,
    MergeForm,
    WordsForm,
)
from yui.people.practices.models import PreparedDecision, Proposal
from yui.people.practices.operations.proposals import (
    assign_proposal,
    begin_review,
    decide_proposal,
    extend_deadline,
    implement_proposal,
    merge_proposals,
    prepare_decision,
    return_proposal,
    spread_proposal,
)
from yui.people.practices.operations.proposals.errors import NotIntoItself
from yui.people.practices.operations.proposals.invite_author import colleague
from yui.people.practices.policies_proposals import may_decide
from yui.people.practices.queries.proposals.listing import proposals_for
from yui.people.practices.queries.proposals.way import steps_of, strip_of
from yui.people.practices.views.proposals.access import handled_proposal


@dataclass(frozen=True)
class Handling:
    """One form of the page: its step, heading, button, and what it does with its cleaned values."""

    step: str
    title: Any
    button: Any
    form: Callable[..., Form]
    run: Callable[[Actor, Proposal, dict[str, Any]], Any]
    starts: Step | None = None
    kind: str = "secondary"


def _given(verb: Callable[..., Any]) -> Callable[[Actor, Proposal, dict[str, Any]], Any]:
    """Return what runs ``verb`` with the values of its form, whose fields are named as its arguments."""
    return lambda actor, proposal, values: verb(actor, proposal=proposal, **values)


def _assign(actor: Actor, proposal: Proposal, values: dict[str, Any]) -> Any:
    owner = colleague(values["owner"], proposal.organisation)[0] if values["owner"] else None
    department = values["responsible_department"]
    return assign_proposal(actor, proposal=proposal, owner=owner, responsible_department=department)


def _merge(actor: Actor, proposal: Proposal, values: dict[str, Any]) -> Any:
    into = proposals_for(actor).filter(number=values["number"].strip()).first()
    if into is None:
        raise NotIntoItself
    return merge_proposals(actor, proposal=proposal, into=into, words=values["words"])


HANDLINGS = (
    Handling(
        "review",
        gettext_lazy("検討を始める"),
        gettext_lazy("検討を始める"),
        WordsForm,
        _given(begin_review),
        Step.REVIEW,
        "primary",
    ),
    Handling(
        "prepare",
        gettext_lazy("決定の案を作る"),
        gettext_lazy("案を保存する"),
        DecisionForm,
        _given(prepare_decision),
        Step.ADOPT,
    ),
    Handling(
        "decide",
        gettext_lazy("決定する"),
        gettext_lazy("決定する"),
        DecisionForm,
        _given(decide_proposal),
        Step.ADOPT,
        "primary",
    ),
    Handling(
        "implement",
        gettext_lazy("実施を記録する"),
        gettext_lazy("実施を記録する"),
        ImplementForm,
        _given(implement_proposal),
        Step.IMPLEMENT,
        "primary",
    ),
    Handling(
        "spread",
        gettext_lazy("横展開を記録する"),
        gettext_lazy("横展開を記録する"),
        WordsForm,
        _given(spread_proposal),
        Step.SPREAD,
        "primary",
    ),
    Handling(
        "return",
        gettext_lazy("差し戻す"),
        gettext_lazy("差し戻す"),
        WordsForm,
        _given(return_proposal),
        Step.RETURN,
    ),
    Handling("assign", gettext_lazy("担当と所管課"), gettext_lazy("決める"), AssignForm, _assign),
    Handling(
        "extend",
        gettext_lazy("期限を変える"),
        gettext_lazy("期限を変える"),
        ExtendForm,
        _given(extend_deadline),
    ),
    Handling(
        "merge",
        gettext_lazy("似た提案に統合する"),
        gettext_lazy("統合する"),
        MergeForm,
        _merge,
        Step.MERGE,
        "danger",
    ),
)


@login_required
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the steps that the secretariat can take with a proposal, or take the one that a form asks for."""
    actor, found = actor_of(request), handled_proposal(request, pk)
    offered = [each for each in HANDLINGS if _is_offered(each, actor, found)]
    asked = request.POST.get("step", "")
    if request.method == "POST" and asked not in {each.step for each in HANDLINGS}:
        raise BadRequest(_("この操作はありません。画面を開き直してください。"))
    drawn = []
    for handling in HANDLINGS:
        is_asked = request.method == "POST" and handling.step == asked
        if not is_asked and handling not in offered:
            continue
        form = _form(handling, actor, found, request.POST if is_asked else None)
        if is_asked:
            done, _nothing = attempt(form, _runner(handling, actor, found, form))
            if done:
                messages.success(request, _("記録しました。"))
                return redirect("practices:proposal-handle", pk)
        drawn.append((handling, form))
    context = {
        "proposal": found,
        "handlings": drawn,
        "strip": strip_of(found, steps_of(actor, found)),
        "prepared": PreparedDecision.objects.visible_to(actor).filter(proposal=found).first(),
    }
    status = 422 if any(form.errors for _handling, form in drawn) else 200
    return render(request, "practices/proposals/handle.html", context, status=status)


def _runner(handling: Handling, actor: Actor, found: Proposal, form: Form) -> Callable[[], Any]:
    return lambda: handling.run(actor, found, _values(form))


def _values(form: Form) -> dict[str, Any]:
    return {key: value for key, value in form.cleaned_data.items() if key != "is_no_personal_number"}


def _is_offered(handling: Handling, actor: Actor, found: Proposal) -> bool:
    """Return whether a step starts where the proposal stands and the reader may take it."""
    if handling.step == "decide" and not may_decide(actor, found):
        return False
    if handling.step == "extend":
        return found.due_on is not None
    return handling.starts is None or handling.starts in steps_from(Stage(found.stage))


def _form(handling: Handling, actor: Actor, found: Proposal, data: Any) -> Form:
    """Return the form of a step, filled with what is known."""
    prepared = PreparedDecision.objects.visible_to(actor).filter(proposal=found).first()
    initial: dict[str, Any] = {
        "implemented_on": today(),
        "due_on": found.due_on,
        "owner": found.owner.username if found.owner else "",
        "responsible_department": found.responsible_department_id,
    }
    if prepared is not None:
        initial |= {"outcome": prepared.outcome, "reason": prepared.reason}
    options: dict[str, Any] = {"initial": initial, "auto_id": f"id_{handling.step}_%s"}
    if handling.form is AssignForm:
        options |= {"actor": actor, "organisation": found.organisation}
    return handling.form(data, **options)
