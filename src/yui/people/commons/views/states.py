"""Buttons that move a question: solved, open again, withdrawn, followed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.ui.asking import actor_of
from yui.people.commons.models import Tag
from yui.people.commons.operations.close_question import withdraw_question
from yui.people.commons.operations.follow import follow_question, follow_tag
from yui.people.commons.operations.reopen_question import reopen_question
from yui.people.commons.operations.solve_question import solve_question
from yui.people.commons.views.access import step
from yui.people.commons.views.question import page_of


@login_required
@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a question as solved, by an answer (``answer``) or otherwise (``how``, ``note``)."""
    page_of(request, pk)
    actor, answer = actor_of(request), request.POST.get("answer", "")
    if answer and not (answer.isascii() and answer.isdecimal() and len(answer) < 18):
        raise Http404(_("その投稿は見つかりません。"))
    how, note = request.POST.get("how", ""), request.POST.get("note", "")
    step(
        request,
        lambda: solve_question(
            actor, question=pk, answer=int(answer) if answer else None, how=how, note=note
        ),
        _("解決にしました。ありがとうございます。"),
    )
    return _back(pk)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a question again."""
    page_of(request, pk)
    reason = request.POST.get("reason", "")
    step(
        request,
        lambda: reopen_question(actor_of(request), question=pk, reason=reason),
        _("もう一度受付中にしました。"),
    )
    return _back(pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the own question without a solution."""
    page_of(request, pk)
    reason = request.POST.get("reason", "")
    step(
        request,
        lambda: withdraw_question(actor_of(request), question=pk, reason=reason),
        _("質問を取り下げました。"),
    )
    return _back(pk)


@login_required
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a question, or stop."""
    step(
        request,
        lambda: follow_question(actor_of(request), question=pk),
        _("フォローを切り替えました。"),
    )
    return _back(pk)


@login_required
@require_POST
def tag_follow(request: HttpRequest) -> HttpResponse:
    """Follow a tag, or stop."""
    name = request.POST.get("tag", "")
    step(request, lambda: follow_tag(actor_of(request), tag=name), _("フォローを切り替えました。"))
    query = QueryDict(mutable=True)
    query["tag"] = Tag.key_of(name)
    return redirect(f"{reverse('commons:feed')}?{query.urlencode()}")


def _back(pk: int) -> HttpResponse:
    return redirect(reverse("commons:question", args=[pk]))
