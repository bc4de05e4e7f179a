"""The page of a question, with the forms to answer and to comment."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yui.kernel.links import next_steps, resolve, urn
from yui.kernel.ui.asking import actor_of
from yui.people.commons.forms import ReasonForm, SolveForm, WritingForm
from yui.people.commons.models import PostKind, QuestionState
from yui.people.commons.operations.answer_question import answer_question
from yui.people.commons.operations.comment_post import comment_post
from yui.people.commons.operations.opening_posts import opening_post
from yui.people.commons.operations.request_details import request_details
from yui.people.commons.policies import may_write, own_organisations, wrote
from yui.people.commons.queries.helping.requests import help_on
from yui.people.commons.queries.similar import KIND, similar_questions
from yui.people.commons.queries.thread import Thread, thread_of
from yui.people.commons.views.access import attempt, visible_post, writing_of


@login_required
@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question; one that the reader may not see does not exist for him."""
    return render(request, "commons/question.html", page_of(request, pk))


def page_of(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what the page of a question shows.

    Raises:
        Http404: when it is not there for this reader.
    """
    actor = actor_of(request)
    number = request.GET.get("page", "1")
    is_number = number.isascii() and number.isdecimal() and len(number) < 6
    thread = thread_of(actor, pk, int(number) if is_number else 1)
    if thread is None:
        raise Http404(_("その質問は見つかりません。"))
    found = thread.question
    bodies = own_organisations(actor)
    writes = may_write(found) and bool(bodies)
    is_settled = found.state in {QuestionState.SOLVED, QuestionState.CLOSED}
    subject = urn(KIND, found.pk)
    return {
        "thread": thread,
        "question": found,
        "subject": subject,
        "may_write": writes,
        "may_settle": (thread.opening.is_own or thread.is_moderator) and not is_settled,
        "may_reopen": (thread.opening.is_own or thread.is_moderator) and is_settled,
        "answer_form": WritingForm(bodies=bodies, initial=_stays_unnamed(thread)) if writes else None,
        "solve_form": SolveForm(),
        "reason_form": ReasonForm(),
        "steps": _steps_of(thread, subject),
        "about": resolve([found.about_urn], actor).get(found.about_urn) if found.about_urn else None,
        # Only the page itself asks who could help; the buttons read this page for its 404 alone.
        "help": SimpleLazyObject(lambda: help_on(actor, found, thread.opening.post)),
        "like": similar_questions(actor, found.title, exclude=found.pk) if not is_settled else [],
    }


def _stays_unnamed(thread: Thread) -> dict[str, bool]:
    """Return what the form begins with: who asked without a name goes on without one unless he says so."""
    return {"is_unnamed": thread.opening.is_own and thread.opening.post.is_unnamed}


def _steps_of(thread: Thread, subject: str) -> list[tuple[Any, str]]:
    """Return what other rooms offer to do with a solved question: words and addresses."""
    if not thread.question.is_solved:
        return []
    return [(step.title, step.address(subject)) for step in next_steps(KIND)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer; what is refused is shown above the text, with nothing of it lost."""
    context = page_of(request, pk)
    if request.method != "POST":
        return redirect(reverse("commons:question", args=[pk]))
    actor = actor_of(request)
    form = WritingForm(request.POST, request.FILES, bodies=own_organisations(actor))
    if "ask_details" in request.POST:
        post = attempt(form, lambda: request_details(actor, question=pk, writing=writing_of(actor, form)))
    else:
        post = attempt(form, lambda: answer_question(actor, question=pk, writing=writing_of(actor, form)))
    if post is None:
        return render(request, "commons/question.html", {**context, "answer_form": form}, status=422)
    is_answer = post.kind == PostKind.ANSWER
    messages.success(request, _("回答しました。") if is_answer else _("追記を頼みました。"))
    return redirect(f"{reverse('commons:question', args=[pk])}#post-{post.pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form for a comment on a post, or take it."""
    target = visible_post(request, pk)
    actor = actor_of(request)
    if not may_write(target.question) or not own_organisations(actor):
        raise Http404(_("この質問への書き込みは止まっています。"))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    opening = opening_post(target.question)
    initial = {"is_unnamed": opening.is_unnamed and wrote(actor, opening)}
    form = WritingForm(*given, bodies=own_organisations(actor), initial=initial)
    if request.method == "POST":
        post = attempt(form, lambda: comment_post(actor, post=pk, writing=writing_of(actor, form)))
        if post is not None:
            return redirect(f"{target.question.get_absolute_url()}#post-{post.pk}")
    context = {"form": form, "target": target, "question": target.question}
    return render(request, "commons/comment.html", context, status=422 if form.is_bound else 200)
