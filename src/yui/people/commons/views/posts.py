"""What one does with a post: correct it, thank for it, report it, look at its former texts and its files."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yui.kernel.attachments.responses import attachment_response
from yui.kernel.ui.asking import actor_of
from yui.kernel.writing import DifferenceLine, differences
from yui.people.commons.errors import ChangedMeanwhile
from yui.people.commons.forms import EditForm, ReasonForm
from yui.people.commons.models import Post, PostFile, PostKind, PostRevision
from yui.people.commons.operations.edit_post import edit_post
from yui.people.commons.operations.moderate import report_post
from yui.people.commons.operations.tagging import tag_names
from yui.people.commons.operations.thank_post import thank_post
from yui.people.commons.policies import may_write, wrote
from yui.people.commons.queries.feed import author_name_of
from yui.people.commons.views.access import attempt, kept_files, step, visible_post

_PART = "part of a question that was read"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text in a form, or save it; when somebody else saved it meanwhile, both are shown."""
    actor, post = actor_of(request), visible_post(request, pk)
    if not wrote(actor, post) or not may_write(post.question):
        raise Http404(_("その投稿は見つかりません。"))
    is_question = post.kind == PostKind.QUESTION
    if request.method != "POST":
        return render(
            request, "commons/edit.html", {"form": _drawn(post, is_question), "post": post, "lines": ()}
        )
    form = EditForm(request.POST, request.FILES, is_question=is_question)
    saved = attempt(form, lambda: _saved(request, post, form))
    if saved is not None:
        messages.success(request, _("直しました。前の文章も残っています。"))
        return redirect(f"{post.question.get_absolute_url()}#post-{post.pk}")
    lines: tuple[DifferenceLine, ...] = ()
    if any(isinstance(error, ChangedMeanwhile) for error in form.non_field_errors().as_data()):
        post = visible_post(request, pk)
        lines = differences(_as_text(_facts(post, is_question)), _as_text(form.cleaned_data))
        form.renew_revision(post.revision)
    return render(request, "commons/edit.html", {"form": form, "post": post, "lines": lines}, status=422)


def _as_text(stated: Mapping[str, Any]) -> str:
    """Return title, tags and body below each other, so that two versions can be compared by lines."""
    return "\n".join(
        str(stated[name]).replace("\r\n", "\n") for name in ("title", "tags", "body") if name in stated
    )


def _drawn(post: Post, is_question: bool) -> EditForm:
    return EditForm(initial={**_facts(post, is_question), "revision": post.revision}, is_question=is_question)


def _facts(post: Post, is_question: bool) -> dict[str, str]:
    """Return what can be corrected, as it stands."""
    if not is_question:
        return {"body": post.body}
    tags = "、".join(post.question.tags.values_list("name", flat=True))
    return {"title": post.question.title, "tags": tags, "body": post.body}


def _saved(request: HttpRequest, post: Post, form: EditForm) -> Post:
    stated = form.cleaned_data
    return edit_post(
        actor_of(request),
        post=post.pk,
        revision=stated["revision"],
        body=stated["body"],
        title=stated.get("title"),
        tags=tag_names(stated["tags"]) if "tags" in stated else None,
        numbers_confirmed=stated["numbers_confirmed"],
        files=kept_files(stated["attachments"]),
    )


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every former text of a post, each beside the one that replaced it."""
    post = visible_post(request, pk)
    former = list(PostRevision.objects.unscoped(_PART).filter(post=post).order_by("number"))
    texts = [*((one.number, one.body, one.replaced_at) for one in former), (post.revision, post.body, None)]
    changes = [
        (number, before[2], differences(before[1], body)) for before, (number, body, _at) in pairwise(texts)
    ]
    context = {
        "post": post,
        "author_name": author_name_of(post),
        "changes": changes[::-1],
        "titles": [one for one in former if one.title and one.title != post.question.title],
    }
    return render(request, "commons/history.html", context)


@login_required
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank for a post, or take it back."""
    post = visible_post(request, pk)
    step(request, lambda: thank_post(actor_of(request), post=pk), _("気持ちを受け取りました。"))
    return redirect(f"{post.question.get_absolute_url()}#post-{pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators about a post."""
    post = visible_post(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        step(
            request,
            lambda: report_post(actor_of(request), post=pk, reason=reason),
            _("運営に知らせました。だれが知らせたかは、運営だけが見ます。"),
        )
        return redirect(post.question)
    context = {
        "form": form,
        "post": post,
        "title": _("この投稿を運営に知らせる"),
        "lead": _("投稿のルールに合わないものを知らせてください。だれが知らせたかは、運営だけが見ます。"),
        "words": _("知らせる"),
    }
    return render(request, "commons/reason.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a file of a post that the reader may see."""
    found = PostFile.objects.visible_to(actor_of(request)).filter(pk=pk).select_related("post").first()
    if found is None:
        raise Http404(_("そのファイルは見つかりません。"))
    visible_post(request, found.post_id)
    return attachment_response(found, inline=True)
