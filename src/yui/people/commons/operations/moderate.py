"""What moderators do: take off the pages, put back, stop writing; and what readers report to them."""

from yui.kernel.calendar_jp import now
from yui.kernel.events.publish import reword
from yui.kernel.links import urn
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.people.commons.errors import NoSuchPost
from yui.people.commons.models import (
    ModerationAct,
    ModerationKind,
    Post,
    PostKind,
    PostReport,
    Question,
)
from yui.people.commons.operations.close_question import stated_reason
from yui.people.commons.operations.locking import locked_post, locked_question
from yui.people.commons.operations.settling import recounted
from yui.people.commons.operations.telling import HIDDEN_WORDS, KIND, MODERATED, notify_readers, tell
from yui.people.commons.policies import own_organisations, require_member, require_moderator


@operation("commons.post.hide")
def hide_post(actor: Actor, *, post: int, reason: str) -> Post:
    """Take a post off the pages (with its question, where it is the question); reports on it are settled.

    What was told of a question by its title is told without it from then on.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight, or the actor does not moderate it.
        ReasonMissing: without a reason.
    """
    return _set_hidden(actor, post, reason, hide=True)


@operation("commons.post.show")
def show_post(actor: Actor, *, post: int, reason: str) -> Post:
    """Put a hidden post back onto the pages.

    Raises: as ``hide_post``.
    """
    return _set_hidden(actor, post, reason, hide=False)


def _set_hidden(actor: Actor, key: int, reason: str, *, hide: bool) -> Post:
    post = locked_post(actor, key)
    question = post.question
    require_moderator(actor, question)
    at = now() if hide else None
    post.hidden_at = at
    post.save()
    if post.kind == PostKind.QUESTION:
        question.hidden_at = at
        if hide:
            reword(urn(KIND, question.pk), HIDDEN_WORDS)
    recounted(question)
    question.save()
    kind = ModerationKind.HIDE if hide else ModerationKind.SHOW
    words = _noted(actor, question, kind, reason, post)
    PostReport.objects.unscoped("reports of a post that was read").filter(
        post=post, settled_at__isnull=True
    ).update(settled_at=now())
    tell(
        question,
        "の投稿を非表示にしました。" if hide else "の投稿を表示に戻しました。",
        data={"post": post.pk, "reason": words},
    )
    title = f"「{question.title}」のあなたの投稿が{'非表示になりました' if hide else '表示に戻りました'}"
    notify_readers(actor, question, [author_of(post)], kind=MODERATED, title=f"{title}。理由: {words}")
    return post


@operation("commons.question.lock")
def lock_question(actor: Actor, *, question: int, reason: str, is_locked: bool = True) -> Question:
    """Stop writing on a question, or let it go on.

    Raises: as ``hide_post``.
    """
    found = locked_question(actor, question)
    require_moderator(actor, found)
    found.is_locked = is_locked
    found.save()
    kind = ModerationKind.LOCK if is_locked else ModerationKind.UNLOCK
    words = _noted(actor, found, kind, reason)
    tell(
        found,
        "への書き込みを止めました。" if is_locked else "への書き込みを再開しました。",
        data={"reason": words},
    )
    return found


@operation("commons.post.report")
def report_post(actor: Actor, *, post: int, reason: str) -> PostReport | None:
    """Tell the moderators that something is wrong with a post; a second report of the same person is none.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight, or the actor belongs to no body.
        ReasonMissing: without a reason.
    """
    found = locked_post(actor, post)
    require_member(actor, own_organisations(actor)[0])
    words = stated_reason(reason)
    open_ones = PostReport.objects.unscoped("the actor's own report").filter(
        post=found, by_id=actor.user_id, settled_at__isnull=True
    )
    if open_ones.exists() or actor.user_id is None:
        record_nothing("reported already")
        return None
    report = PostReport.objects.create(post=found, reason=words, by_id=actor.user_id, at=now())
    tell(found.question, "の投稿に通報がありました。", data={"post": found.pk}, shown_as="—")
    return report


@operation("commons.report.dismiss")
def dismiss_reports(actor: Actor, *, post: int, reason: str) -> None:
    """Settle the reports on a post that may stay as it is.

    Raises: as ``hide_post``; also ``NoSuchPost`` when there is no open report.
    """
    found = locked_post(actor, post)
    require_moderator(actor, found.question)
    settled = (
        PostReport.objects.unscoped("reports of a post that was read")
        .filter(post=found, settled_at__isnull=True)
        .update(settled_at=now())
    )
    if not settled:
        raise NoSuchPost
    words = _noted(actor, found.question, ModerationKind.DISMISS, reason, found)
    tell(found.question, "の通報を確認しました(変更なし)。", data={"post": found.pk, "reason": words})


def _noted(
    actor: Actor, question: Question, kind: ModerationKind, reason: str, post: Post | None = None
) -> str:
    """Keep the act for the page of moderators' acts; return the reason as kept."""
    words = stated_reason(reason)
    ModerationAct.objects.create(
        question=question, post=post, kind=kind, reason=words, by_id=actor.user_id, at=now()
    )
    return words


def author_of(post: Post) -> int | None:
    """Return whom to tell about a post, also where it is unnamed; None for an external author."""
    hidden = getattr(post, "hidden_author", None) if post.is_unnamed else None
    return hidden.user_id if hidden else post.author_id
