"""記録: one proposal, with what its authors and its readers can do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of, attempt, refused
from yui.people.practices.forms_proposals import InviteForm, WordsForm
from yui.people.practices.models import Proposal, ProposalStage
from yui.people.practices.operations.proposals import (
    answer_invitation,
    cast_vote,
    invite_author,
    submit_proposal,
    take_vote_back,
    withdraw_proposal,
)
from yui.people.practices.operations.proposals.keeping import proposal_urn
from yui.people.practices.operations.proposals.votes import has_voted
from yui.people.practices.queries.proposals.board import days_late
from yui.people.practices.queries.proposals.page import merged_into, page_of
from yui.people.practices.views.proposals.access import visible_proposal

ANSWERS: dict[str, Callable[[Actor, Proposal], Any]] = {
    "accept": lambda actor, proposal: answer_invitation(actor, proposal=proposal, accepts=True),
    "decline": lambda actor, proposal: answer_invitation(actor, proposal=proposal, accepts=False),
    "vote": lambda actor, proposal: cast_vote(actor, proposal=proposal),
    "unvote": lambda actor, proposal: take_vote_back(actor, proposal=proposal),
}


@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal, or take the step that a button of the page asks for."""
    actor, found = actor_of(request), visible_proposal(request, pk)
    target = merged_into(actor, found)
    if target is not None and request.method == "GET" and "here" not in request.GET:
        return redirect(target)
    words, invitation = WordsForm(), InviteForm()
    if request.method == "POST":
        step = request.POST.get("step", "")
        if step in ANSWERS:
            return _answer(request, found, ANSWERS[step])
        words, invitation, done = _own_step(request, actor, found, step)
        if done:
            return redirect(found)
    shown = page_of(actor, found, proposal_urn(found))
    late = days_late(found, today())
    context = {
        "page": shown,
        "proposal": found,
        "urn": proposal_urn(found),
        "has_voted": has_voted(found, actor.user_id),
        "words": words,
        "invitation": invitation,
        "late": late,
        "next_steps": [(step.title, step.address(proposal_urn(found))) for step in shown.next_steps],
        "is_open": found.stage != ProposalStage.DRAFT,
    }
    status = 422 if words.errors or invitation.errors else 200
    return render(request, "practices/proposals/proposal.html", context, status=status)


def _answer(request: HttpRequest, found: Proposal, call: Callable[[Actor, Proposal], Any]) -> HttpResponse:
    """Run an operation that needs no words, and go back to the page."""
    for sentence in refused(lambda: call(actor_of(request), found)):
        messages.error(request, sentence)
    return redirect(f"{found.get_absolute_url()}#answers")


def _own_step(
    request: HttpRequest, actor: Actor, found: Proposal, step: str
) -> tuple[WordsForm, InviteForm, bool]:
    """Take a step of the authors; return the form of words, that of the invitation, and whether it ran."""
    words, invitation = WordsForm(), InviteForm()
    if step == "invite":
        invitation = InviteForm(request.POST)
        done, _author = attempt(
            invitation,
            lambda: invite_author(actor, proposal=found, username=invitation.cleaned_data["username"]),
        )
        sentence = _("声をかけました。相手が参加すると、名前が出ます。")
    elif step in ("submit", "withdraw"):
        words = WordsForm(request.POST)
        operation = submit_proposal if step == "submit" else withdraw_proposal
        done, _nothing = attempt(
            words, lambda: operation(actor, proposal=found, words=words.cleaned_data["words"])
        )
        sentence = _("提出しました。") if step == "submit" else _("取り下げました。")
    else:
        raise BadRequest(_("この操作はありません。画面を開き直してください。"))
    if done:
        messages.success(request, sentence)
    return words, invitation, done
