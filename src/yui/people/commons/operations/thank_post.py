"""Thank for a post, or take the thanks back."""

from django.db.models import F

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor
from yui.people.commons.models import Post, PostKind, Question, Thanks
from yui.people.commons.operations.locking import locked_post
from yui.people.commons.operations.telling import tell
from yui.people.commons.policies import own_organisations, require_member, wrote


@operation("commons.post.thank")
def thank_post(actor: Actor, *, post: int) -> bool:
    """Thank for a post if the actor has not yet, take the thanks back if he has; return whether they stand.

    Nobody thanks himself: such a request changes nothing.

    Raises:
        NoSuchPost, PermissionRefused: when the post is out of sight, or the actor belongs to no body.
    """
    found = locked_post(actor, post)
    require_member(actor, own_organisations(actor)[0])
    if wrote(actor, found) or actor.user_id is None:
        record_nothing("nobody thanks himself")
        return False
    given = Thanks.objects.unscoped("the actor's own thanks").filter(post=found, user_id=actor.user_id)
    stands = not given.exists()
    if stands:
        Thanks.objects.create(post=found, user_id=actor.user_id, at=now())
    else:
        given.delete()
    change = 1 if stands else -1
    Post.objects.unscoped("read above").filter(pk=found.pk).update(thanks_count=F("thanks_count") + change)
    if found.kind == PostKind.QUESTION:
        Question.objects.unscoped("read above").filter(pk=found.question_id).update(
            thanks_count=F("thanks_count") + change
        )
    tell(found.question, "の投稿に感謝しました。" if stands else "の投稿への感謝を取り消しました。")
    return stands
