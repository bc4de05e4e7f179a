"""Learn who wrote a post without a name: one moderator asks, another grants."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.errors import NoSuchPost, SameModerator
from yui.people.commons.models import Disclosure
from yui.people.commons.operations.close_question import stated_reason
from yui.people.commons.operations.locking import locked_post
from yui.people.commons.operations.moderate import author_of
from yui.people.commons.operations.telling import MODERATED, notify_readers, tell
from yui.people.commons.policies import require_moderator


@operation("commons.disclosure.request")
def request_disclosure(actor: Actor, *, post: int, reason: str) -> Disclosure:
    """Ask to learn the author of an unnamed post.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight or named, or the actor does not moderate it.
        ReasonMissing: without a reason.
    """
    found = locked_post(actor, post)
    require_moderator(actor, found.question)
    if not found.is_unnamed or actor.user_id is None:
        raise NoSuchPost
    wish = Disclosure.objects.create(
        post=found, reason=stated_reason(reason), requested_by_id=actor.user_id, requested_at=now()
    )
    tell(found.question, "の投稿者の開示を求めました。", data={"post": found.pk, "reason": wish.reason})
    return wish


@operation("commons.disclosure.decide")
def decide_disclosure(actor: Actor, *, disclosure: int, grant: bool) -> Disclosure:
    """Grant or refuse a disclosure that another moderator asked for; the author is told when it is granted.

    Raises:
        NoSuchPost, PermissionRefused: when it is out of sight, settled, or the actor does not moderate it.
        SameModerator: when the actor asked for it himself.
    """
    wish = Disclosure.objects.visible_to(actor).filter(pk=disclosure, settled_at__isnull=True).first()
    if wish is None:
        raise NoSuchPost
    post = locked_post(actor, wish.post_id)
    require_moderator(actor, post.question)
    if wish.requested_by_id == actor.user_id:
        raise SameModerator
    wish.settled_at = now()
    wish.is_refused = not grant
    wish.granted_by_id = actor.user_id if grant else None
    wish.save()
    tell(
        post.question,
        "の投稿者の開示を認めました。" if grant else "の投稿者の開示を断りました。",
        data={"post": post.pk, "requested_by": wish.requested_by_id, "reason": wish.reason},
    )
    if grant:
        about = f"「{post.question.title}」のあなたの投稿について、運営に名前が開示されました。"
        title = f"{about}理由: {wish.reason}"
        notify_readers(actor, post.question, [author_of(post)], kind=MODERATED, title=title)
    return wish
