"""Correct a text; what stood there before is kept."""

from collections.abc import Sequence

from yui.kernel.attachments.keeping import KeptUpload
from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.people.commons.errors import ChangedMeanwhile
from yui.people.commons.models import Post, PostKind, PostRevision
from yui.people.commons.operations.ask_question import checked_title
from yui.people.commons.operations.locking import locked_post, require_open_for_writing
from yui.people.commons.operations.posting import attach
from yui.people.commons.operations.tagging import ensure_tags
from yui.people.commons.operations.telling import shown_name, tell
from yui.people.commons.operations.texts import checked_text
from yui.people.commons.policies import require_author


@operation("commons.post.edit")
def edit_post(
    actor: Actor,
    *,
    post: int,
    revision: int,
    body: str,
    title: str | None = None,
    tags: Sequence[str] | None = None,
    numbers_confirmed: bool = False,
    files: Sequence[KeptUpload] = (),
) -> Post:
    """Save a text anew, with title and tags where it is a question's.

    Args:
        revision: the version that the author saw when he began to write.
        title, tags: None leaves them as they are.

    Raises:
        NoSuchPost, PermissionRefused: when it is not the actor's own post, or out of sight.
        ChangedMeanwhile: when somebody saved it after ``revision``; nothing is saved.
        WritingStopped: for a locked or closed question.
        NothingWritten, TextTooLong, PersonalNumberWritten, TooManyTags: for what was written.
    """
    found = locked_post(actor, post)
    require_author(actor, found)
    question = found.question
    require_open_for_writing(question)
    if found.revision != revision:
        raise ChangedMeanwhile
    is_question = found.kind == PostKind.QUESTION
    _keep_former(actor, found, title=question.title if is_question else "")
    found.body = checked_text(body, numbers_confirmed=numbers_confirmed)
    found.revision += 1
    found.edited_at = now()
    found.save()
    attach(actor, found, files)
    changes = {}
    if is_question and title is not None:
        words = checked_title(title, numbers_confirmed=numbers_confirmed)
        if words != question.title:
            changes["title"] = [question.title, words]
        question.title = words
    if is_question and tags is not None:
        question.tags.clear()
        question.tags.add(*ensure_tags(tags))
    question.save()
    tell(
        question,
        "の文章を直しました。",
        changes=changes,
        data={"post": found.pk, "revision": found.revision},
        shown_as=shown_name(found),
    )
    return found


def _keep_former(actor: Actor, post: Post, *, title: str) -> None:
    """Keep the text as it stands; of an unnamed post, not who replaced it."""
    PostRevision.objects.create(
        post=post,
        number=post.revision,
        title=title,
        body=post.body,
        replaced_at=now(),
        replaced_by_id=None if post.is_unnamed else actor.user_id,
    )
