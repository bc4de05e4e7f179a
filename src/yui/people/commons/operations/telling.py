"""One way to record a step on a question, and to tell the people whom it concerns."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.links import urn
from yui.kernel.notices.public import MailTiming, NoticeKind, notify, register_notice_kind
from yui.kernel.operations import record
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Visibility
from yui.kernel.writing import mentions
from yui.organisations.public import User
from yui.people.commons.models import Post, PostKind, Question, TagFollow
from yui.people.commons.queries.readers import readers_among

KIND = "commons.question"
HIDDEN_WORDS = "非表示の質問"
ANSWERED, MENTIONED, SOLVED, TAGGED, ASKED, WATCHED, TURN, MODERATED = (
    f"commons.{name}"
    for name in ("answered", "mentioned", "solved", "tagged", "asked", "watched", "turn", "moderated")
)
NOTICE_KINDS = (
    NoticeKind(ANSWERED, _("質問に回答やコメントがついた"), default_mail=MailTiming.DAILY),
    NoticeKind(MENTIONED, _("名前を呼ばれた"), default_mail=MailTiming.DAILY),
    NoticeKind(SOLVED, _("質問が解決した"), default_mail=MailTiming.NONE),
    NoticeKind(TAGGED, _("フォローしているタグの質問"), default_mail=MailTiming.DAILY),
    NoticeKind(ASKED, _("回答を頼まれた"), default_mail=MailTiming.DAILY),
    NoticeKind(WATCHED, _("回答を待っている質問"), default_mail=MailTiming.DAILY),
    NoticeKind(TURN, _("相談役の当番になった"), default_mail=MailTiming.DAILY),
    NoticeKind(MODERATED, _("運営からのお知らせ"), default_mail=MailTiming.DAILY),
)


def register_notices() -> None:
    """Offer the kinds of notices to the people's settings."""
    for kind in NOTICE_KINDS:
        register_notice_kind(kind)


def shown_name(post: Post) -> str:
    """Return the name under which a post stands where it carries none of a person; empty for a named one."""
    return f"{post.posted_for.name_ja} {post.shown_department}".strip() if post.is_unnamed else ""


def tell(
    question: Question,
    sentence: str,
    *,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    shown_as: str = "",
) -> None:
    """Record what the running operation did with a question; the title names it, no text is told.

    A question off the pages is not named either.

    A question for chosen wards is told to the asking ward only, since an event names no participants.
    """
    record(
        question.organisation,
        subject=urn(KIND, question.pk),
        summary=f"{HIDDEN_WORDS if question.hidden_at else f'質問「{question.title[:120]}」'}{sentence}",
        changes=changes,
        data=data,
        visibility=Visibility.WARDS if question.visibility == Visibility.WARDS else Visibility.OWN,
        shown_as=shown_as,
    )


def notify_readers(
    actor: Actor,
    question: Question,
    user_ids: Iterable[int | None],
    *,
    kind: str,
    title: str,
    anchor: str = "",
) -> int:
    """Tell those of the people who may see the question, the actor excepted; return how many."""
    wanted = {user for user in user_ids if user is not None} - {actor.user_id}
    return notify(
        readers_among(question, wanted),
        kind=kind,
        title=title,
        url=f"{question.get_absolute_url()}{anchor}",
        urn=urn(KIND, question.pk),
        organisation=question.organisation,
    )


def notify_of_post(actor: Actor, post: Post) -> None:
    """Tell those who are named in a post, and those who follow its question."""
    question, anchor = post.question, f"#post-{post.pk}"
    named = set(User.objects.filter(username__in=mentions(post.body)).values_list("pk", flat=True))
    notify_readers(
        actor,
        question,
        named,
        kind=MENTIONED,
        title=f"「{question.title}」で名前を呼ばれました",
        anchor=anchor,
    )
    if post.kind == PostKind.QUESTION:
        follows = TagFollow.objects.filter(tag__in=question.tags.all())
        followers = set(follows.values_list("user_id", flat=True)) - named
        title, kind = f"新しい質問「{question.title}」", TAGGED
    else:
        followers = set(question.follows.unscoped("followers are told").values_list("user_id", flat=True))
        followers -= named
        word = "回答" if post.kind == PostKind.ANSWER else "コメント"
        title, kind = f"「{question.title}」に{word}がつきました", ANSWERED
    notify_readers(actor, question, followers, kind=kind, title=title, anchor=anchor)
