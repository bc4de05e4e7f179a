"""Pages of moderators, and the page on which everybody reads what moderators did."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.ui.asking import actor_of
from yui.people.commons.forms import ReasonForm
from yui.people.commons.models import Question
from yui.people.commons.operations.close_question import mark_duplicate
from yui.people.commons.operations.disclose_author import decide_disclosure, request_disclosure
from yui.people.commons.operations.moderate import dismiss_reports, hide_post, lock_question, show_post
from yui.people.commons.policies import is_moderator
from yui.people.commons.queries.moderation import acts_for, cases_for, moderates_anything
from yui.people.commons.views.access import step, visible_post

PAGE = 50


@login_required
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """List what moderators did to questions that the reader may see."""
    page = Paginator(acts_for(actor_of(request)), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "moderates": moderates_anything(actor_of(request))}
    return render(request, "commons/acts.html", context)


@login_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List reports, wishes to learn an author, and hidden posts: what a moderator deals with."""
    actor = actor_of(request)
    if not moderates_anything(actor):
        raise PermissionRefused(actor, Verb.ADMINISTER)
    return render(request, "commons/cases.html", {"cases": cases_for(actor)})


_ACTS: dict[str, tuple[Any, Any, Callable[..., Any], Any]] = {
    "hide": (
        gettext_lazy("投稿を非表示にする"),
        gettext_lazy("非表示にする"),
        lambda actor, post, reason: hide_post(actor, post=post.pk, reason=reason),
        gettext_lazy("非表示にしました。"),
    ),
    "show": (
        gettext_lazy("投稿を表示に戻す"),
        gettext_lazy("表示に戻す"),
        lambda actor, post, reason: show_post(actor, post=post.pk, reason=reason),
        gettext_lazy("表示に戻しました。"),
    ),
    "dismiss": (
        gettext_lazy("通報を確認する(変更なし)"),
        gettext_lazy("確認した"),
        lambda actor, post, reason: dismiss_reports(actor, post=post.pk, reason=reason),
        gettext_lazy("通報を確認しました。"),
    ),
    "disclose": (
        gettext_lazy("投稿者の開示を求める"),
        gettext_lazy("開示を求める"),
        lambda actor, post, reason: request_disclosure(actor, post=post.pk, reason=reason),
        gettext_lazy("開示を求めました。ほかの運営の人が認めると、名前が出ます。"),
    ),
    "lock": (
        gettext_lazy("書き込みを止める"),
        gettext_lazy("止める"),
        lambda actor, post, reason: lock_question(actor, question=post.question_id, reason=reason),
        gettext_lazy("書き込みを止めました。"),
    ),
    "unlock": (
        gettext_lazy("書き込みを再開する"),
        gettext_lazy("再開する"),
        lambda actor, post, reason: lock_question(
            actor, question=post.question_id, reason=reason, is_locked=False
        ),
        gettext_lazy("書き込みを再開しました。"),
    ),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for the reason of a moderator's act on a post or its question, and do it."""
    actor, post = actor_of(request), visible_post(request, pk)
    if kind not in _ACTS or not is_moderator(actor, post.question):
        raise Http404(_("その投稿は見つかりません。"))
    title, words, run, done = _ACTS[kind]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        step(request, lambda: run(actor, post, form.cleaned_data["reason"]), str(done))
        return redirect(post.question)
    context = {
        "form": form,
        "post": post,
        "title": title,
        "lead": _("理由は、投稿した人と、運営の対応のページを見る人に伝わります。"),
        "words": words,
    }
    return render(request, "commons/reason.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a question as the same as another, named by its number."""
    actor = actor_of(request)
    question = Question.objects.visible_to(actor).filter(pk=pk).first()
    if question is None or not is_moderator(actor, question):
        raise Http404(_("その質問は見つかりません。"))
    number = request.POST.get("of", "").strip().lstrip("#")
    of = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
    reason = request.POST.get("reason", "")
    step(
        request,
        lambda: mark_duplicate(actor, question=pk, of=of, reason=reason),
        _("同じ質問にまとめました。"),
    )
    return redirect(question)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse a disclosure."""
    grant = request.POST.get("grant") == "yes"
    step(
        request,
        lambda: decide_disclosure(actor_of(request), disclosure=pk, grant=grant),
        _("開示を認めました。") if grant else _("開示を断りました。"),
    )
    return redirect("commons:cases")
